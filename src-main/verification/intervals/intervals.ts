import {
  INTERVAL_LEVELS,
  mapLevels,
  type ByLevel,
  type CalibrationPart,
  type Ends,
  type IntervalLevel,
  type IntervalCalibration,
  type IntervalVerification,
} from '../../contract/intervals';
import { physicalRange } from '../../contract/quantities';
import { observationsOf, type Series } from '../../contract/series';
import { targetVariable, type Preparation } from '../../series';
import { learningStarts } from '../windows/learning-rows';
import { thin } from '../windows/thin';
import { LEAST_ERRORS, learnOffsets, nestIntervals, trackOffsets, type Offsets } from './conformal';
import { scoreInterval, scoreIntervals } from './interval-scores';
import { learnSeason, spreadAt, type Season } from './season-spread';
import type { WindowForecasts } from '../windows/window-forecasts';

/** The trained model: forecasts of the windows at these starts. */
export type ForecastWindows = (starts: Int32Array) => WindowForecasts;

/** Share of the training windows, their newest, that is learned from where no validation part was kept. */
const TRAINING_SHARE = 0.2;
/** Windows that are enough to learn the season of errors from. */
const MOST_SEASON_WINDOWS = 4000;

/** The errors of the model that intervals are learned from. Never the test part. */
export function calibrationWindows({ split }: Pick<Preparation, 'split'>): {
  readonly part: CalibrationPart;
  readonly starts: Int32Array;
} {
  const { train, validation } = split;
  if (validation.length > 0) return { part: 'validation', starts: validation };
  const kept = train.length - Math.floor(TRAINING_SHARE * train.length);
  return { part: 'training', starts: train.subarray(kept) };
}

/**
 * Learns intervals from the errors of windows before the test part, lead time by lead time. Around a point forecast
 * they widen and narrow with the season; a model with quantiles of its own has its quantiles corrected (conformalised
 * quantile regression, Romano, Patterson and Candes (2019), Advances in Neural Information Processing Systems 32).
 * @returns null where there are too few windows
 */
export function learnIntervals(
  series: Series,
  preparation: Preparation,
  forecast: ForecastWindows,
): IntervalCalibration | null {
  const { window, horizon, split } = preparation;
  const { part, starts } = calibrationWindows(preparation);
  const observed = observationsOf(targetVariable(series));
  const counts = Array.from(
    { length: horizon },
    (_, lead) => starts.filter((start) => !Number.isNaN(observed[start + window + lead]!)).length,
  );
  if (Math.min(...counts) < LEAST_ERRORS) return null;

  const forecasts = forecast(starts);
  const season =
    forecasts.quantiles === null
      ? learnSeasonOf(series, preparation, thin(learningStarts(split), MOST_SEASON_WINDOWS), forecast)
      : null;
  const byLead = Array.from({ length: horizon }, (_, lead) => {
    const together =
      series.stations === undefined
        ? 1
        : designEffect(
            starts,
            (start, index) => observed[start + window + lead]! - forecasts.point[index * horizon + lead]!,
            preparation.axisRows,
          );
    const errorsFrom = (centres: Float32Array): Float64Array =>
      Float64Array.from(starts, (start, index) => {
        const row = start + window + lead;
        const error = observed[row]! - centres[index * horizon + lead]!;
        return error / spreadAt(season, series.time[row]!);
      }).filter((error) => !Number.isNaN(error));
    return learnOffsets(
      mapLevels((level) => {
        const { low, high } = centresOf(forecasts, level);
        return { low: errorsFrom(low), high: errorsFrom(high) };
      }),
      together,
    );
  });
  return {
    part,
    windows: Math.max(...counts),
    season: season === null ? null : [...season],
    offsets: byLead.map(({ ends }) => ends),
    steps: byLead.map(({ step }) => step),
  };
}

/**
 * How many errors of stations at one time tell as much as one that is independent: by how much their means vary more than
 * means of independent ones would (the design effect: Kish 1965, Survey Sampling). At least 1.
 */
function designEffect(
  starts: Int32Array,
  errorAt: (start: number, index: number) => number,
  axisRows: number,
): number {
  const times = new Map<number, { sum: number; count: number }>();
  let [count, sum, squares] = [0, 0, 0];
  starts.forEach((start, index) => {
    const error = errorAt(start, index);
    if (Number.isNaN(error)) return;
    const time = times.get(start % axisRows) ?? { sum: 0, count: 0 };
    times.set(start % axisRows, { sum: time.sum + error, count: time.count + 1 });
    [count, sum, squares] = [count + 1, sum + error, squares + error * error];
  });
  const mean = sum / count;
  const between = [...times.values()].reduce(
    (total, time) => total + time.count * (time.sum / time.count - mean) ** 2,
    0,
  );
  return Math.max(1, ((count / times.size) * between) / (squares - count * mean * mean));
}

/**
 * The intervals of each test window and how they did. As time goes on each end is moved by the observations that were
 * known when a forecast was given, and by none later: what an owner of the station would have had.
 */
