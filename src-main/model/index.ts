export { compareCleaning, countTaken } from './cleaning';
export { eventContextOf } from './event-learner';
export { inputsToChooseFrom, newRunOf, withoutColumns } from './new-run';
export { kindOfFolder, readForecaster } from './read-forecaster';
