export { SearchService } from './search-service';
export { TrainingService } from './training-service';
