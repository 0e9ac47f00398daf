/**
 * The order of the parts of a date. 'ydoy' is the year and the day of the year, 'compact' is YYYYMMDD with or without HH, HHmm or HHmmss behind, 'dMy' and 'Mdy'
 * have the month by its name, 'unix' and 'unix-ms' count seconds and milliseconds since 1970, 'excel' days since 1900.
 */
export const DATE_ORDERS = [
  'ymd',
  'compact',
  'dmy',
  'mdy',
  'y2md',
  'dMy',
  'Mdy',
  'My',
  'yM',
  'ym',
  'my',
  'ydoy',
  'compact-month',
  'unix',
  'unix-ms',
  'excel',
] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** Orders whose cells are bare numbers: they count only in a column that is named as a time. */
const BARE_NUMBERS: ReadonlySet<DateOrder> = new Set([
  'compact',
  'compact-month',
  'ydoy',
  'unix',
  'unix-ms',
  'excel',
]);

const NOON = String.raw`(?<half>[ap])\.?(?:m\.?)?`;
const CLOCK_AT_END =
  String.raw`(?:(?:T|,? +|_)(?:(?<before>오전|오후|AM|PM) ?)?(?<hour>\d{1,2})(?::(?<minute>\d{2})` +
  String.raw`(?::(?<second>\d{2})(?:[.,]\d{1,9})?)?)?(?: ?${NOON})?)?`;
/** Behind it, of a station's own clock: 'Uhr', 'CET', 'MESZ', 'KST'. */
const OWN_CLOCK = String.raw`(?: (?:uhr|mes?z|[a-z]{2,4}t))?`;
const ZONE = String.raw` ?(?<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?${OWN_CLOCK}`;
const END = `${CLOCK_AT_END}${ZONE}$`;
/**
 * The first letters of the months: English, German, French, Spanish, Italian, Portuguese, Dutch, the Nordic languages,
 * Polish, Russian.
 */
const MONTHS = [
  'jan|ene|gen|sty|янв',
  'feb|fév|fev|lut|фев',
  'mar|mär|mrz|mrt|мар',
  'apr|avr|abr|kwi|апр',
  'may|mai|mei|maj|mag|мая|май',
  'jun|juin|giu|cze|июн',
  'jul|juil|lug|lip|июл',
  'aug|aoû|aou|ago|sie|авг',
  'sep|set|wrz|сен',
  'oct|okt|ott|out|paź|paz|окт',
  'nov|lis|ноя',
  'dec|dez|déc|dic|des|gru|дек',
];
const named = `(?<name>${MONTHS.join('|')})[a-zà-ÿа-яń]*\\.?`;
const D1 = String.raw`(?<d>\d{1,2})`;
const M1 = String.raw`(?<m>\d{1,2})`;
const SEPARATOR = String.raw`(?<sep>[-/.])`;

