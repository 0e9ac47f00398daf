export { FORECASTER_FILE, MODEL_FILE } from './document';
export { readExport, writeExport } from './export';
export { replaceExport } from './export-folder';
export { forecastFrom, requireSameVariables } from './forecast';
export { issuedForecastOf } from './issued';
export { forecastToCsv, forecastToTabs } from './forecast-csv';
export {
  makeForecaster,
  type Forecaster,
  type ForecasterColumn,
  type ForecasterParts,
  type ForecasterVariable,
} from './forecaster';
export { lookInsideTrained } from './inside';
export { lookInsideLesson } from './inside-lesson';
export { passLesson, passTrained } from './stateful';
export { mappingFor } from './mapping';
export { appendNewer, verifyOnNewer } from './verify-on-newer';
