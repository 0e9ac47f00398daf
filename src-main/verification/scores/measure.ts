import {
  baselinesOf,
  entriesOf,
  MEASURES,
  type Baseline,
  type ByMethod,
  type Estimate,
  type Measure,
  type MeasuredScores,
  type MethodScores,
  type Score,
} from '../../contract/results';
import { percentileInterval, planResampling, resampleSums, type ResamplingPlan } from './bootstrap';
import { skillScore } from './scores';

/** What is summed once: windows, observations, their squares. */
const SHARED = 3;
/** What is summed for each method: squared, absolute and plain errors, forecasts, their squares, their products with observations. */
const OWN = 6;

interface MeasureInput {
  /** Valid time of lead 1 of each window. [n] */
  readonly time: Float64Array;
  readonly stepSeconds: number;
  readonly horizon: number;
  /** [n, horizon], row-major, as each of the forecasts; NaN where there is no observation. */
  readonly observed: Float32Array;
  readonly forecasts: ByMethod<Float32Array>;
  readonly scores: ByMethod<MethodScores>;
  /** The mean change between learning readings, which MASE is scaled by. */
  readonly scale: number;
}

/**
 * Scores over all lead times and at each, with intervals by a block bootstrap over days. All methods are resampled
 * together, so an interval of skill knows that both forecasts met the same weather. The blocks are resampled by their
 * sums alone: the time it takes does not grow with the windows of a day.
 */
export function measureScores(input: MeasureInput): {
  readonly overall: MeasuredScores;
  readonly byLead: readonly MeasuredScores[];
} {
  const { horizon, scores } = input;
  const plan = planResampling(input.time, horizon, input.stepSeconds);
  const statistics = SHARED + OWN * entriesOf(input.forecasts).length;
  const total = new Float64Array((plan?.days ?? 0) * statistics);
  const byLead = Array.from({ length: horizon }, (_, lead) => {
    const daily = plan === null ? null : sumDays(input, lead, plan, statistics);
    daily?.forEach((value, index) => (total[index]! += value));
    const scoresAtLead = entriesOf(scores).map(
      ([method, { byLead: each }]) => [method, each[lead]!] as const,
    );
    return measure(Object.fromEntries(scoresAtLead) as unknown as ByMethod<Score>, daily, plan, input.scale);
  });
  return { overall: measure(scores, plan === null ? null : total, plan, input.scale), byLead };
}

/** The sums of each day at a lead time: [days, statistics]. Values are centred, which keeps sums of squares exact. */
function sumDays(
  { observed, forecasts, horizon }: MeasureInput,
  lead: number,
  { days, dayOfWindow }: ResamplingPlan,
  statistics: number,
): Float64Array {
  const methods = entriesOf(forecasts).map(([, values]) => values);
  const centre = observed.find((value) => !Number.isNaN(value)) ?? 0;
  const sums = new Float64Array(days * statistics);
  for (let window = 0; window < dayOfWindow.length; window++) {
    const index = window * horizon + lead;
    if (Number.isNaN(observed[index]!)) continue;
    const into = dayOfWindow[window]! * statistics;
    const seen = observed[index]! - centre;
    sums[into]! += 1;
    sums[into + 1]! += seen;
    sums[into + 2]! += seen * seen;
    for (let method = 0; method < methods.length; method++) {
      const at = into + SHARED + method * OWN;
      const said = methods[method]![index]! - centre;
      const error = said - seen;
      sums[at]! += error * error;
      sums[at + 1]! += Math.abs(error);
      sums[at + 2]! += error;
      sums[at + 3]! += said;
      sums[at + 4]! += said * said;
      sums[at + 5]! += said * seen;
    }
  }
  return sums;
}

function measure(
  scores: ByMethod<Score>,
  daily: Float64Array | null,
  plan: ResamplingPlan | null,
  scale: number,
): MeasuredScores {
  const methods = entriesOf(scores);
  const statistics = SHARED + OWN * methods.length;
  const resampled = daily === null || plan === null ? null : resampleSums(daily, statistics, plan);
  const bestBaseline = lowestError(scores);
  const placeOf = (wanted: string): number => methods.findIndex(([method]) => method === wanted);
  const references = { persistence: placeOf('persistence'), best: placeOf(bestBaseline) };

  const measured = methods.map(([method, score], place) => {
    const values: Readonly<Record<Measure, number>> = {
      rmse: score.rmse,
      mae: score.mae,
      bias: score.bias,
      correlation: score.correlation,
      mase: score.mase,
      skill: skillScore(score.rmse ** 2, scores.persistence.rmse ** 2),
      skillOverBest: skillScore(score.rmse ** 2, (scores[bestBaseline]?.rmse ?? NaN) ** 2),
    };
    const estimates = resampled === null ? null : spread(resampled, statistics, place, references, scale);
    const entries = MEASURES.map((name): [Measure, Estimate] => {
      const interval =
        estimates === null || Number.isNaN(values[name])
          ? { low: NaN, high: NaN }
          : percentileInterval(estimates[name]);
      return [name, { value: values[name], ...interval }];
    });
    return [method, Object.fromEntries(entries)] as const;
  });
  return {
    bestBaseline,
    methods: Object.fromEntries(measured) as unknown as MeasuredScores['methods'],
  };
}

/** Each measure of one method in each resample. */
function spread(
  sums: Float64Array,
  statistics: number,
  place: number,
  references: { readonly persistence: number; readonly best: number },
  scale: number,
): Record<Measure, Float64Array> {
  const resamples = sums.length / statistics;
  const made = (): Float64Array => new Float64Array(resamples);
  const values: Record<Measure, Float64Array> = {
    rmse: made(),
    mae: made(),
    bias: made(),
    correlation: made(),
    mase: made(),
    skill: made(),
    skillOverBest: made(),
  };
  for (let resample = 0; resample < resamples; resample++) {
    const from = resample * statistics;
    const count = sums[from]!;
    const seen = sums[from + 1]!;
    const at = from + SHARED + place * OWN;
    const squares = sums[at]!;
    const said = sums[at + 3]!;
    const errorOf = (method: number): number => sums[from + SHARED + method * OWN]! / count;
    const deviations = (count * sums[from + 2]! - seen ** 2) * (count * sums[at + 4]! - said ** 2);
    const mae = sums[at + 1]! / count;
    values.rmse[resample] = Math.sqrt(squares / count);
    values.mae[resample] = mae;
    values.bias[resample] = sums[at + 2]! / count;
    values.correlation[resample] =
      deviations > 0 ? (count * sums[at + 5]! - said * seen) / Math.sqrt(deviations) : NaN;
    values.mase[resample] = mae / scale;
    values.skill[resample] = skillScore(squares / count, errorOf(references.persistence));
    values.skillOverBest[resample] = skillScore(squares / count, errorOf(references.best));
  }
  return values;
}

/** The baseline of the lowest RMSE; the first of equals. */
export function lowestError(scores: ByMethod<Pick<Score, 'rmse'>>): Baseline {
  const rmseOf = (name: Baseline): number => scores[name]?.rmse ?? Infinity;
  return baselinesOf(scores).reduce((best, name) => (rmseOf(name) < rmseOf(best) ? name : best));
}
