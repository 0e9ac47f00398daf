import type { MemberScores } from '../../contract/results';
import { observationsOf, type Series } from '../../contract/series';
import { targetVariable, type Preparation } from '../../series';
import { meanSquaredError } from './scores';
import { readForecasts, valuesAhead } from '../windows/window-forecasts';

/**
 * Root-mean-square error of what a network says, over all windows and lead times, in the target's unit.
 * @param starts first rows of the windows
 * @param predicted scaled, of these windows: as in `readForecasts`
 */
export function rmseOfForecasts(
  series: Series,
  preparation: Preparation,
  starts: Int32Array,
  predicted: Float32Array,
): number {
  const { window, horizon } = preparation;
  const observed = valuesAhead(observationsOf(targetVariable(series)), starts, window, horizon);
  const { point } = readForecasts(series, preparation, predicted, starts.length);
  return Math.sqrt(meanSquaredError(observed, point));
}

/** @param members what each network forecasts for each test window, in order; two or more */
export function scoreMembers(
  series: Series,
  preparation: Preparation,
  members: readonly Float32Array[],
): MemberScores {
  const rmse = members.map((predicted) =>
    rmseOfForecasts(series, preparation, preparation.split.test, predicted),
  );
  const mean = rmse.reduce((sum, value) => sum + value, 0) / rmse.length;
  const squares = rmse.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { rmse, mean, sd: Math.sqrt(squares / (rmse.length - 1)) };
}
