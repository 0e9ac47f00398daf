export { readWeights, thetaOfEpoch, type Checkpoint } from './checkpoint-file';
export { whileChanging, type Release } from '../files/lock';
export { logForecast, logsSetAside, readForecastLog } from './forecast-log-file';
export { readHistory } from './history-file';
export { chooseKeptEpoch, keptAfterInterruption } from './kept-epoch';
export { furtherTargetFolders } from './further-targets';
export { readLinearShare, writeLinearShare, type LinearShare } from './linear-file';
export { memberFolder, rehearsalFolder } from './members';
export { readNewerSeries, writeNewerSeries } from './newer-series';
export { UnfinishedReading } from './unfinished-reading';
export { PreferencesFile } from './preferences-file';
export { deleteRun, holdsRun, replaceRun, requireNoRun, sweepRun } from './own-files';
export { interruptRun, recoverRun } from './recover-run';
export { readRecord } from './run-folder';
export { RunLibrary } from './run-library';
export {
  summariseRecord,
  type NewRun,
  type RunChanges,
  type RunColumn,
  type RunRecord,
  type RunWeights,
} from './run-record';
export type { RunStore } from './run-store';
export { ProgressWriter, readProgress, type SavedProgress } from './saved-progress';
export { readHistories, type SavedRun } from './saved-run';
export { SearchFolder } from './search-folder';
export { readSeries } from './series-file';
export { SingleRun } from './single-run';
