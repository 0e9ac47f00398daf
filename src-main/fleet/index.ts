export { FleetFolder } from './fleet-folder';
export { forecastsToCsv, type StationForecast } from './fleet-forecasts';
export { runFleet, type FleetProgress } from './run-fleet';
export { findStations } from './stations';
