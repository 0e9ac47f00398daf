import { targetVariable } from '../../series';
import type { FitCertainBaseline } from './baseline';
import { learnUsual } from './climatology';
import { learningRows } from '../windows/learning-rows';

/**
 * Damped persistence: the last departure from the usual value fades by the same share each step, back to climatology.
 * Murphy (1992), Weather and Forecasting 7, 692-698, has the case of one step.
 */
export const fitDampedPersistence: FitCertainBaseline = (series, preparation) => {
  const { window, horizon } = preparation;
  const { values } = targetVariable(series);
  const usualAt = learnUsual(series, preparation);
  const anomalyAt = (row: number): number => values[row]! - usualAt(series.time[row]!);

  const memory = memoryOf(learningRows(series, preparation), anomalyAt);

  return {
    forecast(starts) {
      const forecast = new Float32Array(starts.length * horizon);
      starts.forEach((start, index) => {
        let anomaly = anomalyAt(start + window - 1);
        for (let lead = 0; lead < horizon; lead++) {
          anomaly *= memory;
          forecast[index * horizon + lead] = usualAt(series.time[start + window + lead]!) + anomaly;
        }
      });
      return forecast;
    },
  };
};

/**
 * What is left of a departure from the usual value a step later: the coefficient of a first-order autoregression, by least
 * squares over neighbouring learning rows. Kept within -1 and 1: beyond them the departure would grow.
 * @param learning 1 for each row that may be learned from
 */
export function memoryOf(learning: Uint8Array, departureAt: (row: number) => number): number {
  let [products, squares] = [0, 0];
  for (let row = 1; row < learning.length; row++) {
    if (learning[row] === 0 || learning[row - 1] === 0) continue;
    const before = departureAt(row - 1);
    products += before * departureAt(row);
    squares += before * before;
  }
  return squares === 0 ? 0 : Math.min(1, Math.max(-1, products / squares));
}
