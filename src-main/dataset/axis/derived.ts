import { TENDENCY_SECONDS } from '../../contract/derived';
import { physicalRange } from '../../contract/quantities';
import { FILLED, FILLED_BY_LATER } from '../../contract/series';

/**
 * Coefficients of the Magnus form after Alduchov and Eskridge (1996), "Improved Magnus Form Approximation of
 * Saturation Vapor Pressure", J. Appl. Meteor. 35, 601-609: within 0.4 % from -40 to 50 °C.
 */
const MAGNUS_FACTOR = 17.625;
/** °C */
const MAGNUS_TEMPERATURE = 243.04;
/** Sensors read a little over 100 % in fog, and nothing in the free air is drier than this. */
const MOST_HUMIDITY = 105;
const LEAST_HUMIDITY = 1;
/** hPa in three hours; the fastest seen, in the eyes of tropical cyclones, are well below. */
const LARGEST_TENDENCY = 100;
/** °C; the largest change within 24 hours on record is 57 °C (Loma, Montana, 1972). */
const LARGEST_DAILY_RANGE = 60;

/** Dew point in °C from temperature in °C and relative humidity in %; NaN where they cannot be readings. */
export function dewPoint(temperature: number, humidity: number): number {
  const [coldest, warmest] = physicalRange('temperature', '°C');
  if (!(temperature >= coldest && temperature <= warmest)) return NaN;
  if (!(humidity >= 0 && humidity <= MOST_HUMIDITY)) return NaN;
  const share = Math.min(100, Math.max(LEAST_HUMIDITY, humidity)) / 100;
  const gamma = Math.log(share) + (MAGNUS_FACTOR * temperature) / (MAGNUS_TEMPERATURE + temperature);
  return Math.min(temperature, (MAGNUS_TEMPERATURE * gamma) / (MAGNUS_FACTOR - gamma));
}

/** Steps back to the reading that a pressure tendency starts from. */
export const tendencySteps = (stepSeconds: number): number => TENDENCY_SECONDS / stepSeconds;

/** Change of pressure (hPa) over `steps` steps up to each row; NaN in the first of them. [rows] */
export function pressureTendency(pressure: Float64Array, steps: number): Float64Array {
  return pressure.map((value, row) => {
    const change = row < steps ? NaN : value - (pressure[row - steps] ?? NaN);
    return Math.abs(change) <= LARGEST_TENDENCY ? change : NaN;
  });
}

/** A range of temperature (°C) if it can be one; else NaN. */
export function dailyRange(highest: number, lowest: number): number {
  const range = highest - lowest;
  return range >= 0 && range <= LARGEST_DAILY_RANGE ? range : NaN;
}

/**
 * Range of the last `steps` values up to each row, that of the row included; NaN where one of them is missing. [rows]
 */
export function trailingRange(values: Float64Array, steps: number): Float64Array {
  const highest = trailingMaximum(values, steps);
  const lowest = trailingMaximum(
    values.map((value) => -value),
    steps,
  ).map((value) => -value);
  return highest.map((value, row) => dailyRange(value, lowest[row] ?? NaN));
}

/** The rows that may still become the maximum wait in a queue, their values descending. */
function trailingMaximum(values: Float64Array, steps: number): Float64Array {
  const queue = new Uint32Array(values.length);
  let head = 0;
  let tail = 0;
  let complete = 0;
  return values.map((value, row) => {
    if (Number.isNaN(value)) {
      head = tail;
      complete = 0;
      return NaN;
    }
    complete += 1;
    while (tail > head && (values[queue[tail - 1] ?? 0] ?? NaN) <= value) tail -= 1;
    queue[tail] = row;
    tail += 1;
    if ((queue[head] ?? 0) <= row - steps) head += 1;
    return complete >= steps ? (values[queue[head] ?? 0] ?? NaN) : NaN;
  });
}

/** What marks a value made of the last `steps` ones: filled where any of them was, and by later ones where the last was. [rows] */
export function trailingMarks(filled: Uint8Array, steps: number): Uint8Array {
  let last = -Infinity;
  return filled.map((mark, row) => {
    if (mark !== 0) last = row;
    if (mark === FILLED_BY_LATER) return mark;
    return row - last < steps ? FILLED : 0;
  });
}

/**
 * The wind as an arrow to the east (u) and the north (v), in the unit of the speed: meteorology names the direction that
 * the wind comes from, so a westerly (270°) has a positive u. A calm has no direction and is (0, 0); without a speed the
 * pair is the sine and the cosine of the direction. NaN where there is no such wind.
 */
export function windComponents(direction: number, speed: number | null): readonly [number, number] {
  if (speed === 0) return [0, 0];
  if (!(direction >= 0 && direction <= 360)) return [NaN, NaN];
  const radians = (direction * Math.PI) / 180;
  if (speed === null) return [Math.sin(radians), Math.cos(radians)];
  const [least, most] = physicalRange('wind speed', 'm/s');
  if (!(speed >= least && speed <= most)) return [NaN, NaN];
  return [-speed * Math.sin(radians), -speed * Math.cos(radians)];
}
