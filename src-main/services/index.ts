export type { AskOfRun } from './run-questions';
export { SearchService } from './search-service';
export { TrainingService } from './training-service';
