import { baselinesOf, type Baseline, type ByMethod, type MethodScores } from '../../contract/results';
import type { Series } from '../../contract/series';
import type { Beside } from '../../contract/watch';
import { timeAfter, type Preparation } from '../../series';
import { keepPossible } from '../windows/window-forecasts';
import { fitClimatology } from './climatology';
import { fitDampedPersistence } from './damped-persistence';
import { fitPersistence } from './persistence';
import { learnRidgeForecast, type RidgeForecast } from './ridge';
import { fitSeasonalNaive } from './seasonal-naive';
import { fitService, fitServiceCorrected } from './service';

/** The baseline of the lowest RMSE. */
export function bestBaselineOf(scores: ByMethod<MethodScores>): Baseline {
  const rmseOf = (baseline: Baseline): number => scores[baseline]?.rmse ?? Infinity;
  return baselinesOf(scores).reduce(
    (best, each) => (rmseOf(each) < rmseOf(best) ? each : best),
    'persistence',
  );
}

/** What takes its time to learn, once for each model. */
export interface LearnedBeside {
  readonly best: Baseline;
  readonly ridge: RidgeForecast | null;
}

/** @param preparation of the training: all that is learned from it is */
export function learnBeside(best: Baseline, preparation: Preparation): LearnedBeside {
  return { best, ridge: best === 'ridge' ? learnRidgeForecast(preparation) : null };
}

/**
 * What climatology and the best baseline say of the time after a window; of seasonal naive, where a season of readings is
 * lacking, persistence.
 * @param preparation of the training, whose rows are the first of `series`
 * @param start first row of the window. @param scaled the window: [window, inputs], row-major
 */
export function forecastBeside(
  { best, ridge }: LearnedBeside,
  series: Series,
  preparation: Preparation,
  start: number,
  scaled: Float32Array,
): Beside {
  const ahead = withRowsAhead(series, start + preparation.window, preparation.horizon);
  const starts = Int32Array.of(start);
  const climatology = keepPossible(series, fitClimatology(ahead, preparation).forecast(starts));
  const said = (): Float32Array => {
    switch (best) {
      case 'climatology':
        return climatology;
      case 'dampedPersistence':
        return fitDampedPersistence(ahead, preparation).forecast(starts);
      case 'seasonalNaive':
        return (
          fitSeasonalNaive(ahead, preparation).forecast(starts) ??
          fitPersistence(ahead, preparation).forecast(starts)
        );
      case 'ridge':
        return ridge?.(scaled) ?? climatology;
      case 'service':
        return fitService(ahead, preparation)?.forecast(starts) ?? climatology;
      case 'serviceCorrected':
        return fitServiceCorrected(ahead, preparation)?.forecast(starts) ?? climatology;
      case 'persistence':
        return fitPersistence(ahead, preparation).forecast(starts);
    }
  };
  return { climatology: [...climatology], best: { name: best, values: [...keepPossible(series, said())] } };
}

/** The series up to a row, with the times of the rows behind it and nothing read in them. */
function withRowsAhead(series: Series, end: number, rows: number): Series {
  const last = series.time[end - 1]!;
  const time = new Float64Array(end + rows);
  time.set(series.time.subarray(0, end));
  for (let ahead = 1; ahead <= rows; ahead += 1) time[end + ahead - 1] = timeAfter(last, series.step, ahead);
  const variables = series.variables.map((variable) => {
    const values = new Float32Array(end + rows).fill(NaN);
    values.set(variable.values.subarray(0, end));
    const filled = new Uint8Array(end + rows);
    filled.set(variable.filled.subarray(0, end));
    return { ...variable, values, filled };
  });
  return { ...series, time, variables };
}
