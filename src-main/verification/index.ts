export { chooseCombination } from './combination';
export { forecastEvent, learnEvent } from './event';
export { forecastIntervals, learnIntervals, type ForecastWindows } from './intervals';
export { fitRidge, ridgePart } from './ridge';
export { verify } from './verify';
export { readForecasts, type WindowForecasts } from './window-forecasts';
