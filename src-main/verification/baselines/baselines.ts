import type { ByMethod } from '../../contract/results';
import type { Series } from '../../contract/series';
import type { Preparation } from '../../series';
import { fitClimatology } from './climatology';
import { fitDampedPersistence } from './damped-persistence';
import { fitPersistence } from './persistence';
import { fitRidge } from './ridge';
import { fitSeasonalNaive } from './seasonal-naive';
import { fitService, fitServiceCorrected } from './service';
import { keepPossible } from '../windows/window-forecasts';

/** What each baseline says that can say something: [n, horizon], in the target's unit, row-major. */
export type BaselineForecasts = Omit<ByMethod<Float32Array>, 'model'>;

/** All baselines, each learned from the learning part of the preparation alone. */
export function fitBaselines(
  series: Series,
  preparation: Preparation,
): { forecast(starts: Int32Array): BaselineForecasts } {
  const persistence = fitPersistence(series, preparation);
  const dampedPersistence = fitDampedPersistence(series, preparation);
  const climatology = fitClimatology(series, preparation);
  const seasonalNaive = fitSeasonalNaive(series, preparation);
  const ridge = fitRidge(series, preparation);
  const service = fitService(series, preparation);
  const serviceCorrected = fitServiceCorrected(series, preparation);
  // As of the model itself: a reading may lie beyond what is possible (a little below no light at night), a forecast does not.
  const possible = (said: Float32Array): Float32Array => keepPossible(series, said);
  const perhaps = (said: Float32Array | null | undefined): Float32Array | undefined =>
    said ? possible(said) : undefined;
  return {
    forecast: (starts) => ({
      persistence: possible(persistence.forecast(starts)),
      dampedPersistence: possible(dampedPersistence.forecast(starts)),
      climatology: possible(climatology.forecast(starts)),
      seasonalNaive: perhaps(seasonalNaive.forecast(starts)),
      ridge: possible(ridge.forecast(starts)),
      service: perhaps(service?.forecast(starts)),
      serviceCorrected: perhaps(serviceCorrected?.forecast(starts)),
    }),
  };
}
