import type { ReliabilityBar } from '../../contract/event-scores';
import { probabilityBins } from './bins';

/** What the bars leave out at either end: they hold nine of ten. */
const TAIL = 0.05;
/** Forecasts up to which events are counted exactly; above it the normal law is within a hundredth of a bar. */
const MOST_COUNTED = 2000;
const NORMAL_TAIL = 1.6448536269514722;

/**
 * How often it happened where a probability was given, with the stretch that this frequency lies in nine times of ten where
 * the probabilities are right: consistency bars, Broecker and Smith (2007), Weather and Forecasting 22, 651-661. What they
 * resample is counted here: the events among forecasts that stand follow a Poisson binomial law. Neighbouring forecasts
 * tell much the same, so that with a short step true bars are wider.
 */
export function reliabilityBars(
  events: ArrayLike<number>,
  probabilities: ArrayLike<number>,
): readonly ReliabilityBar[] {
  return probabilityBins(events, probabilities).map(({ forecast, frequency, count, places }) => {
    const [low, high] = countsWithin(places.map((place) => probabilities[place]!));
    return { forecast, frequency, count, low: low / count, high: high / count };
  });
}

/** The fewest and most events, of those with these probabilities, that are not passed but once in twenty times each. */
export function countsWithin(probabilities: readonly number[]): readonly [low: number, high: number] {
  if (probabilities.length > MOST_COUNTED) return countsNear(probabilities);
  const law = new Float64Array(probabilities.length + 1);
  law[0] = 1;
  probabilities.forEach((probability, index) => {
    for (let count = index + 1; count > 0; count--) {
      law[count] = law[count]! * (1 - probability) + law[count - 1]! * probability;
    }
    law[0] = law[0]! * (1 - probability);
  });
  let below = 0;
  const passed = law.map((share) => (below += share));
  const reach = (level: number): number => passed.findIndex((share) => share >= level);
  return [reach(TAIL), reach(1 - TAIL)];
}

function countsNear(probabilities: readonly number[]): readonly [low: number, high: number] {
  const mean = probabilities.reduce((sum, probability) => sum + probability, 0);
  const variance = probabilities.reduce((sum, probability) => sum + probability * (1 - probability), 0);
  const reach = NORMAL_TAIL * Math.sqrt(variance);
  return [Math.max(0, mean - reach), Math.min(probabilities.length, mean + reach)];
}
