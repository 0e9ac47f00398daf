import { Problem } from '../contract/problems';
import {
  axisRowsOf,
  observationsOf,
  SERVICE_ERROR_LENGTHS,
  serviceErrorName,
  type Series,
  type Variable,
} from '../contract/series';
import { scaleValue, type Scaler } from './scaler';

const SECONDS_PER_DAY = 86_400;

/**
 * What the weather service says of the time of each row, scaled as the target: [rows], NaN where it says nothing. Null where
 * there is no service, where several targets are learned, and where the service says of one time one thing at one lead time
 * and another at another: what the network then learns is the target itself.
 */
export function serviceByRow(series: Series, targetScaler: Scaler): Float32Array | null {
  const { variables, service = [], alsoTargets } = series;
  if (service.length === 0 || alsoTargets.length > 0) return null;
  const axisRows = axisRowsOf(series);
  const said = new Float32Array(series.time.length).fill(NaN);
  for (const [index, variable] of service.entries()) {
    const lead = index + 1;
    const { values } = variables[variable]!;
    for (let row = 0; row < values.length; row++) {
      const value = Math.fround(scaleValue(targetScaler, values[row]!));
      if (Number.isNaN(value) || (row % axisRows) + lead >= axisRows) continue;
      const before = said[row + lead]!;
      if (!Number.isNaN(before) && before !== value) return null;
      said[row + lead] = value;
    }
  }
  return said;
}

/** @throws Problem 'service-short' where the weather service says nothing of a lead time */
export function requireService(series: Series, horizon: number): void {
  const { service = [] } = series;
  const leads = service.findIndex((variable, index) => series.variables[variable]?.lead !== index + 1);
  const known = leads < 0 ? service.length : leads;
  if (service.length === 0 || known >= horizon) return;
  throw new Problem('service-short', {
    column: series.variables[series.target]?.name ?? '',
    leads: known,
    horizon,
  });
}
/**
 * The error, forecast minus observation, of what each of some leads said of the time of a row; their mean where several
 * did: [rows], NaN where none did or nothing was read.
 * @param service forecasts of the target, each with its lead time
 */
export function errorsOfService(series: Series, service: readonly Variable[]): Float64Array {
  const axisRows = axisRowsOf(series);
  const observed = observationsOf(series.variables[series.target]!);
  return Float64Array.from(observed, (value, row) => {
    let [sum, count] = [0, 0];
    for (const { values, lead = 1 } of service) {
      const error = row % axisRows < lead ? NaN : values[row - lead]! - value;
      if (Number.isNaN(error)) continue;
      sum += error;
      count += 1;
    }
    return count === 0 ? NaN : sum / count;
  });
}

/**
 * The mean of the last `length` errors of a station that are known at a row; 0 where there is none.
 * @param errors [rows], NaN where there is none
 */
export function runningMeans(
  errors: Float64Array,
  axisRows: number,
): (row: number, length: number) => number {
  /** Sums of the errors so far of each station, one entry an error. */
  const sums: Float64Array[] = [];
  /** How many errors of its station are known at each row. */
  const known = new Int32Array(errors.length);
  for (let from = 0; from < errors.length; from += axisRows) {
    const own = [0];
    for (let row = from; row < from + axisRows; row++) {
      const error = errors[row]!;
      if (!Number.isNaN(error)) own.push(own[own.length - 1]! + error);
      known[row] = own.length - 1;
    }
    sums.push(Float64Array.from(own));
  }
  return (row, length) => {
    const own = sums[Math.floor(row / axisRows)]!;
    const count = Math.min(known[row]!, length);
    return count === 0 ? 0 : (own[known[row]!]! - own[known[row]! - count]!) / count;
  };
}

/**
 * The series with the mean errors of the weather service's last forecasts among its inputs, as they are known in each row;
 * without a service, or with a wind direction as the target, the series as it is. Those that it has already are made anew.
 */
export function withServiceErrors(series: Series): Series {
  const { variables, service = [], target, inputs, step } = series;
  const { unit, quantity } = variables[target]!;
  if (service.length === 0 || quantity === 'wind direction') return series;
  const meanAt = runningMeans(
    errorsOfService(
      series,
      service.map((each) => variables[each]!),
    ),
    axisRowsOf(series),
  );
  const stepsOf = (days: number): number =>
    days === 1 ? 1 : days * Math.max(1, Math.round(SECONDS_PER_DAY / step.seconds));
  const made = SERVICE_ERROR_LENGTHS.map((length): Variable => {
    const values = Float32Array.from({ length: series.time.length }, (_, row) =>
      meanAt(row, stepsOf(length)),
    );
    return {
      name: serviceErrorName(length),
      made: true,
      quantity: 'other',
      unit,
      values,
      filled: new Uint8Array(values.length),
    };
  });
  const isOwn = ({ name, made: isMade }: Variable): boolean =>
    isMade === true && made.some((each) => each.name === name);
  if (variables.some(isOwn)) {
    const anew = (variable: Variable): Variable =>
      isOwn(variable) ? made.find(({ name }) => name === variable.name)! : variable;
    return { ...series, variables: variables.map(anew) };
  }
  return {
    ...series,
    variables: [...variables, ...made],
    inputs: [...inputs, ...made.map((_, index) => variables.length + index)],
  };
}
