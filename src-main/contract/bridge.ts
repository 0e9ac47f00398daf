import type { EventName, EventPayloads, RequestInput, RequestName, RequestOutputs, Result } from './requests';

/** The names of the requests without their schemas, so that the preload need not carry zod. */
const REQUESTS: Readonly<Record<RequestName, true>> = {
  appInfo: true,
  loadPreferences: true,
  savePreferences: true,
  readyToClose: true,
  chooseFile: true,
  openDataset: true,
  cancelReading: true,
  unfinishedReading: true,
  leaveUnfinishedReading: true,
  readRows: true,
  readCourse: true,
  countMarks: true,
  findMark: true,
  listMarks: true,
  checkJob: true,
  answerQuestion: true,
  findForecasts: true,
  findRemedies: true,
  measureCleaning: true,
  cancelCleaning: true,
  startTraining: true,
  resumeTraining: true,
  trainingUnderWay: true,
  controlTraining: true,
  startSearch: true,
  controlSearch: true,
  readSearch: true,
  chooseStations: true,
  readFleet: true,
  listFleets: true,
  openFleet: true,
  leaveFleet: true,
  removeFleet: true,
  planFleet: true,
  startFleet: true,
  controlFleet: true,
  forecastFleet: true,
  openStation: true,
  readBroker: true,
  saveBroker: true,
  saveFleet: true,
  listRuns: true,
  openRun: true,
  renameRun: true,
  deleteRun: true,
  restoreRun: true,
  removeRun: true,
  recoverRun: true,
  showRun: true,
  verifyRun: true,
  verifyWarnings: true,
  measureImportance: true,
  rollHindcast: true,
  cancelWork: true,
  forecastRun: true,
  addReadings: true,
  forecastLog: true,
  readWatch: true,
  saveWatch: true,
  retrainWatched: true,
  takeEarlierBack: true,
  chooseWatchPath: true,
  tryPublishing: true,
  readStartUp: true,
  saveStartUp: true,
  saveForecast: true,
  copyForecast: true,
  savePicture: true,
  insideRun: true,
  insideLesson: true,
  insideStateful: true,
  saveReport: true,
  exportModel: true,
  openForecaster: true,
  openGivenForecaster: true,
  showSaved: true,
  showLog: true,
};
export const REQUEST_NAMES = Object.keys(REQUESTS) as readonly RequestName[];

export const requestChannel = (name: RequestName): string => `hindcast:request:${name}`;
/** The preload alone tells by it which file was dropped: no method of the bridge leads to it. */
export const DROP_CHANNEL = 'hindcast:dropped';
export const eventChannel = (name: EventName): string => `hindcast:event:${name}`;

type RequestMethods = {
  readonly [N in RequestName]: (
    ...input: RequestInput<N> extends undefined ? [] : [RequestInput<N>]
  ) => Promise<Result<RequestOutputs[N]>>;
};

/** `window.hindcast`: all that the window can reach of the main process. */
export interface Bridge extends RequestMethods {
  /** Listens to an event; call what it returns to stop. */
  on<N extends EventName>(name: N, listener: (payload: EventPayloads[N]) => void): () => void;
  /** The path of a file dropped on the window, which may be opened from now on; '' for what was not dropped. */
  pathOfFile(file: unknown): string;
}
