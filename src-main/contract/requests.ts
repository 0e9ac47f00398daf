import { z } from 'zod';
import { MOST_ADDRESS_CHARACTERS, type BrokerView } from './broker-view';
import {
  columnMappingSchema,
  columnReadingSchema,
  readingOptionsSchema,
  SAMPLES,
  type ColumnMapping,
  type DatasetSummary,
  type PreparationSummary,
  type ReadingProgress,
  type RowsPage,
} from './dataset';
import { DEVICE_CHOICES } from './device';
import { LESSON_LOOKS, type Inside, type StatefulPass } from './inside';
import { EXPORT_FORMAT_NAMES, type ExportReport } from './export-formats';
import type { ProblemData } from './problems';
import type { AddedReadings, ForecastLog } from './forecast-log';
import type { Importance } from './importance';
import { LANGUAGES } from './language';
import {
  FLEET_ACTIONS,
  FLEET_FILES,
  fleetAskSchema,
  type FleetEvent,
  type FleetView,
  type KeptFleet,
} from './fleet-view';
import { QUESTIONS } from './plan';
import type { Answer } from './question';
import {
  keptStruckSchema,
  READING_MARKS,
  type Course,
  type MarkCounts,
  type MarkedRun,
  type Span,
} from './readings';
import type { Remedy } from './remedy';
import type { Forecast, Verification } from './results';
import { rollingOptionsSchema, type RollingHindcast } from './rolling';
import type { CleaningEffect, CleaningProgress } from './cleaning';
import type { WorkEvent } from './work';
import { warningsSchema, type WarningsReport } from './events';
import type { RunDetail, RunList, RunSummary } from './runs';
import { SEARCH_ACTIONS, searchOptionsSchema, type SearchReport } from './search';
import { SETTINGS, trainingSettingsSchema } from './settings';
import { instantSchema } from './series';
import { TRAINING_ACTIONS, type TrainingEvent, type TrainingUnderWay } from './training';
import { upgradeSource } from './upgrades';
import { PUBLISH_WAYS, WATCH_PATHS, watchSettingsSchema, type WatchView } from './watch';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);
const run = z.strictObject({ runId: id });
const nothing = z.undefined();
const path = z.string().min(1).max(4096);
const fleet = z.strictObject({ fleetId: id });
const job = z.strictObject({ datasetId: id, mapping: columnMappingSchema, settings: trainingSettingsSchema });

const column = z.strictObject({ datasetId: id, reading: columnReadingSchema });
const mark = z.enum(READING_MARKS);

const options = readingOptionsSchema.optional();
/** Where readings come from; several files are of one station and are joined. */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), paths: z.array(path).min(1).max(200), options }),
  z.strictObject({ kind: z.literal('sample'), sample: z.enum(SAMPLES), options }),
]);

export type ReadingSource = z.infer<typeof sourceSchema>;

export const THEMES = ['system', 'light', 'dark'] as const;

