import { targetVariable } from '../../series';
import type { FitCertainBaseline } from './baseline';
import { learnUsual } from './climatology';
import { learningRows } from '../windows/learning-rows';

/**
 * Damped persistence: the last departure from the usual value fades by the same share each step, back to climatology.
 * A first-order autoregression of the anomalies, its coefficient by least squares over neighbouring learning rows;
 * Murphy (1992), Weather and Forecasting 7, 692-698, has the case of one step. The coefficient is kept within -1 and 1:
 * beyond them the departure would grow.
 */
export const fitDampedPersistence: FitCertainBaseline = (series, preparation) => {
  const { window, horizon } = preparation;
  const { values } = targetVariable(series);
  const usualAt = learnUsual(series, preparation);
  const anomalyAt = (row: number): number => values[row]! - usualAt(series.time[row]!);

  const learning = learningRows(series, preparation);
  let [products, squares] = [0, 0];
  for (let row = 1; row < values.length; row++) {
    if (learning[row] === 0 || learning[row - 1] === 0) continue;
    const before = anomalyAt(row - 1);
    products += before * anomalyAt(row);
    squares += before * before;
  }
  const memory = squares === 0 ? 0 : Math.min(1, Math.max(-1, products / squares));

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
