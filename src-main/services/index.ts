export type { AskOfRun } from './run-questions';
export { CleaningService } from './cleaning-service';
export { SearchService } from './search-service';
export { TrainingService } from './training-service';
export { trainAside } from './train-aside';
