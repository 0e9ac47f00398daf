export { newRunOf } from './new-run';
export { kindOfFolder, readForecaster } from './read-forecaster';
