export { compareCleaning, countTaken } from './cleaning';
export { inputsToChooseFrom, newRunOf, withoutColumns } from './new-run';
export { kindOfFolder, readForecaster } from './read-forecaster';
