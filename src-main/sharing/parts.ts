import type { Split } from '../series';
import type { MemberStation } from './member-station';

/** What a moment serves for at any of the stations: as later ones exclude earlier, the greatest counts. */
const LEARNING = 0;
const VALIDATION = 1;
const TEST = 2;

/**
 * Of each station the windows that a shared network may learn from, and those that choose its epoch. A moment that serves
 * for validation or for the test at any station serves for nothing before that at another: neighbours have the same weather.
 * Where the parts begin follows from the windows before them alone, so no value of a test part has a say.
 * @returns for each station windows by the rows of its own series; there is no test part
 */
export function sharedParts(stations: readonly Pick<MemberStation, 'series' | 'preparation'>[]): Split[] {
  const roles = new Map<number, number>();
  for (const { series, preparation } of stations) {
    const { window, horizon, split } = preparation;
    const end = (starts: Int32Array, from: number): number =>
      starts.length === 0 ? from : starts[starts.length - 1]! + window + horizon;
    const validationFrom = end(split.train, 0);
    const testFrom = end(split.validation, validationFrom);
    const hold = (from: number, to: number, role: number): void => {
      for (let row = from; row < to; row++) {
        const time = series.time[row]!;
        roles.set(time, Math.max(role, roles.get(time) ?? LEARNING));
      }
    };
    hold(validationFrom, testFrom, VALIDATION);
    hold(testFrom, series.time.length, TEST);
  }
  return stations.map(({ series, preparation }) => {
    const { window, horizon, split } = preparation;
    const within = (most: number) => {
      // How many rows up to each serve for more than that.
      const held = new Int32Array(series.time.length + 1);
      series.time.forEach((time, row) => {
        held[row + 1] = held[row]! + ((roles.get(time) ?? LEARNING) > most ? 1 : 0);
      });
      return (start: number): boolean => held[start + window + horizon] === held[start];
    };
    return {
      train: split.train.filter(within(LEARNING)),
      validation: split.validation.filter(within(VALIDATION)),
      test: new Int32Array(),
    };
  });
}

/**
 * The newest windows of a station's learning part, as if it had begun so many days before its test part: the newest fifth
 * for validation.
 * @returns null where its readings do not reach back so far
 */
export function newestParts(
  { series, preparation }: Pick<MemberStation, 'series' | 'preparation'>,
  days: number,
  validationShare: number,
): Split | null {
  const { window, horizon, split } = preparation;
  const { test } = split;
  const learned = concatenate32(split.train, split.validation);
  const [first, last] = [learned[0], learned[learned.length - 1]];
  if (first === undefined || last === undefined || test.length === 0) return null;
  const from = series.time[last + window + horizon - 1]! - days * MILLISECONDS_PER_DAY;
  if (series.time[first]! > from) return null;
  const known = learned.filter((start) => series.time[start]! > from);
  const kept = known.length - Math.ceil(validationShare * known.length);
  const validation = known.slice(kept);
  const border = validation[0] ?? Infinity;
  const train = known.slice(0, kept).filter((start) => start + horizon <= border);
  return train.length === 0 ? null : { train, validation, test };
}

const MILLISECONDS_PER_DAY = 86_400_000;

const concatenate32 = (one: Int32Array, other: Int32Array): Int32Array => Int32Array.from([...one, ...other]);
