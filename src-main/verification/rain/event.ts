import { convertUnit } from '../../contract/quantities';
import {
  MOST_EVENT_COLUMNS,
  type EventForecast,
  type EventModel,
  type EventVerification,
} from '../../contract/probability';
import { observationsOf, type Series } from '../../contract/series';
import { endingBefore, targetVariable, type Preparation, type Scaler } from '../../series';
import { learnUsual } from '../baselines/climatology';
import { thin } from '../windows/thin';
import { eventInputs, findAmounts, INPUTS_PER_AMOUNT } from './event-inputs';
import { brierScore, reliabilityOf, scoreProbabilities } from './event-scores';
import { fitLogistic, probabilityOf } from './logistic';

/** Per window and in scaled units. */
const PENALTIES = [0.001, 0.01, 0.03, 0.1, 0.3] as const;
/** Windows that are learned from at most, evenly thinned: it then takes a few seconds for a day of hours. */
const MOST_WINDOWS = 4000;
/** Share of the training windows, their newest, that the penalty is chosen on where no validation part was kept. */
const CHOICE_SHARE = 0.2;

/**
 * The probability of at least so much rain. Not made of the network's forecast: what an amount is best forecast by says
 * little of whether it rains at all (calibrated outputs had up to 0.07 less Brier skill on the data sets tried).
 * @param threshold in mm, whatever the unit of the target
 * @returns null unless the target is rain
 */
export function learnEvent(series: Series, preparation: Preparation, threshold: number): EventModel | null {
  const { quantity, unit } = targetVariable(series);
  if (quantity !== 'rain') return null;
  const inUnit = convertUnit(threshold, 'rain', 'mm', unit);
  const eventsAt = (rows: Int32Array): Uint8Array => eventsOf(series, rows, inUnit);
  return { threshold: inUnit, ...learnLogistics(series, preparation, eventsAt) };
}

/**
 * The probability of any event at each lead time, by logistic regression on the newest rows of the scaled window, on its
 * amounts by their logarithm and as some or none, and on the calendar. The penalty is chosen on the validation part (or the
 * newest fifth of training) and the model then fitted on both.
 * @param eventsAt 1 for each of these rows of the series in which it happened, else 0
 */
function learnLogistics(
  series: Series,
  preparation: Preparation,
  eventsAt: (rows: Int32Array) => Uint8Array,
): Omit<EventModel, 'threshold'> {
  const { window, horizon, inputs, inputScalers } = preparation;
  const { fit, choose } = splitForChoice(preparation);
  const all = thin(Int32Array.from([...fit, ...choose]), MOST_WINDOWS);
  const amounts = [...findAmounts(series, preparation, all)];
  const rows = rowsSeen(series, preparation, amounts);
  const seenAt = eventInputs({ rows, amounts }, inputScalers);
  const places = placesLearned(series, preparation, { rows, amounts });
  const table = (starts: Int32Array): Float64Array => {
    const flat = new Float64Array(starts.length * places.length);
    starts.forEach((start, index) => {
      const seen = seenAt(inputs, start + window);
      places.forEach((place, column) => (flat[index * places.length + column] = seen[place]!));
    });
    return flat;
  };
  const eventsAfter = (starts: Int32Array, lead: number): Uint8Array =>
    eventsAt(starts.map((start) => start + window + lead));

  const everything = table(all);
  const penalty = choosePenalty(thin(fit, MOST_WINDOWS), thin(choose, MOST_WINDOWS), {
    table,
    eventsAt: eventsAfter,
    horizon,
  });
  const width = rows * (inputScalers.length + INPUTS_PER_AMOUNT * amounts.length);
  return {
    rows,
    amounts,
    byLead: Array.from({ length: horizon }, (_, lead) => {
      const { intercept, weights } = fitLogistic(everything, eventsAfter(all, lead), penalty);
      const whole = new Array<number>(width).fill(0);
      places.forEach((place, column) => (whole[place] = weights[column]!));
      return { intercept, weights: whole };
    }),
  };
}

/** How many of the newest rows of a window are looked at. */
function rowsSeen(
  series: Series,
  { inputCount, window }: Preparation,
  amounts: EventModel['amounts'],
): number {
  const variables = series.inputs.length;
  const calendar = inputCount - variables;
  const ofEachRow = variables + (INPUTS_PER_AMOUNT - 1) * amounts.length;
  return Math.min(window, Math.max(1, Math.floor((MOST_EVENT_COLUMNS - calendar) / ofEachRow)));
}

/**
 * Which of what is seen has a weight: readings of every row, amounts in their own way alone, and the calendar of the newest
 * row alone.
 */
function placesLearned(
  series: Series,
  { inputCount }: Preparation,
  { rows, amounts }: Pick<EventModel, 'rows' | 'amounts'>,
): readonly number[] {
  const variables = series.inputs.length;
  const scaled = rows * inputCount;
  const isAmount = new Set(amounts.map(({ input }) => input));
  const hasWeight = (place: number): boolean => {
    if (place >= scaled) return true;
    const input = place % inputCount;
    return input < variables ? !isAmount.has(input) : place >= scaled - inputCount;
  };
  const seen = scaled + rows * INPUTS_PER_AMOUNT * amounts.length;
  return Array.from({ length: seen }, (_, place) => place).filter(hasWeight);
}

