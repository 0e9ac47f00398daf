import type { PreparationSummary } from '../contract/dataset';
import type { InputName } from '../contract/series';
import type { NetworkShape } from '../contract/network';
import { phrase, type Phrase, type SimplePhraseCode } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { axisRowsOf, countFilled, type Series, type Variable } from '../contract/series';
import { quantilesLearned, validates, type TrainingSettings } from '../contract/settings';
import { parameterCount, parameterLayout } from '../network/parameters';
import { calendarNames, calendarReader, type Calendar } from './calendar';
import { shortestDecimal } from './decimal';
import { outlineOf } from './outline';
import { gapsAtFault } from './gaps-at-fault';
import { fitScaler, IDENTITY_SCALER, scaleValue, type Scaler } from './scaler';
import { aheadOf, layLeadRows, type LeadRows } from './lead-rows';
import { serviceByRow } from './service';
import { countToldByLater, rowsOfWindows, splitWindows, windowStarts, type Split } from './windows';

/** A series made ready for a network: what was learned from it (scalers) and which windows serve for what. */
export interface Preparation {
  /** The inputs as the network sees them, calendar inputs last. */
  readonly inputNames: readonly InputName[];
  readonly inputCount: number;
  readonly window: number;
  readonly horizon: number;
  /** [rows, inputCount], scaled, row-major. NaN in rows that no window holds. */
  readonly inputs: Float32Array;
  /** [rows], scaled. */
  readonly targets: Float32Array;
  /** Of each further target of the series, in its order: [rows], scaled. */
  readonly alsoTargets: readonly Float32Array[];
  /** One for each input. */
  readonly inputScalers: readonly Scaler[];
  readonly targetScaler: Scaler;
  readonly split: Split;
  /** Rows of the time axis; with several stations each has so many. */
  readonly axisRows: number;
  /** What the network reads where it steps through the lead times; null: it reads the inputs. */
  readonly leadRows: LeadRows | null;
  /** What the weather service says, by the row that it is of, scaled as the targets; null: the network learns these themselves. */
  readonly service: Float32Array | null;
}

/** Windows that a series must have room for beyond one window and its targets. */
const SPARE_ROWS = 10;

export const calendarOf = (settings: TrainingSettings): Calendar => ({
  year: settings.calendarYear,
  harmonics: settings.yearHarmonics,
  day: settings.calendarDay,
});

/**
 * The network that the settings ask for; `inputCount` counts the calendar inputs too. Its outputs go lead time by lead
 * time, then target by target, with quantiles innermost.
 * @param ahead where it steps through the lead times
 */
export function networkShape(
  settings: TrainingSettings,
  inputCount: number,
  targetCount = 1,
  ahead: LeadRows['ahead'] | null = null,
): NetworkShape {
  const { hidden, layers, horizon } = settings;
  const outputs = horizon * targetCount * (quantilesLearned(settings)?.length ?? 1);
  if (ahead === null) return { inputs: inputCount, hidden, layers, outputs };
  return { inputs: ahead.known.length, hidden, layers, outputs, ahead };
}

/** The same of a series, for one target. */
export function networkOf(series: Series, settings: TrainingSettings): NetworkShape {
  const calendarCount = calendarNames(calendarOf(settings)).length;
  const ahead = aheadOf(series, settings, calendarCount);
  return networkShape(settings, series.inputs.length + calendarCount, 1, ahead);
}

export function inputVariables(series: Series): readonly Variable[] {
  return series.inputs.map((index) => variableAt(series, index));
}

/** All that are to be forecast, the target first. */
export function targetVariables(series: Series): readonly Variable[] {
  return [series.target, ...series.alsoTargets].map((index) => variableAt(series, index));
}

export function targetVariable(series: Series): Variable {
  return variableAt(series, series.target);
}

function variableAt(series: Series, index: number): Variable {
  const variable = series.variables[index];
  if (variable === undefined) throw new RangeError(`The series has no variable ${index}.`);
  return variable;
}

/**
 * Splits the windows and scales the series. The scalers learn from the rows that training windows hold, or (as the
 * lesson does) from all rows.
 * @throws Problem 'too-few-rows', 'too-few-windows', 'windows-lost', 'setting-invalid', 'column-constant' (the target; a constant input only adds nothing)
 */
export function prepare(series: Series, settings: TrainingSettings): Preparation {
  return prepareParts(series, settings, splitSeries(series, settings));
}