const patterns: Readonly<Record<DateOrder, RegExp>> = {
  ymd: new RegExp(String.raw`^(?<y>\d{4})${SEPARATOR} ?${M1}\k<sep> ?${D1}\.?${END}`, 'i'),
  dmy: new RegExp(String.raw`^${D1}${SEPARATOR} ?${M1}\k<sep> ?(?<y>\d{4}|\d{2})${END}`, 'i'),
  mdy: new RegExp(String.raw`^${M1}${SEPARATOR} ?${D1}\k<sep> ?(?<y>\d{4}|\d{2})${END}`, 'i'),
  y2md: new RegExp(String.raw`^(?<y>\d{2})${SEPARATOR}${M1}\k<sep>${D1}${END}`, 'i'),
  dMy: new RegExp(String.raw`^(?:[a-z]{2,9}\.?,? )?${D1}\.?[- /]${named}[- /,]+(?<y>\d{4}|\d{2})${END}`, 'i'),
  Mdy: new RegExp(String.raw`^(?:[a-z]{2,9}\.?,? )?${named}[- /]${D1},?[- /](?<y>\d{4})${END}`, 'i'),
  My: new RegExp(String.raw`^${named}[- /,.]{1,2}(?:de )?(?<y>\d{4}|\d{2})$`, 'i'),
  yM: new RegExp(String.raw`^(?<y>\d{4})[- /.]{1,2}${named}$`, 'i'),
  ydoy: new RegExp(String.raw`^(?<y>\d{4})(?<sep>[-/ ]?)(?<doy>\d{3})${END}`, 'i'),
  ym: /^(?<y>\d{4})(?<sep>[-/])(?<m>\d{1,2})$/,
  my: /^(?<m>\d{1,2})(?<sep>[-/])(?<y>\d{4})$/,
  compact:
    /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})(?:[T:_ ]?(?<hour>\d{2}):?(?<minute>\d{2})?:?(?<second>\d{2})?)?(?<zone>Z)?$/,
  'compact-month': /^(?<y>\d{4})(?<m>\d{2})$/,
  unix: /^(?<unix>\d{9,10})(?:\.\d*)?$/,
  'unix-ms': /^(?<unix>\d{12,13})$/,
  excel: /^(?<days>[2-6]\d{4}(?:[.,]\d+)?)$/,
};

/** Years that a weather record can be of; a bare number such as 20210101 is a date only within them. */
const EARLIEST_YEAR = 1650;
const LATEST_YEAR = 2200;
/** Two-digit years from this one on are of the last century, until a whole column tells (`inTheirCenturies`). */
const PIVOT_YEAR = 70;

/** 1970-01-01 as spreadsheets count days. */
const UNIX_DAY_OF_EXCEL = 25_569;
const SECONDS_OF_DAY = 86_400;

/** No date is longer, however it names its day, month and zone. */
const LONGEST_DATE = 64;

export const isBareNumber = (order: DateOrder): boolean => BARE_NUMBERS.has(order);

/**
 * Reads a date as the station's own clock, in milliseconds since 1970 as if that clock were UTC; a zone behind it is
 * read over (`offsetOf` tells it). NaN where the text is no date in this order or no day of the calendar.
 */
export function parseDate(text: string, order: DateOrder): number {
  if (text.length > LONGEST_DATE) return NaN;
  const plain = plainDate(text, order);
  if (!Number.isNaN(plain)) return plain;
  const parts = patterns[order].exec(text.includes('년') ? withoutKorean(text) : text)?.groups;
  if (parts === undefined) return NaN;
  if (parts['unix'] !== undefined) return Number(text) * (order === 'unix' ? 1000 : 1);
  if (parts['days'] !== undefined) {
    // A spreadsheet's day is a fraction that is exact to a second at best.
    return Math.round((Number(text.replace(',', '.')) - UNIX_DAY_OF_EXCEL) * SECONDS_OF_DAY) * 1000;
  }
  const doy = parts['doy'];
  const month = parts['m'] ?? (doy === undefined ? String(monthOf(parts['name'] ?? '')) : '1');
  const hour = hourOf(Number(parts['hour'] ?? 0), parts['before'] ?? parts['half']);
  const year = yearOf(parts['y'] ?? '');
  const instant = instantOf(
    year,
    Number(month),
    Number(parts['d'] ?? 1),
    hour,
    Number(parts['minute'] ?? 0),
    Number(parts['second'] ?? 0),
  );
  if (doy === undefined) return instant;
  const isDay = Number(doy) >= 1 && Number(doy) <= 337 + daysInMonth(year, 2);
  return isDay ? instant + (Number(doy) - 1) * SECONDS_OF_DAY * 1000 : NaN;
}

/**
 * The common shapes, digits at fixed places ('2021-03-04 05:06:07', '04.03.2021 05:06'), without a pattern: a long file
 * spends much of its reading here. NaN where the shape is another.
 */
