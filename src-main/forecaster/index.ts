export { FORECASTER_FILE, WEIGHTS_FILE } from './document';
export { readExport, writeExport, type FormatFiles } from './export';
export { replaceExport } from './export-folder';
export { forecastFrom, requireSameVariables } from './forecast';
export { issuedForecastOf } from './issued';
export { forecastToCsv, forecastToTabs } from './forecast-csv';
export { makeForecaster, type Forecaster } from './forecaster';
export { lookInsideTrained } from './inside';
export { lookInsideLesson } from './inside-lesson';
export { passLesson, passTrained } from './stateful';
export { mappingFor } from './mapping';
export { takeIn } from './take-in';
export {
  appendNewer,
  hasNewer,
  prepareNewer,
  verifyNewer,
  verifyNewerWarnings,
  type NewerWindows,
} from './verify-on-newer';
