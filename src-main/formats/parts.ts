import type { ByLevel, Ends } from '../contract/intervals';
import { INTERVAL_LEVELS } from '../contract/intervals';
import { physicalRange } from '../contract/quantities';
import { PINBALL_QUANTILES } from '../contract/settings';
import type { Forecaster } from '../forecaster';
import { rowMatrices } from '../forecaster/row-matrices';
import { columnsAt, parameterLayout, sliceParameters } from '../network';
import { calendarNames } from '../series';
import { quantilesOf } from '../verification/windows/window-forecasts';

/** A matrix, row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** One LSTM layer as TensorFlow lays it out: gates in the order input, forget, candidate, output. */
export interface LayerWeights {
  /** [inputs, 4 hidden] */
  readonly kernel: Matrix;
  /** [hidden, 4 hidden] */
  readonly recurrent: Matrix;
  /** [4 hidden] */
  readonly bias: Float32Array;
}

export interface Dense {
  /** [inputs, outputs] */
  readonly kernel: Matrix;
  /** [outputs] */
  readonly bias: Float32Array;
}

export interface MemberWeights {
  readonly layers: readonly LayerWeights[];
  readonly dense: Dense;
}

/** What makes intervals of a forecast. */
export interface IntervalParts {
  /** [horizon, ends]: for each level, the narrowest first, its low end and its high one; in the target's unit. */
  readonly offsets: Float32Array;
  /** Sine and cosine coefficients of the logarithm of the spread; null: the spread is 1. */
  readonly season: readonly [sine: number, cosine: number] | null;
  /** For each end the place of its quantile among the sorted ones; null where there are none: the forecast itself. */
  readonly places: readonly number[] | null;
}

/** A probability of at least `threshold` at each lead time: `Dense` of the newest scaled rows, and of amounts in them. */
export interface EventParts extends Dense {
  readonly threshold: number;
  /** How many of the newest rows of the window count. */
  readonly rows: number;
  /** Null where no input is an amount. */
  readonly amounts: AmountParts | null;
}

/** Amounts among the readings: seen in each of the rows as log(1 + amount / scale), and as 1 where above the least. */
export interface AmountParts {
  /** Their places among the readings. */
  readonly inputs: readonly number[];
  readonly scales: Float32Array;
  readonly leasts: Float32Array;
  /** [rows x amounts, horizon] of the logarithms, and of whether there was any. */
  readonly logarithms: Matrix;
  readonly any: Matrix;
}

/** Both ends of all levels: 50, 80 and 95 per cent. */
export const INTERVAL_ENDS = INTERVAL_LEVELS.flatMap((level) => [`low${level}`, `high${level}`] as const);

/**
 * What networks that go on through the lead times read of a window: at each step of it a row times `windowRows`, then at the
 * lead times the newest row through `leadRows`. `dense` then gives the outputs of each lead time from its own state.
 */
export interface AheadParts {
  /** Features at each step, lead / horizon last. */
  readonly features: number;
  /** As in `Ahead`. */
  readonly known: readonly number[];
  /** [inputs, features] */
  readonly windowRows: Matrix;
  /** [inputs, horizon x features] */
  readonly leadRows: Dense;
  /** For the window (the first), then for each lead time, the input that each feature but the last is; null: it is 0. */
  readonly columns: readonly (readonly (number | null)[])[];
}

/** A forecaster taken apart into what each format writes down: all that stands between readings and forecast. */
export interface ModelParts {
  readonly window: number;
  readonly horizon: number;
  /** Inputs that are readings, and those of the calendar that follow them. */
  readonly readings: number;
  readonly calendar: readonly string[];
  readonly hidden: number;
  readonly outputs: number;
  /** scaled = (value - mean) / scale, for each input. */
  readonly means: Float32Array;
  readonly scales: Float32Array;
  readonly members: readonly MemberWeights[];
  /** Null: the networks read the window alone, and `dense` gives all outputs from its newest step. */
  readonly ahead: AheadParts | null;
  readonly lstmShare: number;
  /** [window x inputs, outputs] */
  readonly linear: Dense | null;
  /** value = scaled x scale + mean */
  readonly target: { readonly mean: number; readonly scale: number };
  /** What the target can be; null where that is anything. */
  readonly range: readonly [least: number, most: number] | null;
  /** Quantiles of each lead time, and the place of the forecast among them; null: one output is the forecast. */
  readonly quantiles: { readonly count: number; readonly median: number } | null;
  readonly intervals: IntervalParts | null;
  readonly event: EventParts | null;
}

