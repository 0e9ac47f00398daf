import type { FleetStation, StationResult, TrainedStation } from './fleet';
import type { FleetRow, FleetView, PlannedStation } from './fleet-view';

/** For tests: a station of its own file, some of it changed. */
export const fixtureStation = (name: string, changes: Partial<FleetStation> = {}): FleetStation => ({
  name,
  file: `/data/${name}.csv`,
  station: null,
  place: null,
  ...changes,
});

/** For tests: what came of a station, some of it changed. */
export const fixtureTrained = (changes: Partial<TrainedStation> = {}): TrainedStation => ({
  kind: 'trained',
  folder: 'stations/a',
  target: '=temp',
  unit: '°C',
  stepSeconds: 86_400,
  horizon: 7,
  windows: 300,
  rmse: 2,
  best: 'ridge',
  bestRmse: 2.1,
  skill: 0.4,
  skillOverBest: { value: 0.1, low: null, high: null },
  coverage: 0.94,
  verdict: 'beats',
  pValue: 0.001,
  sentence: 'It beats.',
  remarks: [],
  seconds: 1,
  ...changes,
});

/** For tests: a station whose file is empty. */
export const FIXTURE_FAILED: StationResult & { kind: 'failed' } = {
  kind: 'failed',
  problem: { code: 'file-empty', params: { file: 'c.csv' } },
  sentence: '“c.csv” is empty.',
};

/** For tests: how a station would be trained, some of it changed. */
export const fixturePlan = (changes: Partial<PlannedStation> = {}): PlannedStation => ({
  kind: 'planned',
  rows: 800,
  range: { from: Date.UTC(2020, 0, 1), to: Date.UTC(2022, 2, 10) },
  stepSeconds: 86_400,
  target: 'temp',
  unitRead: '°C',
  unit: '°C',
  inputs: ['temp', 'hum'],
  window: 7,
  horizon: 7,
  windows: [500, 120, 150],
  remarks: [],
  ...changes,
});

export const fixtureRow = (name: string, known: Partial<FleetRow> = {}): FleetRow => ({
  station: fixtureStation(name),
  outlook: null,
  result: null,
  forecast: null,
  ...known,
});

/** For tests: a fleet of these stations. */
export const fixtureFleet = (rows: readonly FleetRow[], changes: Partial<FleetView> = {}): FleetView => ({
  id: 'fleet1-0123456789',
  name: 'club',
  createdAt: 0,
  paths: ['/data'],
  ask: { quantity: 'temperature', horizon: null, settings: null, shared: false },
  state: 'ended',
  problem: null,
  rows,
  shared: null,
  howFar: null,
  ...changes,
});
