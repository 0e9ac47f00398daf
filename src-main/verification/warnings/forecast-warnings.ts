import { warnAbove, type KeptWarning, type WarningForecast } from '../../contract/events';
import type { Series } from '../../contract/series';
import type { Scaler } from '../../series';
import { lastReading, variableOf } from './held';
import { eventReader } from './probability';

/** What is known when a forecast is issued. */
export interface NewestWindow {
  /** Scaled, [window, scalers], row-major. */
  readonly inputs: Float32Array;
  readonly scalers: readonly Scaler[];
  /** The row of the series behind the window. */
  readonly end: number;
  /** The forecast of the target. [horizon] */
  readonly point: Float32Array;
}

/** The probability of each event that is warned of, and whether it is enough for a warning. Those not yet learned are left out. */
export function forecastWarnings(
  series: Series,
  warnings: readonly KeptWarning[],
  { inputs, scalers, end, point }: NewestWindow,
): readonly WarningForecast[] {
  return warnings.flatMap(({ event, costs, learned }) => {
    if (learned === null) return [];
    const probability = eventReader(
      series,
      event,
      learned.fit,
      scalers,
    )({
      inputs,
      end: inputs.length / scalers.length,
      last: lastReading(series, event, end),
      point: (lead) => point[lead]!,
    });
    const threshold = warnAbove(costs);
    return [
      {
        event,
        costs,
        unit: variableOf(series, event).unit,
        stepSeconds: series.step.seconds,
        probability,
        warnAbove: threshold,
        isOut: probability > threshold,
        record: learned.record,
      },
    ];
  });
}