export function partsOf(forecaster: Forecaster): ModelParts {
  const { network, window, horizon, composite, inputScalers, targetScaler, calendar } = forecaster;
  const { quantity, unit } = forecaster.target;
  const [least, most] = physicalRange(quantity, unit);
  const { linear } = composite;
  return {
    window,
    horizon,
    readings: forecaster.inputs.length,
    calendar: calendarNames(calendar),
    hidden: network.hidden,
    outputs: network.outputs,
    means: Float32Array.from(inputScalers, ({ mean }) => mean),
    scales: Float32Array.from(inputScalers, ({ scale }) => scale),
    members: composite.members.map((theta) => memberWeights(forecaster, theta)),
    ahead: aheadParts(forecaster),
    lstmShare: composite.lstmShare,
    linear: linear && {
      kernel: { rows: window * inputScalers.length, columns: network.outputs, values: linear.kernel },
      bias: linear.bias,
    },
    target: targetScaler,
    range: Number.isFinite(least) && Number.isFinite(most) ? [least, most] : null,
    quantiles:
      forecaster.quantiles === null
        ? null
        : { count: PINBALL_QUANTILES.length, median: PINBALL_QUANTILES.indexOf(0.5) },
    intervals: intervalParts(forecaster),
    event: eventParts(forecaster),
  };
}

function aheadParts({ network }: Forecaster): AheadParts | null {
  const { ahead } = network;
  const rows = rowMatrices(network);
  if (rows === null || ahead?.byRow === undefined) return null;
  const { horizon, inputs, features, window, leads, shares } = rows;
  const { byRow } = ahead;
  return {
    features,
    known: ahead.known,
    windowRows: { rows: inputs, columns: features, values: window },
    leadRows: { kernel: { rows: inputs, columns: horizon * features, values: leads }, bias: shares },
    columns: Array.from({ length: 1 + horizon }, (_, lead) => columnsAt(ahead, byRow, lead)),
  };
}

function memberWeights({ network }: Forecaster, theta: Float32Array): MemberWeights {
  const named = sliceParameters(network, theta);
  const values = (name: string): Float32Array => named.get(name)!.values;
  const matrix = (name: string): Matrix => {
    const { shape } = parameterLayout(network).find((slice) => slice.name === name)!;
    return { rows: shape[0]!, columns: shape[1]!, values: values(name) };
  };
  return {
    layers: Array.from({ length: network.layers }, (_, index) => ({
      kernel: matrix(`lstm_${index + 1}/kernel`),
      recurrent: matrix(`lstm_${index + 1}/recurrent_kernel`),
      bias: values(`lstm_${index + 1}/bias`),
    })),
    dense: { kernel: matrix('dense/kernel'), bias: values('dense/bias') },
  };
}

function intervalParts({ intervals, quantiles }: Forecaster): IntervalParts | null {
  if (intervals === null) return null;
  const { offsets, season } = intervals.calibration;
  const endsOf = (byLevel: ByLevel<Ends<number>>): readonly number[] =>
    INTERVAL_LEVELS.flatMap((level) => [byLevel[level].low, byLevel[level].high]);
  const places = INTERVAL_LEVELS.flatMap((level) => {
    const { low, high } = quantilesOf(level);
    return [low, high];
  });
  return {
    offsets: Float32Array.from(offsets.flatMap(endsOf)),
    season,
    places: quantiles === null ? null : places,
  };
}

function eventParts({ event, horizon, inputScalers }: Forecaster): EventParts | null {
  if (event === null) return null;
  const { rows, byLead, threshold, amounts } = event;
  /** The weights at these places of what is seen, one column a lead time. */
  const weightsAt = (places: readonly number[]): Matrix => ({
    rows: places.length,
    columns: horizon,
    values: Float32Array.from(places.flatMap((place) => byLead.map(({ weights }) => weights[place]!))),
  });
  const scaled = rows * inputScalers.length;
  const count = rows * amounts.length;
  const places = (length: number, placeAt: (index: number) => number): number[] =>
    Array.from({ length }, (_, index) => placeAt(index));
  return {
    threshold,
    rows,
    kernel: weightsAt(places(scaled, (index) => index)),
    bias: Float32Array.from(byLead, ({ intercept }) => intercept),
    amounts:
      count === 0
        ? null
        : {
            inputs: amounts.map(({ input }) => input),
            scales: Float32Array.from(amounts, ({ scale }) => scale),
            leasts: Float32Array.from(amounts, ({ least }) => least),
            logarithms: weightsAt(places(count, (index) => scaled + 2 * index)),
            any: weightsAt(places(count, (index) => scaled + 2 * index + 1)),
          },
  };
}

/**
 * Columns of a matrix of gates in another order of gates.
 * @param order where each gate of the new order stands among input, forget, candidate, output
 */
export function reorderGates(
  { rows, columns, values }: Matrix,
  order: readonly [number, number, number, number],
): Matrix {
  const hidden = columns / 4;
  const moved = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    order.forEach((from, to) => {
      const start = row * columns + from * hidden;
      moved.set(values.subarray(start, start + hidden), row * columns + to * hidden);
    });
  }
  return { rows, columns, values: moved };
}

export function transpose({ rows, columns, values }: Matrix): Matrix {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = values[row * columns + column]!;
    }
  }
  return { rows: columns, columns: rows, values: turned };
}