/** What the window remembers between starts: nothing typed is lost. */
export const preferencesSchema = z.strictObject({
  theme: z.enum(THEMES),
  language: z.enum(LANGUAGES).nullable(),
  /** Files that were saved before there was a choice lack it. */
  device: z.enum(DEVICE_CHOICES).default('auto'),
  /** None where left out. */
  struck: keptStruckSchema.optional(),
  /** The last work: the source is opened again when the app starts. */
  work: z
    .strictObject({
      source: z.preprocess(upgradeSource, sourceSchema),
      mapping: columnMappingSchema.nullable(),
      settings: trainingSettingsSchema.nullable(),
      runId: id.nullable(),
    })
    .nullable(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/**
 * What is asked of a trained run: a trainer process answers it as it stands. Each is a request of the window and a task of
 * that process, both of this name.
 */
export const runQuestionSchemas = {
  verifyRun: run,
  forecastRun: run,
  /** What became of the forecasts that were issued. */
  forecastLog: run,
  /** A look inside the network at work on a window of the test part: its place there, null for the newest. */
  insideRun: run.extend({
    place: z.number().int().min(0).nullable(),
    layer: z.number().int().min(0).max(SETTINGS.layers.max),
  }),
  /**
   * How warnings of these events would have done on the test part; null: of those that the run keeps. Where they are to be
   * kept the run warns of them from now on, and of no others.
   */
  verifyWarnings: run.extend({ warnings: warningsSchema.nullable(), keep: z.boolean() }),
  /** All windows of a run one after another; null: two years of days as the course lesson has them. */
  insideStateful: z.strictObject({ runId: run.shape.runId.nullable() }),
  /** These two take their time (see `LongQuestion`). */
  measureImportance: run,
  rollHindcast: run.extend({ options: rollingOptionsSchema }),
} as const;
export type RunQuestion = keyof typeof runQuestionSchemas;

/**
 * Every request that the window can make, by name, with the schema of its input. The main process parses each input
 * with it; the bridge offers one method for each.
 */
export const requestSchemas = {
  appInfo: nothing,
  loadPreferences: nothing,
  savePreferences: preferencesSchema,
  /** The answer to the event 'closing': all that was typed has been saved. */
  readyToClose: nothing,

  /** Asks with the system's dialog for one file or several; null when the user cancels it. */
  chooseFile: nothing,
  /** A file must have been chosen in the dialog, dropped, or be of the work that is remembered. */
  openDataset: sourceSchema,
  cancelReading: nothing,
  /** What was being read when Hindcast last ended without having ended it: null where nothing was. */
  unfinishedReading: nothing,
  leaveUnfinishedReading: nothing,
  readRows: z.strictObject({
    datasetId: id,
    from: z.number().int().min(0),
    count: z.number().int().min(1).max(500),
  }),
  /** The readings of a column between two instants, with as many pixels as there are to draw them on. */
  readCourse: column.extend({
    from: instantSchema,
    to: instantSchema,
    pixels: z.number().int().min(1).max(8000),
  }),
  countMarks: column,
  /** The first run of a mark that begins after an instant, or the last that ends before it; null for none. */
  findMark: column.extend({ mark, near: instantSchema, direction: z.enum(['earlier', 'later']) }),
  /** All runs of a mark, to be struck. */
  listMarks: column.extend({ mark }),
  /** What these choices make of the data: shapes, parts, parameters; or the problem in the way. */
  checkJob: job,
  /** What answers a question of the data set that is open: columns, step, window, horizon. */
  answerQuestion: z.strictObject({ datasetId: id, question: z.enum(QUESTIONS) }),
  /** The mapping with the forecasts of a weather service that there are for its target. */
  findForecasts: z.strictObject({
    datasetId: id,
    mapping: columnMappingSchema,
    horizon: trainingSettingsSchema.shape.horizon,
  }),
  /** What can be done where the choices leave no window. */
  findRemedies: job,

  /** What it did to the score that readings were taken out: tells how far it is by the event 'cleaning'. */
  measureCleaning: job,
  cancelCleaning: nothing,

  startTraining: job,
  resumeTraining: run,
  /** The running training with its curve so far; null where there is none. */
  trainingUnderWay: nothing,
  controlTraining: run.extend({ action: z.enum(TRAINING_ACTIONS) }),

  /** Searches for good settings from those of the job on, and trains the best. */
  startSearch: job.extend({ search: searchOptionsSchema }),
  controlSearch: z.strictObject({ action: z.enum(SEARCH_ACTIONS) }),
  /** The running search, or the last one. */
  readSearch: nothing,

  /** Asks with the system's dialog for the stations of a fleet; null when the user cancels it. */
  chooseStations: z.strictObject({ what: z.enum(['folder', 'files']) }),
  /** The fleet that is open; null for none. */
  readFleet: nothing,
  listFleets: nothing,
  openFleet: fleet,
  /** No fleet is open any more; it stays where it is. */
  leaveFleet: nothing,
  removeFleet: fleet,
  /** Opens a new fleet, and tells by the event 'fleet' how each of its stations would be trained. Its paths were chosen or dropped. */
  planFleet: z.strictObject({ paths: z.array(path).min(1).max(20_000), ask: fleetAskSchema }),
  /** Trains every station of the open fleet that was not trained yet, then the shared model if it is wanted. */
  startFleet: z.strictObject({ language: z.enum(LANGUAGES), shared: z.boolean() }),
  controlFleet: z.strictObject({ action: z.enum(FLEET_ACTIONS) }),
  /** Forecasts every trained station from the newest reading in its file. */
  forecastFleet: nothing,
  /** Takes a copy of a station's run among the ordinary runs. */
  openStation: z.strictObject({ name: z.string().min(1).max(200) }),
  /** The broker whose workers train fleets, without its password; the way there is opened. */
  readBroker: nothing,
  /** Sets it: an address with its password, which does not come back; null for work on this machine. */
  saveBroker: z.strictObject({ address: z.string().trim().max(MOST_ADDRESS_CHARACTERS).nullable() }),
  /** Asks where; null when the user cancels the dialog. */
  saveFleet: z.strictObject({ file: z.enum(FLEET_FILES), language: z.enum(LANGUAGES) }),

  listRuns: nothing,
  openRun: run,
  renameRun: run.extend({ name: z.string().trim().min(1).max(120) }),
  /** Puts a run aside: it can be brought back for some weeks. */
  deleteRun: run,
  restoreRun: run,
  /** Removes a deleted run at once and finally. */
  removeRun: run,
  /** Tries again what could not be done with a damaged run when the app started. */
  recoverRun: run,
  /** Shows the folder of a run in the system's file manager. */
  showRun: run,

  ...runQuestionSchemas,
  /** Ends the long one of these questions that is being answered. */
  cancelWork: nothing,

  /** Asks for a file of newer readings and keeps them with the run; null when the user cancels the dialog. */
  addReadings: run,
  readWatch: run,
  /** From now on the run is watched so, `null`: no longer. A password goes to the key store; null: it is as it was. */
  saveWatch: run.extend({
    settings: watchSettingsSchema.nullable(),
    password: z.string().max(1000).nullable(),
  }),
  /** Trains a watched run again on all readings; what comes of it is told by 'watched'. */
  retrainWatched: run,
  /** The model before the last such training forecasts again. */
  takeEarlierBack: run,
  /** Asks with the system's dialog; null when the user cancels it. */
  chooseWatchPath: z.strictObject({ what: z.enum(WATCH_PATHS) }),
  /** Publishes the newest forecast in one way, to be seen whether it works. */
  tryPublishing: run.extend({ way: z.enum(PUBLISH_WAYS) }),
  /** Whether Hindcast starts with the system, without its window. */
  readStartUp: nothing,
  saveStartUp: z.strictObject({ isOn: z.boolean() }),
  /** Asks where, saves, and gives the path; null when the user cancels the dialog. */
  saveForecast: run.extend({ format: z.enum(['csv', 'svg']), language: z.enum(LANGUAGES) }),
  /** Puts the table on the clipboard, tab by tab, as spreadsheets take it. */
  copyForecast: run,
  savePicture: z.strictObject({
    suggestedName: z.string().min(1).max(120),
    png: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= 64 * 1024 * 1024),
  }),
  /** As `insideRun`, for a small untrained network and what the course lesson has it read. */
  insideLesson: z.strictObject({ look: z.enum(LESSON_LOOKS) }),
  /** Asks where, as PDF or HTML by the name chosen. */
  saveReport: run.extend({ language: z.enum(LANGUAGES) }),
  exportModel: run.extend({
    formats: z.array(z.enum(EXPORT_FORMAT_NAMES)).min(1).max(EXPORT_FORMAT_NAMES.length),
  }),
  /** Asks for a forecaster.json and takes it in as a run. */
  openForecaster: nothing,
  /** The same with the file that the app was started with, or given meanwhile; null where there is none, or no longer. */
  openGivenForecaster: nothing,
  /** Shows a file that Hindcast has just saved in the system's file manager. */
  showSaved: z.strictObject({ path }),
  /** Shows the log file in the system's file manager. */
  showLog: nothing,
} as const;

export type RequestName = keyof typeof requestSchemas;
export type RequestInput<N extends RequestName> = z.infer<(typeof requestSchemas)[N]>;

export interface AppInfo {
  readonly version: string;
  readonly electron: string;
  readonly platform: string;
  /** BCP 47, as the system says. */
  readonly locale: string;
  readonly runsFolder: string;
  readonly logFile: string;
  /** Notices from the start of the app or its window; each is returned once. */
  readonly notices: readonly ProblemData[];
}

export interface SavedFile {
  readonly path: string;
}

export interface RequestOutputs {
  appInfo: AppInfo;
  loadPreferences: Preferences;
  savePreferences: void;
  readyToClose: void;
  chooseFile: { readonly paths: readonly string[] } | null;
  openDataset: DatasetSummary;
  cancelReading: void;
  unfinishedReading: ReadingSource | null;
  leaveUnfinishedReading: void;
  readRows: RowsPage;
  readCourse: Course;
  countMarks: MarkCounts;
  findMark: MarkedRun | null;
  listMarks: readonly Span[];
  checkJob: PreparationSummary;
  answerQuestion: Answer;
  findForecasts: ColumnMapping;
  findRemedies: readonly Remedy[];
  measureCleaning: CleaningEffect;
  cancelCleaning: void;
  startTraining: { readonly runId: string };
  resumeTraining: void;
  trainingUnderWay: TrainingUnderWay | null;
  controlTraining: void;
  startSearch: void;
  controlSearch: void;
  readSearch: SearchReport | null;
  chooseStations: { readonly paths: readonly string[] } | null;
  readFleet: FleetView | null;
  listFleets: readonly KeptFleet[];
  openFleet: FleetView;
  leaveFleet: void;
  removeFleet: void;
  planFleet: FleetView;
  startFleet: void;
  controlFleet: void;
  forecastFleet: void;
  openStation: { readonly runId: string };
  readBroker: BrokerView;
  saveBroker: BrokerView;
  saveFleet: SavedFile | null;
  listRuns: RunList;
  openRun: RunDetail;
  renameRun: RunSummary;
  deleteRun: void;
  restoreRun: void;
  removeRun: void;
  recoverRun: void;
  showRun: void;
  verifyRun: Verification;
  verifyWarnings: WarningsReport;
  measureImportance: Importance;
  rollHindcast: RollingHindcast;
  cancelWork: void;
  forecastRun: Forecast;
  addReadings: AddedReadings | null;
  forecastLog: ForecastLog;
  readWatch: WatchView;
  saveWatch: WatchView;
  retrainWatched: WatchView;
  takeEarlierBack: WatchView;
  chooseWatchPath: SavedFile | null;
  tryPublishing: void;
  readStartUp: { readonly isOn: boolean };
  saveStartUp: void;
  saveForecast: SavedFile | null;
  copyForecast: void;
  savePicture: SavedFile | null;
  insideRun: Inside;
  insideLesson: Inside;
  insideStateful: StatefulPass;
  saveReport: SavedFile | null;
  exportModel: ExportReport | null;
  openForecaster: { readonly runId: string } | null;
  openGivenForecaster: { readonly runId: string } | null;
  showSaved: void;
  showLog: void;
}

/** What the main process tells the window unasked. */
export interface EventPayloads {
  readingProgress: ReadingProgress;
  /** The app is about to end: what was typed is to be saved now. */
  closing: null;
  training: TrainingEvent;
  work: WorkEvent;
  cleaning: CleaningProgress;
  search: SearchReport;
  fleet: FleetEvent;
  /** Who works for the broker, or whether it is there, is otherwise. */
  broker: BrokerView;
  /** A watched run has a new forecast, or something to tell. */
  watched: { readonly runId: string };
  /** The desktop hands over a file while the app runs: `openGivenForecaster` has it. */
  forecasterGiven: null;
}
export type EventName = keyof EventPayloads;

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ProblemData };
