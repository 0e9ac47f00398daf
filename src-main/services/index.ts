export { CleaningService } from './cleaning-service';
export { RunQuestions, type AskOfRun } from './run-questions';
export { SearchService } from './search-service';
export { TrainingService, type TrainingServiceParts } from './training-service';
export { trainAside } from './train-aside';
