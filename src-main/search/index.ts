export { runSearch } from './run-search';
export { sampleTrial, type TrialChoice } from './sample';
export { finalSettings, possibleSpace, requireSearchable, trialSettings } from './trial-settings';
