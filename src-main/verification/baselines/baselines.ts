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
  const possible = (said: Float32Array | null | undefined): Float32Array | undefined =>
    said ? keepPossible(series, said) : undefined;
  return {
    forecast: (starts) => ({
      persistence: persistence.forecast(starts),
      dampedPersistence: dampedPersistence.forecast(starts),
      climatology: climatology.forecast(starts),
      seasonalNaive: seasonalNaive.forecast(starts) ?? undefined,
      // The others say only what was observed before, or means of it.
      ridge: keepPossible(series, ridge.forecast(starts)),
      service: service?.forecast(starts) ?? undefined,
      serviceCorrected: possible(serviceCorrected?.forecast(starts)),
    }),
  };
}