export function verifyIntervals(
  series: Series,
  preparation: Preparation,
  calibration: IntervalCalibration,
  forecasts: WindowForecasts,
): IntervalVerification {
  const { window, horizon, split, axisRows } = preparation;
  const starts = split.test;
  const target = targetVariable(series);
  const values = observationsOf(target);
  const range = physicalRange(target.quantity, target.unit);
  const make = (): ByLevel<Ends<Float32Array>> =>
    mapLevels(() => ({
      low: new Float32Array(starts.length * horizon),
      high: new Float32Array(starts.length * horizon),
    }));
  const bounds = make();
  const frozen = make();
  const observed = new Float32Array(starts.length * horizon);
  const after: Offsets[] = [];

  for (let lead = 0; lead < horizon; lead++) {
    let now: Offsets = { ends: calibration.offsets[lead]!, step: calibration.steps[lead]! };
    const given: Offsets[] = [];
    let seen = 0;
    const seeUntil = (start: number): void => {
      for (; seen < starts.length && (starts[seen]! % axisRows) + lead + 1 <= start; seen++) {
        const row = starts[seen]! + window + lead;
        if (Number.isNaN(values[row]!)) continue;
        const spread = spreadAt(calibration.season, series.time[row]!);
        const index = seen * horizon + lead;
        const centres = centresAt(forecasts, index);
        const errors = mapLevels((level) => ({
          low: (values[row]! - centres[level].low) / spread,
          high: (values[row]! - centres[level].high) / spread,
        }));
        const isAtLimit = mapLevels((level) => ({
          low: bounds[level].low[index]! <= range[0],
          high: bounds[level].high[index]! >= range[1],
        }));
        now = trackOffsets(now, given[seen]!.ends, errors, isAtLimit);
      }
    };
    starts.forEach((start, place) => {
      seeUntil(start % axisRows);
      given.push(now);
      const row = start + window + lead;
      const index = place * horizon + lead;
      const centres = centresAt(forecasts, index);
      const spread = spreadAt(calibration.season, series.time[row]!);
      observed[index] = values[row]!;
      put(bounds, index, intervalsAround(centres, now.ends, spread, range));
      put(frozen, index, intervalsAround(centres, calibration.offsets[lead]!, spread, range));
    });
    seeUntil(Infinity);
    after.push(now);
  }

  return {
    before: calibration,
    after: { ...calibration, offsets: after.map(({ ends }) => ends) },
    bounds,
    ...scoreIntervals(observed, bounds, horizon),
    frozenCoverage: mapLevels((level) => scoreInterval(observed, frozen[level], level).coverage),
  };
}

/**
 * The intervals of one lead time of one forecast, within what the quantity can be and in order.
 * @param centres the point forecast, or the model's own quantile at each end
 */
export function intervalsAround(
  centres: ByLevel<Ends<number>>,
  offsets: ByLevel<Ends<number>>,
  spread: number,
  [least, most]: readonly [minimum: number, maximum: number],
): ByLevel<Ends<number>> {
  const within = (value: number): number => Math.min(most, Math.max(least, value));
  return nestIntervals(
    mapLevels((level) => ({
      low: within(centres[level].low + spread * offsets[level].low),
      high: within(centres[level].high + spread * offsets[level].high),
    })),
  );
}

/**
 * Intervals of one forecast, one for each lead time.
 * @param forecasts of one window
 * @param times that are forecast
 */
export function forecastIntervals(
  series: Series,
  { offsets, season }: IntervalCalibration,
  forecasts: WindowForecasts,
  times: readonly number[],
): readonly ByLevel<Ends<number>>[] {
  const { quantity, unit } = targetVariable(series);
  const range = physicalRange(quantity, unit);
  return times.map((time, lead) =>
    intervalsAround(centresAt(forecasts, lead), offsets[lead]!, spreadAt(season, time), range),
  );
}

function centresOf({ point, quantiles }: WindowForecasts, level: IntervalLevel): Ends<Float32Array> {
  return quantiles === null ? { low: point, high: point } : quantiles[level];
}

function centresAt(forecasts: WindowForecasts, index: number): ByLevel<Ends<number>> {
  return mapLevels((level) => {
    const { low, high } = centresOf(forecasts, level);
    return { low: low[index]!, high: high[index]! };
  });
}

function put(bounds: ByLevel<Ends<Float32Array>>, index: number, intervals: ByLevel<Ends<number>>): void {
  for (const level of INTERVAL_LEVELS) {
    bounds[level].low[index] = intervals[level].low;
    bounds[level].high[index] = intervals[level].high;
  }
}

/** The season of the mean absolute error over the observed lead times of each window. */
function learnSeasonOf(
  series: Series,
  { window, horizon }: Preparation,
  starts: Int32Array,
  forecast: ForecastWindows,
): Season | null {
  const values = observationsOf(targetVariable(series));
  const { point } = forecast(starts);
  const sizes = Float64Array.from(starts, (start, index) => {
    let [sum, count] = [0, 0];
    for (let lead = 0; lead < horizon; lead++) {
      const size = Math.abs(values[start + window + lead]! - point[index * horizon + lead]!);
      if (Number.isNaN(size)) continue;
      sum += size;
      count += 1;
    }
    return sum / count;
  });
  const isKnown = (_: number, index: number): boolean => !Number.isNaN(sizes[index]!);
  return learnSeason(
    Float64Array.from(starts, (start) => series.time[start + window]!).filter(isKnown),
    sizes.filter(isKnown),
  );
}
