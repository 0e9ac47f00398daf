import { axisRowsOf, type Series } from '../contract/series';
import { Problem } from '../contract/problems';
import { scaleValue, type Scaler } from './scaler';

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
