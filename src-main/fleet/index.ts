export { FleetFolder } from './fleet-folder';
export type { FleetWish } from './plan-station';
export { runFleet, type FleetProgress } from './run-fleet';
export { findStations } from './stations';
