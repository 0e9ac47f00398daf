export { newRunOf } from './new-run';
export type { TrainingEnd } from './protocol';
export { deviceEnvironment, forkTrainer } from './trainer-process';
export { SearchService, type SearchServiceParts } from './search-service';
export { TrainingService, type TrainingServiceParts } from './training-service';
export { EXPORT_MARK, kindOfFolder, readForecaster } from './read-forecaster';
