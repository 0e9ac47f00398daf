export { FleetFolder } from './fleet-folder';
export { runFleet, type FleetProgress } from './run-fleet';
export { findStations } from './stations';
