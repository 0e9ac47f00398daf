import {
  AS_FOUND,
  type AxisChoices,
  type ColumnRole,
  type ExtremeOf,
  type GapPolicy,
  type KnownAhead,
} from '../contract/dataset';
import type { Combination } from '../contract/combination';
import type { CalibratedIntervals } from '../contract/intervals';
import type { KeptWarning } from '../contract/events';
import type { NetworkShape } from '../contract/network';
import type { EventModel } from '../contract/probability';
import type { Quantity } from '../contract/quantities';
import type { Struck } from '../contract/readings';
import type { Verification } from '../contract/results';
import type { Series, TimeStep, Variable } from '../contract/series';
import { quantilesLearned, type TrainingSettings } from '../contract/settings';
import type { Composite } from '../network';
import {
  calendarOf,
  inputVariables,
  networkOf,
  targetVariable,
  type Calendar,
  type Preparation,
  type Scaler,
} from '../series';

/** A variable as the network was trained on it. */
export type ForecasterVariable = Pick<Variable, 'name' | 'quantity' | 'unit'>;

/** A column of the source file by its name, so that a newer file can be read the same way. */
export interface ForecasterColumn {
  readonly name: string;
  readonly quantity: Quantity;
  /** As it stands in the file, and as it is used. */
  readonly unit: string;
  readonly useUnit: string;
  readonly gapPolicy: GapPolicy;
  readonly role: ColumnRole;
  /** As in `ColumnChoice`. */
  readonly runningTotal?: boolean | undefined;
  readonly perStep?: boolean | undefined;
  readonly struck?: Struck | undefined;
  /** As in `ColumnChoice`. */
  readonly kept?: Struck | undefined;
  readonly extreme?: ExtremeOf | undefined;
  /** As in `ColumnMapping`. */
  readonly knownAhead?: Omit<KnownAhead, 'index'> | undefined;
  readonly isService?: true | undefined;
}

/** The trained thing as one value: all that forecasting needs, and where it came from. */
export interface Forecaster extends Readonly<AxisChoices> {
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** The readings it was trained on; times as `Series.time`. */
  readonly source: {
    readonly fileName: string;
    readonly rows: number;
    readonly from: number;
    readonly to: number;
  };
  readonly step: TimeStep;
  readonly target: ForecasterVariable;
  /** In the order in which the network sees them; the calendar inputs come after them. */
  readonly inputs: readonly ForecasterVariable[];
  readonly columns: readonly ForecasterColumn[];
  readonly window: number;
  readonly horizon: number;
  /** Those that the network forecasts for each lead time; null: it forecasts one number. */
  readonly quantiles: readonly number[] | null;
  readonly calendar: Calendar;
  /** One for each input, calendar inputs included. */
  readonly inputScalers: readonly Scaler[];
  readonly targetScaler: Scaler;
  readonly network: NetworkShape;
  readonly settings: TrainingSettings;
  readonly seed: number;
  /** Epochs trained, and the one whose weights these are. */
  readonly epochs: number;
  readonly keptEpoch: number;
  /** Of the programs that trained it, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly scores: Verification['scores'] | null;
  /** What makes intervals of its forecasts; null where there were too few windows to learn them from. */
  readonly intervals: CalibratedIntervals | null;
  /** How the shares in `composite` were chosen; null for an LSTM alone. */
  readonly combination: Combination | null;
  /** What makes probabilities of rain; null where the target is something else. */
  readonly event: EventModel | null;
  /** The events that it warns of; of an export those that were learned. */
  readonly warnings: readonly KeptWarning[];
  /** The trained weights: networks of the shape `network`, and the linear part beside them if there is one. */
  readonly composite: Composite;
}

/** What a finished training knows. */
export interface ForecasterParts {
  readonly fileName: string;
  readonly columns: readonly ForecasterColumn[];
  readonly series: Series;
  readonly settings: TrainingSettings;
  readonly preparation: Pick<Preparation, 'inputScalers' | 'targetScaler'>;
  readonly composite: Composite;
  readonly epochs: number;
  readonly keptEpoch: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly scores: Verification['scores'] | null;
  readonly intervals: CalibratedIntervals | null;
  readonly combination: Combination | null;
  readonly event: EventModel | null;
  /** None when left out. */
  readonly warnings?: readonly KeptWarning[];
  /** Milliseconds since 1970, UTC; now when left out. */
  readonly createdAt?: number;
  /** As found when left out. */
  readonly axis?: Readonly<AxisChoices>;
}

export function makeForecaster(parts: ForecasterParts): Forecaster {
  const { series, settings, preparation, createdAt = Date.now(), axis = AS_FOUND, warnings = [] } = parts;
  const { stepSeconds, gapLimit, derived, sun } = axis;
  const { time, step } = series;
  const describe = ({ name, quantity, unit }: Variable): ForecasterVariable => ({ name, quantity, unit });
  return {
    createdAt: new Date(createdAt).toISOString(),
    source: {
      fileName: parts.fileName,
      rows: time.length,
      from: time[0] ?? 0,
      to: time[time.length - 1] ?? 0,
    },
    step,
    target: describe(targetVariable(series)),
    inputs: inputVariables(series).map(describe),
    columns: parts.columns,
    stepSeconds,
    gapLimit,
    derived,
    sun,
    window: settings.window,
    horizon: settings.horizon,
    quantiles: quantilesLearned(settings),
    calendar: calendarOf(settings),
    inputScalers: preparation.inputScalers,
    targetScaler: preparation.targetScaler,
    network: networkOf(series, settings),
    settings,
    seed: settings.seed,
    epochs: parts.epochs,
    keptEpoch: parts.keptEpoch,
    versions: parts.versions,
    scores: parts.scores,
    intervals: parts.intervals,
    combination: parts.combination,
    event: parts.event,
    warnings,
    composite: parts.composite,
  };
}