/**
 * The same with windows that were chosen otherwise.
 * @throws Problem 'column-constant'
 */
export function prepareParts(series: Series, settings: TrainingSettings, split: Split): Preparation {
  const { window, horizon } = settings;
  const rows = series.time.length;
  const target = targetVariable(series);
  const [, ...alsoTargets] = targetVariables(series);
  const trainingRows = rowsOfWindows(split.train, window + horizon, rows);
  const fitRows = settings.scalerFit === 'all' ? new Uint8Array(rows).fill(1) : trainingRows;
  for (const variable of targetVariables(series)) requireVariation(variable, trainingRows);
  const calendar = calendarOf(settings);
  const variables = inputVariables(series);
  const inputScalers = [
    ...variables.map(({ values }) => fitScaler(values, fitRows)),
    ...calendarNames(calendar).map(() => IDENTITY_SCALER),
  ];
  const ahead = aheadOf(series, settings, calendarNames(calendar).length);
  if (ahead === null) requireTogether(settings);
  // All lead times of a forecast are one feature.
  for (const [first, ...others] of ahead?.byRow.columns ?? []) {
    for (const column of others) inputScalers[column] = inputScalers[first!]!;
  }
  const inputs = scaleInputs(series, inputScalers, calendar);
  const targetScaler = fitScaler(target.values, fitRows);
  const scaled = (values: Float32Array, scaler: Scaler): Float32Array =>
    values.map((value) => scaleValue(scaler, value));
  return {
    inputNames: inputNamesOf(series, settings),
    inputCount: inputScalers.length,
    window,
    horizon,
    inputs,
    leadRows: ahead === null ? null : layLeadRows(series, ahead, inputs),
    targets: scaled(target.values, targetScaler),
    alsoTargets: alsoTargets.map(({ values }) => scaled(values, fitScaler(values, fitRows))),
    inputScalers,
    targetScaler,
    split,
    axisRows: axisRowsOf(series),
    service: serviceByRow(series, targetScaler),
  };
}

/**
 * The inputs as the network sees them in rows `from` (included) to `to` (not included): variables scaled, then the
 * calendar. [to - from, scalers.length], row-major.
 */
export function scaleInputs(
  series: Series,
  scalers: readonly Scaler[],
  calendar: Calendar,
  from = 0,
  to = series.time.length,
): Float32Array {
  const variables = inputVariables(series);
  const width = scalers.length;
  const inputs = new Float32Array((to - from) * width);
  variables.forEach(({ values }, column) => {
    const scaler = scalers[column] ?? IDENTITY_SCALER;
    for (let row = from; row < to; row++) {
      inputs[(row - from) * width + column] = scaleValue(scaler, values[row]!);
    }
  });
  if (calendar.year || calendar.day) {
    const calendarAt = calendarReader(calendar);
    for (let row = from; row < to; row++) {
      inputs.set(calendarAt(series.time[row]!), (row - from) * width + variables.length);
    }
  }
  return inputs;
}

/**
 * The shapes that the settings make of a series, without scaling anything.
 * @throws Problem 'too-few-rows', 'too-few-windows', 'windows-lost', 'setting-invalid'
 */
export function summarisePreparation(series: Series, settings: TrainingSettings): PreparationSummary {
  const { window, horizon } = settings;
  const starts = windowStarts(series, settings);
  const split = splitSeries(series, settings, starts);
  const inputNames = inputNamesOf(series, settings);
  const calendarCount = inputNames.length - series.inputs.length;
  const ahead = aheadOf(series, settings, calendarCount);
  const shape = networkShape(settings, inputNames.length, targetVariables(series).length, ahead);
  const targetTimes = (starts: Int32Array): { from: number; to: number } | null => {
    const [first, last] = [starts[0], starts[starts.length - 1]];
    if (first === undefined || last === undefined) return null;
    return { from: series.time[first + window]!, to: series.time[last + window + horizon - 1]! };
  };
  return {
    rows: series.time.length,
    filled: series.variables.map((variable) => ({ name: variable.name, count: countFilled(variable) })),
    inputNames,
    windowsShape: [starts.length, window, inputNames.length],
    train: split.train.length,
    validation: split.validation.length,
    test: split.test.length,
    toldByLater: countToldByLater(series, settings, split),
    parts: {
      train: targetTimes(split.train),
      validation: targetTimes(split.validation),
      test: targetTimes(split.test),
    },
    outline: outlineOf(series.time, targetVariable(series).values),
    parameters: parameterLayout(shape).map(({ name, shape: dimensions }) => ({ name, shape: dimensions })),
    parameterCount: parameterCount(shape),
  };
}

