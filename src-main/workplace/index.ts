export { BrokerWorkplace, STATIONS_WITH_BROKER } from './broker-workplace';
export { Meanwhile } from './meanwhile';
export { memberWork } from './member-job';
export { LocalWorkplace, type WorkplaceParts } from './local-workplace';
export { Pace } from './pace';
export { SharedWork } from './shared-work';
export { stationWork } from './station-job';
export { trialWork } from './trial-job';
export type { StationWork, Workplace } from './workplace';
