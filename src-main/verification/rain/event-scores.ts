import type { EventScore, ReliabilityBin } from '../../contract/probability';
import { probabilityBins } from '../events/bins';

/** Mean squared difference of probabilities and events (0 or 1): Brier (1950), Monthly Weather Review 78, 1-3. */
export function brierScore(events: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < events.length; index++) sum += (probabilities[index]! - events[index]!) ** 2;
  return sum / events.length;
}

/**
 * The Brier score beside that of climatology. Where climatology makes no error skill is not defined; 0 is given.
 * @param climatology probabilities that know the time of the year alone
 */
export function scoreProbabilities(
  events: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  climatology: ArrayLike<number>,
): EventScore {
  const brier = brierScore(events, probabilities);
  const climatologyBrier = brierScore(events, climatology);
  return { brier, climatologyBrier, skill: climatologyBrier === 0 ? 0 : 1 - brier / climatologyBrier };
}

/**
 * How often it happened where a probability was given, in ten bins of equal width; bins without a forecast are left
 * out. Murphy and Winkler (1977), Applied Statistics 26, 41-47.
 */
export function reliabilityOf(
  events: ArrayLike<number>,
  probabilities: ArrayLike<number>,
): readonly ReliabilityBin[] {
  return probabilityBins(events, probabilities).map(({ forecast, frequency, count }) => ({
    forecast,
    frequency,
    count,
  }));
}
