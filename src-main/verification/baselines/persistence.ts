import { targetVariable } from '../../series';
import type { FitCertainBaseline } from './baseline';

/** "Tomorrow will be like today": the last value of the window, at every lead time. */
export const fitPersistence: FitCertainBaseline = (series, { window, horizon }) => {
  const { values } = targetVariable(series);
  return {
    forecast(starts) {
      const forecast = new Float32Array(starts.length * horizon);
      starts.forEach((start, index) => {
        forecast.fill(values[start + window - 1]!, index * horizon, (index + 1) * horizon);
      });
      return forecast;
    },
  };
};
