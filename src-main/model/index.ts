export { newRunOf } from './new-run';
export { EXPORT_MARK, kindOfFolder, readForecaster } from './read-forecaster';
