import type { BrierParts } from '../../contract/event-scores';
import { probabilityBins } from './bins';

/**
 * What a Brier score is made of, over ten bins of equal width: reliability - resolution + uncertainty + withinBins is the
 * score. Murphy (1973), Journal of Applied Meteorology 12, 595-600; the last part is what taking a bin for one forecast
 * leaves out: Stephenson, Coelho and Jolliffe (2008), Weather and Forecasting 23, 752-757.
 */
export function brierParts(events: ArrayLike<number>, probabilities: ArrayLike<number>): BrierParts {
  const count = events.length;
  const bins = probabilityBins(events, probabilities);
  const baseRate = bins.reduce((sum, bin) => sum + bin.frequency * bin.count, 0) / count;
  let [reliability, resolution, withinBins] = [0, 0, 0];
  for (const { forecast, frequency, places } of bins) {
    const share = places.length / count;
    reliability += share * (forecast - frequency) ** 2;
    resolution += share * (frequency - baseRate) ** 2;
    for (const place of places) {
      const apart = probabilities[place]! - forecast;
      withinBins += (apart ** 2 - 2 * apart * (events[place]! - frequency)) / count;
    }
  }
  return { reliability, resolution, uncertainty: baseRate * (1 - baseRate), withinBins };
}