/**
 * The probabilities of the test windows and how they did.
 * @param model as `learnEvent` gives it
 */
export function verifyEvent(series: Series, preparation: Preparation, model: EventModel): EventVerification {
  const { window, horizon, split, inputs, inputScalers } = preparation;
  const starts = split.test;
  const probabilitiesAt = probabilityReader(model, inputScalers);
  const valid = Int32Array.from(
    { length: starts.length * horizon },
    (_, index) => starts[Math.floor(index / horizon)]! + window + (index % horizon),
  );
  const events = eventsOf(series, valid, model.threshold);
  const probabilities = new Float32Array(valid.length);
  starts.forEach((start, index) => {
    probabilities.set(probabilitiesAt(inputs, start + window), index * horizon);
  });
  const usualAt = learnUsual(asEvents(series, model.threshold), preparation);
  const climatology = Float32Array.from(valid, (row) => usualAt(series.time[row]!));
  const observed = observationsOf(targetVariable(series));
  const isObserved = (_: number, index: number): boolean => !Number.isNaN(observed[valid[index]!]!);
  const scored = (isCounted: (index: number) => boolean) => {
    const isScored = (value: number, index: number): boolean => isCounted(index) && isObserved(value, index);
    return [events.filter(isScored), probabilities.filter(isScored), climatology.filter(isScored)] as const;
  };
  const all = scored(() => true);
  return {
    model,
    probabilities,
    frequency: all[0].reduce((sum, event) => sum + event, 0) / all[0].length,
    ...scoreProbabilities(...all),
    byLead: Array.from({ length: horizon }, (_, lead) =>
      scoreProbabilities(...scored((index) => index % horizon === lead)),
    ),
    reliability: reliabilityOf(all[0], all[1]),
  };
}

/** The probabilities after one window. @param window its scaled inputs, [rows, inputs], row-major */
export function forecastEvent(
  model: EventModel,
  window: Float32Array,
  scalers: readonly Scaler[],
): EventForecast {
  const probabilities = probabilityReader(model, scalers)(window, window.length / scalers.length);
  return { threshold: model.threshold, probabilities };
}

/** Gives the probability at each lead time after the window that ends before row `end`. */
function probabilityReader(
  model: EventModel,
  scalers: readonly Scaler[],
): (inputs: Float32Array, end: number) => number[] {
  const seenAt = eventInputs(model, scalers);
  return (inputs, end) => {
    const seen = seenAt(inputs, end);
    return model.byLead.map((logistic) => probabilityOf(logistic, seen));
  };
}

interface Choice {
  readonly table: (starts: Int32Array) => Float64Array;
  readonly eventsAt: (starts: Int32Array, lead: number) => Uint8Array;
  readonly horizon: number;
}

/** By the Brier score of the first, a middle and the last lead time. */
function choosePenalty(fit: Int32Array, choose: Int32Array, { table, eventsAt, horizon }: Choice): number {
  const [learning, judging] = [table(fit), table(choose)];
  const columns = judging.length / choose.length;
  const leads = [...new Set([0, Math.floor(horizon / 2), horizon - 1])];
  const errors = PENALTIES.map((penalty) =>
    leads.reduce((sum, lead) => {
      const model = fitLogistic(learning, eventsAt(fit, lead), penalty);
      const said = Float64Array.from(choose, (_, index) => probabilityOf(model, judging, index * columns));
      return sum + brierScore(eventsAt(choose, lead), said);
    }, 0),
  );
  return PENALTIES[errors.indexOf(Math.min(...errors))] ?? PENALTIES[1];
}

function splitForChoice({ split, horizon }: Preparation): {
  readonly fit: Int32Array;
  readonly choose: Int32Array;
} {
  const { train, validation } = split;
  if (validation.length > 0) return { fit: train, choose: validation };
  const kept = train.length - Math.floor(CHOICE_SHARE * train.length);
  const choose = train.subarray(kept);
  return { fit: endingBefore(train.subarray(0, kept), choose, horizon), choose };
}

/** 1 where the target reached the threshold in these rows. */
function eventsOf(series: Series, rows: Int32Array, threshold: number): Uint8Array {
  const { values } = targetVariable(series);
  return Uint8Array.from(rows, (row) => (reaches(values[row]!, threshold) ? 1 : 0));
}

/** A reading of 1.0 is at least 1, though as float32 it may be a hair below. */
const reaches = (value: number, threshold: number): boolean => value >= Math.fround(threshold);

/** The same series with the event, 0 or 1, in the place of the target. */
function asEvents(series: Series, threshold: number): Series {
  return {
    ...series,
    variables: series.variables.map((variable, index) =>
      index === series.target
        ? {
            ...variable,
            values: variable.values.map((value) =>
              Number.isNaN(value) ? NaN : reaches(value, threshold) ? 1 : 0,
            ),
          }
        : variable,
    ),
  };
}
