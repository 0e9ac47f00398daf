import type { ZambrettiLetter, ZambrettiPressure } from '../../contract/probability';
import { convertUnit } from '../../contract/quantities';
import { observationsOf, type Series, type Variable } from '../../contract/series';
import type { Preparation } from '../../series';
import { learningRows, learningStarts } from '../windows/learning-rows';
import { zambrettiLetter } from './zambretti';

const TENDENCY_SECONDS = 3 * 3600;
/** Of the standard atmosphere, in hPa. */
const SEA_LEVEL = 1013.25;
/** Long-term means at sea level lie within so many hPa of it wherever people live; that of a station 100 m up does not. */
const SEA_LEVEL_SPREAD = 11;
/** Each letter begins with so many windows of the usual weather: a letter that came twice says little. */
const USUAL_WINDOWS = 10;

/** The Zambretti forecaster with the chances of rain that its letters had. */
export interface ZambrettiChances {
  readonly pressure: ZambrettiPressure;
  readonly hasWind: boolean;
  readonly letters: readonly ZambrettiLetter[];
  /** The chance at each lead time after the window that begins there. */
  chancesAfter(start: number): readonly number[];
}

/**
 * Learns from the learning part how often it rained after each letter, lead time by lead time.
 * @param happenedIn 1 where it rained in a row, 0 where it did not, NaN where nobody looked. [rows]
 * @returns null where there is no pressure; 'step-too-long' where rows lie more than 3 hours apart
 */
export function learnZambretti(
  series: Series,
  preparation: Preparation,
  happenedIn: Float32Array,
): ZambrettiChances | 'step-too-long' | null {
  const { window, horizon, split } = preparation;
  const pressure = series.variables.find(({ quantity }) => quantity === 'pressure');
  if (pressure === undefined) return null;
  if (series.step.seconds > TENDENCY_SECONDS) return 'step-too-long';
  const wind = windDirections(series);
  const atSeaLevel = pressureAtSeaLevel(series, preparation, pressure);
  const letterAt = letterReader(series, atSeaLevel.values, wind);

  const counts = new Map<string, { windows: number; events: Float64Array; looked: Float64Array }>();
  const all = { events: new Float64Array(horizon), looked: new Float64Array(horizon) };
  for (const start of learningStarts(split)) {
    const letter = letterAt(start + window - 1);
    const count = counts.get(letter) ?? {
      windows: 0,
      events: new Float64Array(horizon),
      looked: new Float64Array(horizon),
    };
    counts.set(letter, { ...count, windows: count.windows + 1 });
    for (let lead = 0; lead < horizon; lead += 1) {
      const happened = happenedIn[start + window + lead] ?? NaN;
      if (Number.isNaN(happened)) continue;
      for (const each of [count, all]) {
        each.events[lead]! += happened;
        each.looked[lead]! += 1;
      }
    }
  }
  const usual = Array.from(all.events, (events, lead) => (events + 0.5) / (all.looked[lead]! + 1));
  const chances = new Map(
    [...counts].map(([letter, { events, looked }]) => [
      letter,
      usual.map((share, lead) => (events[lead]! + USUAL_WINDOWS * share) / (looked[lead]! + USUAL_WINDOWS)),
    ]),
  );
  return {
    pressure: atSeaLevel.pressure,
    hasWind: wind !== null,
    letters: [...counts]
      .filter(([letter]) => letter !== NO_LETTER)
      .map(([letter, { windows }]) => ({ letter, windows, chance: meanOf(chances.get(letter) ?? usual) }))
      .sort((a, b) => a.letter.localeCompare(b.letter, 'en')),
    chancesAfter: (start) => chances.get(letterAt(start + window - 1)) ?? usual,
  };
}

/** What was read, in hPa: as it is where its mean over the learning rows is one at sea level, else shifted to that. */
function pressureAtSeaLevel(
  series: Series,
  preparation: Preparation,
  variable: Variable,
): { readonly pressure: ZambrettiPressure; readonly values: Float32Array } {
  const read = observationsOf(variable).map((value) => convertUnit(value, 'pressure', variable.unit, 'hPa'));
  const isLearned = learningRows(series, preparation);
  const mean = meanOf(read.filter((value, row) => isLearned[row] === 1 && !Number.isNaN(value)));
  return Math.abs(mean - SEA_LEVEL) <= SEA_LEVEL_SPREAD
    ? { pressure: 'as-read', values: read }
    : { pressure: 'own-mean', values: read.map((value) => value - mean + SEA_LEVEL) };
}

/**
 * Where the wind comes from, in degrees; NaN where it is calm or was not read. A direction among the inputs has become its
 * components, or its sine and cosine. [rows]
 * @returns null where nothing is known of it
 */
function windDirections({ variables }: Series): Float32Array | null {
  const read = variables.find(({ quantity }) => quantity === 'wind direction');
  if (read !== undefined) return observationsOf(read);
  const made = (name: RegExp): Float32Array | null => {
    const found = variables.find((variable) => variable.made === true && name.test(variable.name));
    return found === undefined ? null : observationsOf(found);
  };
  const degrees = (sine: number, cosine: number): number =>
    sine === 0 && cosine === 0 ? NaN : (360 + (Math.atan2(sine, cosine) * 180) / Math.PI) % 360;
  const [u, v, sine, cosine] = [made(/^wind u$/), made(/^wind v$/), made(/^sin\(/), made(/^cos\(/)];
  // The components point to where it blows.
  if (u !== null && v !== null) return u.map((east, row) => degrees(-east, -v[row]!));
  return sine === null || cosine === null ? null : sine.map((value, row) => degrees(value, cosine[row]!));
}

/** Where the pressure, or that of 3 hours before, was not read. */
const NO_LETTER = '';

/** Gives the letter that the forecaster shows at a row, from what was read by then. */
function letterReader(
  { time, step }: Series,
  pressure: Float32Array,
  direction: Float32Array | null,
): (row: number) => string {
  const steps = Math.max(1, Math.round(TENDENCY_SECONDS / step.seconds));
  const perTendency = TENDENCY_SECONDS / (steps * step.seconds);
  return (row) => {
    const now = pressure[row]!;
    const change = (now - (pressure[row - steps] ?? NaN)) * perTendency;
    if (Number.isNaN(change)) return NO_LETTER;
    const month = new Date(time[row]!).getUTCMonth() + 1;
    return zambrettiLetter({ pressure: now, change, month, windDirection: direction?.[row] ?? NaN });
  };
}

const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
