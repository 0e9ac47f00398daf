import { physicalRange, type Quantity } from '../../contract/quantities';

/** Words that stand for "no reading" in the exports of stations and services; compared in lower case. */
const MISSING_WORDS: ReadonlySet<string> = new Set([
  '-',
  '--',
  '---',
  '----',
  'na',
  'n/a',
  '#n/a',
  'nan',
  '-nan',
  'null',
  'none',
  'm',
  'mm',
  '///',
  '//',
  '...',
  '.',
  '*',
  '***',
  '****',
  '?',
  'x',
  '결측',
  '없음',
  'k.a.',
  'fehlt',
  'no data',
  'nodata',
  'missing',
  '#value!',
  'bad',
  'unavailable',
  'unknown',
]);
const LONGEST_MISSING_WORD = 12;

/** Numbers that stand for "no reading", but only where they cannot be one. */
const SENTINELS: ReadonlySet<number> = new Set(
  [99, 999, 9999, 99.9, 999.9, 9999.9, 99.99, 999.99, 99999].flatMap((number) => [number, -number]),
)
  .add(-32768)
  .add(-9);

/** No quantity that stations measure reaches this in any unit; visibility in feet and pressure in pascals come nearest. */
const LARGEST_READING = 1e9;
/** What programs fill arrays with where nothing was measured: NetCDF's, GRIB's, GrADS's, CMIP's, Ferret's, largest floats. */
const FILLS = [9.96921e36, 9.999e20, 1e20, 1e30, 1e31, 1e33, 1e34, 1e35, 1e36, 1e37, 1e38, 1.7014e38, 3.4e38];
/** Written with as few digits as four. */
const FILL_TOLERANCE = 1e-3;
const LARGEST_FLOAT = 3.402_823_466e38;

/** Whether a number cannot be a reading of a quantity, however it was measured: a fill, or more than a float holds. */
export function isFill(value: number, quantity: Quantity): boolean {
  const size = Math.abs(value);
  if (size < LARGEST_READING) return false;
  if (quantity !== 'other' || size > LARGEST_FLOAT) return true;
  return FILLS.some((fill) => Math.abs(size / fill - 1) < FILL_TOLERANCE);
}

/** Which cells stand for "no reading". */
export interface MissingCells {
  isWord(text: string): boolean;
  /** Words that may be numbers too, chosen by hand: compared before a cell is read as a number. */
  readonly chosen: ReadonlySet<string> | null;
}

export const USUAL_MISSING: MissingCells = { isWord: isMissingWord, chosen: null };

/** Exactly these words, in any case, instead of the usual ones and of sentinels. */
export function chosenMissing(words: readonly string[]): MissingCells {
  const chosen = new Set(words.map((word) => word.trim().toLowerCase()));
  return { isWord: (text) => chosen.has(text.toLowerCase()), chosen };
}

export function isMissingWord(text: string): boolean {
  return text.length <= LONGEST_MISSING_WORD && MISSING_WORDS.has(text.toLowerCase());
}

/** `T` in a rain column: some rain, too little to measure; so writes Spain `Ip`, inapreciable. */
export function isTrace(text: string, quantity: Quantity): boolean {
  return (quantity === 'rain' || quantity === 'snow depth') && /^(t|tr|trace|ip)$/i.test(text);
}

/** 'Calm' in a column of wind speeds. */
export function isCalm(text: string, quantity: Quantity): boolean {
  return (
    (quantity === 'wind speed' || quantity === 'wind gust') && /^(calm|windstill|무풍|정온|静穏)$/i.test(text)
  );
}

/** A test for numbers of a quantity that stand for "no reading": sentinels outside its physical range. */
export function sentinelTest(quantity: Quantity, unit: string): (value: number) => boolean {
  const [lowest, highest] = physicalRange(quantity, unit);
  return (value) => (value < lowest || value > highest) && SENTINELS.has(value);
}

/** Of numbers without a physical range: sentinels below zero, among numbers that are otherwise never below it. */
export function isNegativeSentinel(value: number): boolean {
  return value < 0 && SENTINELS.has(value);
}
