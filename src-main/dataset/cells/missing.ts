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
  'k.a.',
  'fehlt',
  'no data',
  'nodata',
  'missing',
  '#value!',
  'bad',
  'unavailable',
  'unknown',
  // Databases and programs.
  '\\n',
  '(null)',
  '<null>',
  '<na>',
  '[null]',
  'undefined',
  'inf',
  '-inf',
  'infinity',
  '#num!',
  '#div/0!',
  '#ref!',
  '#name?',
  // Stations whose sensor does not answer.
  'err',
  'error',
  'fail',
  'failed',
  'fault',
  'invalid',
  'offline',
  'no_data',
  'nd',
  'n.d.',
  'nil',
  // Further languages.
  's/d',
  'sin dato',
  'sin datos',
  'manquant',
  'mq',
  'sem dados',
  'mancante',
  'ontbreekt',
  'brak danych',
  'mangler',
  'saknas',
  'puuttuu',
  'нет данных',
  'отсутствует',
  '缺測',
  '缺测',
  '欠測',
]);
const LONGEST_MISSING_WORD = 12;
/** Signs alone, however many: '////', '--.-', '×'. */
const SIGNS_ALONE = /^[-–—/.*?#:_~×=]+$/;
/** Behind the word that a display wrote for its number: 'err°C', '--.- hPa'. */
const UNITS_BEHIND = [
  '°c',
  '°f',
  '℃',
  '℉',
  '%',
  'hpa',
  'mb',
  'mbar',
  'inhg',
  'mm',
  'in',
  'm/s',
  'km/h',
  'mph',
  'w/m²',
  'w/m2',
  '°',
];

/**
 * What people write where nothing fell, or nothing is there: 0 of an amount, missing anywhere else. English 'none' is
 * not among them, since programs write it for no reading.
 */
const NOTHING =
  /^(?:no precipitation|осадков нет|keine?r?|nichts|aucune?|n[eé]ant|ninguna?|nada|nessuna?|nenhuma?|geen|ingen|inget|ei|не было|нет|无|無|なし|없음|무강수)$/i;
export const isNothing = (text: string): boolean => text.length <= LONGEST_PHRASE && NOTHING.test(text);
const LONGEST_PHRASE = 24;

/** Amounts of which nothing is 0. */
export const isOfNothing = (quantity: Quantity): boolean =>
  quantity === 'rain' || quantity === 'rain rate' || quantity === 'snow depth' || quantity === 'sunshine';

/** Numbers that stand for "no reading", but only where they cannot be one. */
const SENTINELS: ReadonlySet<number> = new Set(
  [99, 999, 9999, 99.9, 999.9, 9999.9, 99.99, 999.99, 99999].flatMap((number) => [number, -number]),
)
  .add(-32768)
  .add(32767)
  .add(65535)
  .add(-9)
  // Solar stations (NREL), typical years, ceilings that are not limited, the United Kingdom's archives.
  .add(-7999)
  .add(-6999)
  .add(-9900)
  .add(77777)
  .add(88888)
  .add(-888)
  .add(-8888)
  // No air is at 0 hPa or 0 K: so databases write what they lack. Where 0 can be read it stays.
  .add(0);

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
  if (text.length > LONGEST_MISSING_WORD) return false;
  const word = text.toLowerCase();
  if (MISSING_WORDS.has(word) || SIGNS_ALONE.test(word)) return true;
  const unit = UNITS_BEHIND.find((each) => word.endsWith(each));
  if (unit === undefined) return false;
  const bare = word.slice(0, -unit.length).trimEnd();
  return MISSING_WORDS.has(bare) || (bare !== '' && SIGNS_ALONE.test(bare));
}

/** `T` in a rain column: some rain, too little to measure; so writes Spain `Ip`, inapreciable. */
export function isTrace(text: string, quantity: Quantity): boolean {
  const isAmount = quantity === 'rain' || quantity === 'rain rate' || quantity === 'snow depth';
  return (
    isAmount &&
    /^(?:t|tr|traces?(?: of precipitation)?|следы осадков|ip|spure?n?|trazas?|tracc[ei]a?|traços?|spor|sp[aå]r|sporen|ślad|следы|微量|흔적)$/i.test(
      text,
    )
  );
}

const CALM_WORDS =
  /^(?:calm|calm, no wind|штиль, безветрие|clm|windstill|windstille|stille|calme|calma|calmo|windstilte|stilte|vindstille|vindstilla|lugnt?|cisza|bezv[eě]t[rř][ií]|tyyni|tyynt[aä]|штиль|무풍|정온|静穏|静风|靜風|无风)$/i;

/** A calm, in any of the languages that are read. */
export const isCalmWord = (text: string): boolean => text.length <= LONGEST_PHRASE && CALM_WORDS.test(text);

/** 'Calm' in a column of wind speeds. */
export function isCalm(text: string, quantity: Quantity): boolean {
  return (quantity === 'wind speed' || quantity === 'wind gust') && isCalmWord(text);
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
