export { keepForecasts, keptForecasts } from './service-file';
export { readWeights, thetaOfEpoch, type Checkpoint } from './checkpoint-file';
export { whileChanging, type Release } from '../files/lock';
export { holdsEarlier, putModelInPlace, takeEarlierBack } from './earlier-run';
export { logForecast, logsSetAside, readForecastLog } from './forecast-log-file';
export { chooseKeptEpoch } from './kept-epoch';
export { furtherTargetFolders } from './further-targets';
export { readLinearShare, writeLinearShare, type LinearShare } from './linear-file';
export { memberFolder, rehearsalFolder } from './members';
export { readNewerSeries, writeNewerSeries } from './newer-series';
export { UnfinishedReading } from './unfinished-reading';
export { PreferencesFile } from './preferences-file';
export { holdsRun, replaceRun, requireNoRun, sweepRun } from './own-files';
export { interruptRun, recoverRun } from './recover-run';
export { readRecord } from './run-folder';
export { RunLibrary } from './run-library';
export {
  packMember,
  packSeries,
  packTrained,
  packTrial,
  unpackMember,
  unpackSeries,
  unpackTrained,
  unpackTrial,
  unpackUnfinished,
} from './run-archive';
export {
  readingOf,
  runToTrainSchema,
  type NewRun,
  type RunColumn,
  type RunRecord,
  type RunToTrain,
  type RunWeights,
} from './run-record';
export type { RunStore } from './run-store';
export { ProgressWriter, readProgress, type SavedProgress } from './saved-progress';
export { readHistories, type SavedRun } from './saved-run';
export { SearchFolder } from './search-folder';
export { readSeries, writeSeries } from './series-file';
export { SharedProgress } from './shared-progress';
export { SingleRun } from './single-run';
export { readWatch, readWatchState, removeWatch, writeWatch, writeWatchState } from './watch-file';
