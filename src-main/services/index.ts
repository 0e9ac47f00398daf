export { CleaningService } from './cleaning-service';
export { RunQuestions, type AskOfRun } from './run-questions';
export { SearchService } from './search-service';
export { TrainingService, type TrainingServiceParts } from './training-service';
export { trainAside } from './train-aside';
export { NotBegun } from '../trainer/processes/trainer-pool';
export { poolOfTrials, type Trials, type TrialAsk, type TrialScore } from './trials';