function plainDate(text: string, order: DateOrder): number {
  const { length } = text;
  if (length !== 10 && length !== 16 && length !== 19) return NaN;
  let year: number, month: number, day: number;
  if (order === 'ymd') {
    if (text[4] !== text[7] || !isSeparator(text.charCodeAt(4))) return NaN;
    year = digitsAt(text, 0) * 100 + digitsAt(text, 2);
    month = digitsAt(text, 5);
    day = digitsAt(text, 8);
  } else if (order === 'dmy' || order === 'mdy') {
    if (text[2] !== text[5] || !isSeparator(text.charCodeAt(2))) return NaN;
    year = digitsAt(text, 6) * 100 + digitsAt(text, 8);
    month = digitsAt(text, order === 'dmy' ? 3 : 0);
    day = digitsAt(text, order === 'dmy' ? 0 : 3);
  } else {
    return NaN;
  }
  if (length === 10) return instantOf(year, month, day, 0, 0, 0);
  if ((text[10] !== ' ' && text[10] !== 'T') || text[13] !== ':') return NaN;
  if (length === 19 && text[16] !== ':') return NaN;
  const second = length === 19 ? digitsAt(text, 17) : 0;
  return instantOf(year, month, day, digitsAt(text, 11), digitsAt(text, 14), second);
}

/** Two digits as a number; NaN where they are none. */
function digitsAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

const isSeparator = (code: number): boolean => code === 45 || code === 46 || code === 47;

/** '2021년 1월 2일 13시 05분' as '2021-1-2 13:05'. */
function withoutKorean(text: string): string {
  const date = text.replace(/(\d{4})년 *(\d{1,2})월 *(\d{1,2})일/, '$1-$2-$3');
  return date.replace(/(\d{1,2})시(?: *(\d{2})분)?/, (_, hour: string, minute = '00') => `${hour}:${minute}`);
}

/** The number of a month by its name, whole or shortened, in any of the languages that dates are read in; 0 for none. */
export function monthOfName(text: string): number {
  const [, name = ''] = MONTH_NAME.exec(text.trim()) ?? [];
  return monthOf(name);
}

const MONTH_NAME = new RegExp(`^${named}$`, 'i');

const monthOf = (name: string): number =>
  MONTHS.findIndex((names) => names.split('|').includes(name.toLowerCase())) + 1;

function yearOf(digits: string): number {
  if (digits.length !== 2) return Number(digits);
  return Number(digits) + (Number(digits) < PIVOT_YEAR ? 2000 : 1900);
}

/** The hour of a 24-hour clock; `half` begins with a or 오전 before noon, with p or 오후 after it. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined || half === '') return hour;
  if (hour < 1 || hour > 12) return NaN;
  return (hour % 12) + (/^(p|오후)/i.test(half) ? 12 : 0);
}

function instantOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  // Comparisons that hold, so that NaN fails each.
  if (!(year >= EARLIEST_YEAR && year <= LATEST_YEAR && month >= 1 && month <= 12 && day >= 1)) return NaN;
  if (!(day <= daysInMonth(year, month) && minute <= 59 && second <= 59)) return NaN;
  // 24:00 is midnight at the end of the day.
  if (!(hour <= 24) || (hour === 24 && (minute > 0 || second > 0))) return NaN;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The midnight of a day of the calendar, as `parseDate`; NaN where there is none. */
