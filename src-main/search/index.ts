export { runSearch } from './run-search';
export { sampleTrial } from './sample';
export { finalSettings, requireSearchable, trialSettings } from './trial-settings';
