export { fitBaselines, type BaselineForecasts } from './baselines';
export { chooseCombination } from './combination';
export { forecastIntervals, learnIntervals, type ForecastWindows } from './intervals';
export { fitRidge, ridgePart } from './ridge';
export { verify } from './verify';
export { readForecasts, type WindowForecasts } from './window-forecasts';
