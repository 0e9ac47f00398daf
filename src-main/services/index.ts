export { SearchService, type SearchServiceParts } from './search-service';
export { TrainingService, type TrainingServiceParts } from './training-service';
