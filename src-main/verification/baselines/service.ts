import { axisRowsOf, observationsOf, type Series, type Variable } from '../../contract/series';
import { errorsOfService, runningMeans, targetVariable, type Preparation } from '../../series';
import type { FittedBaseline } from './baseline';

/** Forecasts that the running error may be the mean of: the last so many that were verified. */
const LENGTHS = [3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, Infinity] as const;
/** Share of the training windows, their newest, that the length is chosen on where no validation part was kept. */
const CHOICE_SHARE = 0.2;

/** The weather service's forecast of the target by lead time; null where none is named, or not for every lead time. */
function serviceVariables({ variables, service = [] }: Series, horizon: number): readonly Variable[] | null {
  const named = service.slice(0, horizon).map((index) => variables[index]!);
  return named.length === horizon ? named : null;
}

/** The weather service's forecast as it stands: what was known of the window's lead times at its last reading. */
export function fitService(series: Series, { window, horizon }: Preparation): FittedBaseline | null {
  const service = serviceVariables(series, horizon);
  if (service === null) return null;
  return {
    forecast: (starts) =>
      Float32Array.from({ length: starts.length * horizon }, (_, index) => {
        const issued = starts[Math.floor(index / horizon)]! + window - 1;
        return service[index % horizon]!.values[issued]!;
      }),
  };
}

/**
 * The same less its running error: the mean error, at the same station and lead time, of the last forecasts that were
 * verified by the last reading of the window. How many, is chosen for each lead time on the validation windows (or the
 * newest fifth of the training windows), by squared error.
 */
export function fitServiceCorrected(series: Series, preparation: Preparation): FittedBaseline | null {
  const { window, horizon, split } = preparation;
  const service = serviceVariables(series, horizon);
  if (service === null) return null;
  const observed = observationsOf(targetVariable(series));
  const running = service.map((variable) =>
    runningMeans(errorsOfService(series, [variable]), axisRowsOf(series)),
  );
  const { train, validation } = split;
  const choose = validation.length > 0 ? validation : train.subarray(-Math.ceil(CHOICE_SHARE * train.length));
  const corrected = (start: number, lead: number, length: number): number => {
    const issued = start + window - 1;
    return service[lead]!.values[issued]! - running[lead]!(issued, length);
  };
  const lengths = service.map((_, lead) => {
    const errors = LENGTHS.map((length) =>
      choose.reduce((sum, start) => {
        const error = corrected(start, lead, length) - observed[start + window + lead]!;
        return Number.isNaN(error) ? sum : sum + error ** 2;
      }, 0),
    );
    return LENGTHS[errors.indexOf(Math.min(...errors))]!;
  });
  return {
    forecast: (starts) =>
      Float32Array.from({ length: starts.length * horizon }, (_, index) => {
        const lead = index % horizon;
        return corrected(starts[Math.floor(index / horizon)]!, lead, lengths[lead]!);
      }),
  };
}