export function dayOf(year: number, month: number, day: number): number {
  return instantOf(year, month, day, 0, 0, 0);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether a text is a date in any order that cannot be mistaken for a plain number. */
export function looksLikeDate(text: string): boolean {
  if (text.length < 6 || text.length > 40 || !/\d/.test(text)) return false;
  return DATE_ORDERS.some((order) => !isBareNumber(order) && !Number.isNaN(parseDate(text, order)));
}

const CLOCK = new RegExp(
  String.raw`^(?:(?<before>오전|오후|AM|PM) ?)?(?<hour>\d{1,2})[:h시] ?(?<minute>\d{2})분?(?::(?<second>\d{2})(?:\.\d+)?)?(?: ?${NOON})?${ZONE}$`,
  'i',
);

/** A time of day alone, in milliseconds since midnight: '13:05', '1:05p', '오후 1:05'. NaN where it is none. */
export function parseClock(text: string): number {
  const parts = text.length > LONGEST_DATE ? undefined : CLOCK.exec(text)?.groups;
  if (parts === undefined) return NaN;
  const hour = hourOf(Number(parts['hour']), parts['before'] ?? parts['half']);
  const minute = Number(parts['minute']);
  const second = Number(parts['second'] ?? 0);
  if (!(hour <= 24 && minute <= 59 && second <= 59)) return NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

/** The zone behind a date: 'UTC', or an offset such as '+09:00'; null where none is given. */
export function zoneOf(text: string): string | null {
  const match = /\d ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$/i.exec(text);
  // Without a time of day '-05' belongs to the date, as in 2021-03-05.
  if (match?.[1] === undefined || !text.includes(':')) return null;
  const found = match[1].toUpperCase();
  if (found === 'Z' || found === 'UTC' || found === 'GMT') return 'UTC';
  const digits = found.slice(1).replace(':', '').padEnd(4, '0');
  return `${found[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

/** Milliseconds by which a zone as `zoneOf` tells it is ahead of UTC. */
export function offsetOf(zoneText: string): number {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(zoneText);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

/** The pattern of some dates of one order, for people: 'YYYY/M/D H:mm'. One letter where a part is not padded. */
export function patternOf(texts: readonly string[], order: DateOrder): string {
  if (order === 'unix') return 'Unix seconds';
  if (order === 'unix-ms') return 'Unix milliseconds';
  if (order === 'excel') return 'Days since 1900';
  const matches = texts
    .map((text) => patterns[order].exec(text.includes('년') ? withoutKorean(text) : text)?.groups)
    .filter((groups) => groups !== undefined);
  const [first] = matches;
  if (first === undefined) return '';
  const clocked = matches.find((groups) => groups['hour'] !== undefined);
  if (order === 'compact') {
    const parts = clocked ?? first;
    return `YYYYMMDD${parts['hour'] ? 'HH' : ''}${parts['minute'] ? 'mm' : ''}${parts['second'] ? 'ss' : ''}`;
  }
  if (order === 'compact-month') return 'YYYYMM';
  if (order === 'ydoy') return `YYYY${first['sep'] ?? ''}DDD${clocked === undefined ? '' : ' HH:mm'}`;
  const padded = (part: string): boolean => matches.every((groups) => (groups[part] ?? '00').length === 2);
  const letters: Readonly<Record<string, string>> = {
    y: (first['y'] ?? '').length === 2 ? 'YY' : 'YYYY',
    m: padded('m') ? 'MM' : 'M',
    d: padded('d') ? 'DD' : 'D',
    M: 'MMM',
  };
  const [between = ' '] = first['sep']
    ? [first['sep']]
    : (/(?<=\d)-(?=\D)|(?<=\D)-(?=\d)/.exec(texts[0] ?? '') ?? []);
  const date = [...order.replace('y2', 'y')].map((part) => letters[part] ?? part).join(between);
  if (clocked === undefined) return date;
  const half = clocked['half'] !== undefined || clocked['before'] !== undefined;
  const hour = (half ? 'h' : 'H').repeat(padded('hour') ? 2 : 1);
  const minute = clocked['minute'] === undefined ? '' : ':mm';
  const second = clocked['second'] === undefined ? '' : ':ss';
  const joint = /\dT\d/i.test(texts[0] ?? '') ? 'T' : ' ';
  return `${date}${joint}${hour}${minute}${second}${half ? ' a' : ''}`;
}

/** The orders in which texts of this shape could be read at all, whether or not each gives days of the calendar. */
export function ordersOfShape(texts: readonly string[]): DateOrder[] {
  return DATE_ORDERS.filter((order) =>
    texts.some((text) => patterns[order].test(text.includes('년') ? withoutKorean(text) : text)),
  );
}
