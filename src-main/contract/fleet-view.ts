import { z } from 'zod';
import type { FleetStation, StationRemark, StationResult } from './fleet';
import type { ProblemData } from './problems';
import type { Progress } from './progress';
import { QUANTITIES } from './quantities';
import type { SharedReport } from './shared-model';
import { SETTINGS, trainingSettingsSchema } from './settings';

/** What can be asked for at every station: of what is not known nobody can. */
export const FLEET_QUANTITIES = QUANTITIES.filter((each) => each !== 'other');

/** What is asked of every station. */
export const fleetAskSchema = z.strictObject({
  /** What is forecast; null: what each file suggests. */
  quantity: z.enum(FLEET_QUANTITIES).nullable(),
  /** Lead times, in steps; null: as many as each file suggests. */
  horizon: z.number().int().min(SETTINGS.horizon.min).max(SETTINGS.horizon.max).nullable(),
  /** null: Recommended, as each file suggests. */
  settings: trainingSettingsSchema.nullable(),
  /** Whether one model is then trained on all stations together, and compared with theirs. */
  shared: z.boolean().default(false),
});
export type FleetAsk = z.infer<typeof fleetAskSchema>;

/** How a station would be trained. */
export interface PlannedStation {
  readonly kind: 'planned';
  readonly rows: number;
  /** The first and the last reading, as `Series.time`. */
  readonly range: { readonly from: number; readonly to: number } | null;
  /** Of the axis that it is trained on. */
  readonly stepSeconds: number;
  readonly target: string;
  /** Of the target in the file, and as it is forecast. */
  readonly unitRead: string;
  readonly unit: string;
  readonly inputs: readonly string[];
  readonly window: number;
  readonly horizon: number;
  /** Windows of the training, the validation and the test part. */
  readonly windows: readonly [train: number, validation: number, test: number];
  readonly remarks: readonly StationRemark[];
}

/** How a station would be trained, or why it cannot be. */
export type StationOutlook = PlannedStation | { readonly kind: 'failed'; readonly problem: ProblemData };

/** The newest forecast of a station, or why there is none. */
export type ForecastOutcome =
  | {
      readonly kind: 'forecast';
      /** Time of the last reading. */
      readonly issuedAt: number;
      /** The first lead time and the last; ends of the 95 % interval where they are known. */
      readonly first: ForecastValue;
      readonly last: ForecastValue;
      readonly unit: string;
    }
  | { readonly kind: 'failed'; readonly problem: ProblemData };

interface ForecastValue {
  readonly time: number;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** What is known of a station. */
export interface FleetRow {
  readonly station: FleetStation;
  readonly outlook: StationOutlook | null;
  readonly result: StationResult | null;
  readonly forecast: ForecastOutcome | null;
}

export const FLEET_STATES = [
  'planning',
  'planned',
  'running',
  'paused',
  /** The shared model is trained. */
  'sharing',
  'sharing-paused',
  'forecasting',
  /** By the user, or since Hindcast was closed. */
  'stopped',
  'ended',
  'failed',
] as const;
export type FleetState = (typeof FLEET_STATES)[number];

/** While these last something is done, and no other fleet is. */
export const isAtWork = (
  state: FleetState,
): state is Exclude<FleetState, 'planned' | 'stopped' | 'ended' | 'failed'> =>
  state === 'planning' ||
  state === 'running' ||
  state === 'paused' ||
  state === 'sharing' ||
  state === 'sharing-paused' ||
  state === 'forecasting';

/** What can be paused, and what it then is. */
export const PAUSED_STATES: ReadonlyMap<FleetState, FleetState> = new Map([
  ['running', 'paused'],
  ['sharing', 'sharing-paused'],
]);
/** The other way round. */
export const RESUMED_STATES: ReadonlyMap<FleetState, FleetState> = new Map(
  [...PAUSED_STATES].map(([going, paused]) => [paused, going]),
);

/** How far a fleet is. */
export interface FleetHowFar {
  readonly done: number;
  readonly of: number;
  readonly secondsLeft: Progress['secondsLeft'];
  /** The stations at work, each with how far it is: 0 to 1, null where that cannot be known. */
  readonly atWork: readonly { readonly name: string; readonly fraction: number | null }[];
}

/** A fleet as the window shows it. */
export interface FleetView {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  /** Where its stations came from. */
  readonly paths: readonly string[];
  readonly ask: FleetAsk;
  readonly state: FleetState;
  /** Why it has failed. */
  readonly problem: ProblemData | null;
  readonly rows: readonly FleetRow[];
  /** The shared model beside those of the stations; null: there is none. */
  readonly shared: SharedReport | null;
  /** null before anything is at work. */
  readonly howFar: FleetHowFar | null;
}

/** What becomes otherwise of a fleet: `place` is that of the station among its rows. */
export type FleetChange =
  | { readonly kind: 'state'; readonly state: FleetState; readonly problem: ProblemData | null }
  | { readonly kind: 'progress'; readonly howFar: FleetHowFar }
  | { readonly kind: 'outlook'; readonly place: number; readonly outlook: StationOutlook }
  | { readonly kind: 'result'; readonly place: number; readonly result: StationResult }
  | { readonly kind: 'shared'; readonly shared: SharedReport | null }
  | { readonly kind: 'forecast'; readonly place: number; readonly forecast: ForecastOutcome };
export type FleetEvent = FleetChange & { readonly fleetId: string };

/** A fleet after something became otherwise: the main process and the window go by the same rule. */
export function afterChange(view: FleetView, change: FleetChange): FleetView {
  switch (change.kind) {
    case 'state': {
      const { state, problem } = change;
      return { ...view, state, problem, howFar: isAtWork(state) ? view.howFar : null };
    }
    case 'progress':
      return { ...view, howFar: change.howFar };
    case 'shared':
      return { ...view, shared: change.shared };
    case 'outlook':
      return withRow(view, change.place, { outlook: change.outlook });
    case 'result':
      return withRow(view, change.place, { result: change.result });
    case 'forecast':
      return withRow(view, change.place, { forecast: change.forecast });
  }
}

function withRow(view: FleetView, place: number, known: Partial<FleetRow>): FleetView {
  return { ...view, rows: view.rows.map((row, index) => (index === place ? { ...row, ...known } : row)) };
}

/** A fleet in the list of those that are kept. */
export interface KeptFleet {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly stations: number;
}

export const FLEET_ACTIONS = ['pause', 'resume', 'cancel'] as const;
export type FleetAction = (typeof FLEET_ACTIONS)[number];

/** What of a fleet can be saved as a file. */
export const FLEET_FILES = ['report', 'table', 'forecasts'] as const;
export type FleetFile = (typeof FLEET_FILES)[number];
