import type { EventName, EventPayloads, RequestInput, RequestName, RequestOutputs, Result } from './requests';

/** The names of the requests without their schemas, so that the preload need not carry zod. */
export const REQUEST_NAMES = [
  'appInfo',
  'loadPreferences',
  'savePreferences',
  'readyToClose',
  'chooseFile',
  'openDataset',
  'cancelReading',
  'unfinishedReading',
  'leaveUnfinishedReading',
  'readRows',
  'checkJob',
  'answerQuestion',
  'findRemedies',
  'startTraining',
  'resumeTraining',
  'trainingUnderWay',
  'controlTraining',
  'startSearch',
  'controlSearch',
  'readSearch',
  'listRuns',
  'openRun',
  'renameRun',
  'deleteRun',
  'restoreRun',
  'removeRun',
  'recoverRun',
  'showRun',
  'verifyRun',
  'measureImportance',
  'rollHindcast',
  'cancelWork',
  'forecastRun',
  'addReadings',
  'forecastLog',
  'saveForecast',
  'copyForecast',
  'savePicture',
  'insideRun',
  'insideLesson',
  'insideStateful',
  'saveReport',
  'exportModel',
  'openForecaster',
  'showSaved',
  'showLog',
] as const satisfies readonly RequestName[];

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
