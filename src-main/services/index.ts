export { CleaningService } from './cleaning-service';
export { RunQuestions, type AskOfRun } from './run-questions';
export { SearchService } from './search-service';
export { TrainingService, type TrainingServiceParts } from './training-service';
export { trainAside } from './train-aside';
export { NotBegun } from '../trainer/processes/trainer-pool';
export { poolOfMembers, type Members, type MembersAsk, type MembersElsewhere } from './members';
export { poolOfTrials, type Trials, type TrialAsk, type TrialsAsk, type TrialScore } from './trials';
