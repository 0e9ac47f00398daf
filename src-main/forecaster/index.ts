export { readExport, writeExport } from './export';
export { forecastFrom } from './forecast';
export { forecastToCsv } from './forecast-csv';
export { forecastToSvg, type SvgOptions } from './forecast-svg';
export {
  makeForecaster,
  type Forecaster,
  type ForecasterColumn,
  type ForecasterParts,
  type ForecasterVariable,
} from './forecaster';
export { lookInsideTrained } from './inside';
export { lookInsideLesson } from './inside-lesson';
export { mappingFor } from './mapping';
export { verifyOnNewer } from './verify-on-newer';
