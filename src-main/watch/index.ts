export { trainCandidate } from './retraining';
export { Station } from './station';
export { WatchService } from './watch-service';
export { Watcher } from './watcher';