/**
 * The first window in the unit of each variable, calendar left out, numbers as short as they were typed:
 * `x` [window][inputs], `y` [horizon].
 * @throws Problem 'too-few-windows'
 */
export function firstWindow(
  series: Series,
  settings: Pick<TrainingSettings, 'window' | 'horizon' | 'filledWindows'>,
): { readonly x: number[][]; readonly y: number[] } {
  const { window, horizon } = settings;
  const start = windowStarts(series, settings)[0];
  if (start === undefined)
    throw new Problem('too-few-windows', { windows: 0, part: phrase('part-training') });
  const variables = inputVariables(series);
  const target = targetVariable(series).values;
  const rowsFrom = (row: number, count: number): number[] => Array.from({ length: count }, (_, k) => row + k);
  return {
    x: rowsFrom(start, window).map((row) => variables.map(({ values }) => shortestDecimal(values[row]!))),
    y: rowsFrom(start + window, horizon).map((row) => shortestDecimal(target[row]!)),
  };
}

function inputNamesOf(series: Series, settings: TrainingSettings): readonly InputName[] {
  return [
    ...inputVariables(series).map(({ name, made = false }) => ({ name, made })),
    ...calendarNames(calendarOf(settings)).map((name) => ({ name, made: true })),
  ];
}

function splitSeries(series: Series, settings: TrainingSettings, starts?: Int32Array): Split {
  const { window, horizon } = settings;
  const rows = series.time.length;
  const needed = window + horizon + SPARE_ROWS;
  if (rows < needed) throw new Problem('too-few-rows', { rows, window, horizon, needed });

  requireLastReading(series, settings);
  requireDatesWithin(series.time, settings);
  const split = splitWindows(series, settings, starts);
  const parts = [
    ['part-training', split.train],
    ...(validates(settings) ? ([['part-validation', split.validation]] as const) : []),
    ['part-test', split.test],
  ] as const;
  for (const [part, { length }] of parts) {
    if (length > 0) continue;
    const gaps = gapsAtFault(series);
    throw gaps === null
      ? new Problem('too-few-windows', { windows: 0, part: phrase(part) })
      : new Problem('windows-lost', { part: phrase(part), ...gaps });
  }
  return split;
}

/** A change since the last reading becomes a forecast only together with that reading. */
function requireLastReading({ inputs, target, alsoTargets }: Series, { residual }: TrainingSettings): void {
  if (!residual || [target, ...alsoTargets].every((each) => inputs.includes(each))) return;
  throw new Problem('setting-invalid', {
    setting: phrase('setting-residual'),
    cause: phrase('residual-needs-input'),
  });
}

/** The network can only go on through lead times of which something is known. */
function requireTogether({ leadSteps }: TrainingSettings): void {
  if (leadSteps === 'together') return;
  throw new Problem('setting-invalid', {
    setting: phrase('setting-lead-steps'),
    cause: phrase('nothing-known-ahead'),
  });
}

/** @throws Problem 'setting-invalid' where a part is to begin outside the readings, or validation not before the test */
function requireDatesWithin(time: Float64Array, { testFrom, validationFrom }: TrainingSettings): void {
  const [first, last] = [time[0]!, time[time.length - 1]!];
  const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  const refuse = (setting: SimplePhraseCode, cause: Phrase): never => {
    throw new Problem('setting-invalid', { setting: phrase(setting), cause });
  };
  for (const [setting, date] of [
    ['setting-test-from', testFrom],
    ['setting-validation-from', validationFrom],
  ] as const) {
    if (date === null || (date > first && date <= last)) continue;
    refuse(setting, phrase('date-outside', { day: day(date), first: day(first), last: day(last) }));
  }
  if (testFrom !== null && validationFrom !== null && validationFrom >= testFrom) {
    refuse('setting-validation-from', phrase('validation-after-test'));
  }
}

function requireVariation({ name, values }: Variable, rows: Uint8Array): void {
  const first = values[rows.indexOf(1)]!;
  if (values.some((value, row) => rows[row] === 1 && value !== first)) return;
  throw new Problem('column-constant', { column: name, value: shortestDecimal(first) });
}
