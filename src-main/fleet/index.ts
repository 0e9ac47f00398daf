export { FleetFolder } from './fleet-folder';
export { FleetService } from './fleet-service';
export { forecastsToCsv, type StationForecast } from './fleet-forecasts';
export { runFleet, type FleetProgress } from './run-fleet';
export { findStations } from './stations';
