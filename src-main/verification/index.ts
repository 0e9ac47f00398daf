export { forecastIntervals, learnIntervals, type ForecastWindows } from './intervals';
export { verify } from './verify';
export { readForecasts, type WindowForecasts } from './window-forecasts';
