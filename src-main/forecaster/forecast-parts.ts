import type { Forecast } from '../contract/results';
import type { Series } from '../contract/series';
import { targetVariable } from '../series';

/** How much of the past stands before a forecast: this many windows, and no fewer rows than `LEAST_HISTORY`. */
const HISTORY_WINDOWS = 4;
const LEAST_HISTORY = 30;

/**
 * What every forecast tells of where it begins, however it was made.
 * @param window rows that were read
 * @param end the row after the last reading
 */
export function beginningOf(
  series: Series,
  window: number,
  end: number,
): Pick<Forecast, 'targetName' | 'quantity' | 'unit' | 'issuedAt' | 'stepLabel' | 'history' | 'service'> {
  const { name, quantity, unit } = targetVariable(series);
  return {
    targetName: name,
    quantity,
    unit,
    issuedAt: series.time[end - 1]!,
    stepLabel: series.step.label,
    history: historyOf(series, window, end),
    ...serviceAt(series, end),
  };
}

function historyOf(series: Series, window: number, end: number): Forecast['history'] {
  const from = Math.max(0, end - Math.max(HISTORY_WINDOWS * window, LEAST_HISTORY));
  const { values, filled } = targetVariable(series);
  return {
    time: series.time.slice(from, end),
    observed: values.slice(from, end),
    filled: filled.slice(from, end),
  };
}

/** What the weather service said when the last reading was there; nothing where none is named. */
function serviceAt({ service, variables }: Series, end: number): Pick<Forecast, 'service'> {
  if (service === undefined) return {};
  const said = service.map((index) => variables[index]!.values[end - 1]!);
  return { service: said.map((value) => (Number.isNaN(value) ? null : value)) };
}
