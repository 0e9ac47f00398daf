export { FleetFolder } from './fleet-folder';
export { FleetService } from './fleet-service';
export { forecastsToCsv, type StationForecast } from './fleet-forecasts';
export { forecastStation } from './forecast-station';
export { runFleet, type FleetProgress } from './run-fleet';
export { findStations } from './stations';
export type { Workshop } from './train-station';
export { stationsInFile } from './stations-in-file';
