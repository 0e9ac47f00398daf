import { MOST_EVENT_COLUMNS, type EventModel } from '../../contract/probability';
import type { Series } from '../../contract/series';
import { endingBefore, type Preparation, type Scaler } from '../../series';
import { thin } from '../windows/thin';
import { eventInputs, findAmounts, INPUTS_PER_AMOUNT } from './event-inputs';
import { brierScore } from './event-scores';
import { fitLogistic, probabilityOf } from './logistic';

/** Per window and in scaled units. */
const PENALTIES = [0.001, 0.01, 0.03, 0.1, 0.3] as const;
/** Windows that are learned from at most, evenly thinned: it then takes a few seconds for a day of hours. */
const MOST_WINDOWS = 4000;
/** Share of the training windows, their newest, that the penalty is chosen on where no validation part was kept. */
const CHOICE_SHARE = 0.2;

/** Logistic regressions on windows, one for each lead time, whatever they are of. */
export type WindowLogistics = Omit<EventModel, 'threshold'>;
/** 1 for each window after which it happened at the lead time (0 is the first), else 0. */
type EventsAfter = (starts: Int32Array, lead: number) => Uint8Array;

/**
 * The probability of any event at each lead time, by logistic regression on the newest rows of the scaled window, on its
 * amounts by their logarithm and as some or none, and on the calendar. The penalty is chosen on the validation part (or the
 * newest fifth of training) and the model then fitted on both.
 * @param leads how many lead times
 */
export function learnLogistics(
  series: Series,
  preparation: Preparation,
  leads: number,
  eventsAfter: EventsAfter,
): WindowLogistics {
  const { window, inputs, inputScalers } = preparation;
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

  const everything = table(all);
  const penalty = choosePenalty(thin(fit, MOST_WINDOWS), thin(choose, MOST_WINDOWS), {
    table,
    eventsAfter,
    leads,
  });
  const width = rows * (inputScalers.length + INPUTS_PER_AMOUNT * amounts.length);
  return {
    rows,
    amounts,
    byLead: Array.from({ length: leads }, (_, lead) => {
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

/** Gives the probability at each lead time after the window that ends before row `end`. */
export function probabilityReader(
  model: WindowLogistics,
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
  readonly eventsAfter: EventsAfter;
  readonly leads: number;
}

/** By the Brier score of the first, a middle and the last lead time. */
function choosePenalty(fit: Int32Array, choose: Int32Array, { table, eventsAfter, leads }: Choice): number {
  const [learning, judging] = [table(fit), table(choose)];
  const columns = judging.length / choose.length;
  const judged = [...new Set([0, Math.floor(leads / 2), leads - 1])];
  const errors = PENALTIES.map((penalty) =>
    judged.reduce((sum, lead) => {
      const model = fitLogistic(learning, eventsAfter(fit, lead), penalty);
      const said = Float64Array.from(choose, (_, index) => probabilityOf(model, judging, index * columns));
      return sum + brierScore(eventsAfter(choose, lead), said);
    }, 0),
  );
  return PENALTIES[errors.indexOf(Math.min(...errors))] ?? PENALTIES[1];
}

function splitForChoice({ split, horizon, axisRows }: Preparation): {
  readonly fit: Int32Array;
  readonly choose: Int32Array;
} {
  const { train, validation } = split;
  if (validation.length > 0) return { fit: train, choose: validation };
  const kept = train.length - Math.floor(CHOICE_SHARE * train.length);
  const choose = train.subarray(kept);
  return { fit: endingBefore(train.subarray(0, kept), choose, horizon, axisRows), choose };
}
