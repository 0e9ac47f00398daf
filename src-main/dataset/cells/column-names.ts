import { FRACTION, QUANTITIES, unitsOf, type Quantity } from '../../contract/quantities';
import { knownName } from './known-names';
import { plainWords, quantityOfName } from './name-rules';
import { isUnitText, unitOfSpelling } from './units';
import type { Meaning } from './units';

/** weatherlink.com: 'Temp - °F'. */
const NAME_DASH_UNIT = /^(.*\S)\s+[-–]\s+(\S{1,12})$/;
const SHORT_UNITS =
  'c|f|k|mm|in|hpa|mb|inhg|kpa|mph|kmh|kph|ms|mps|kn|kt|kts|knots|pct|deg|cm|wm2|deg[cf]|degrees [cf]|celsius|fahrenheit|kelvin';
/** 'temp_c', 'rain.mm', 'Temp °F': a unit at the end of a name, which counts only if the quantity has it. */
const ENDS_IN_UNIT = new RegExp(`[_., ](${SHORT_UNITS}|[°º][cf]|℃|℉|%|[a-z]+/[a-z²2]+)$`, 'i');
/** 'TemperatureF', 'windMPH', 'Max Wind SpeedKm/h' */
const ENDS_IN_CAPITAL_UNIT = /[a-z](C|F|K|MM|In|HPa|hPa|Mb|InHg|KPa|MPH|KMH|KPH|Km\/h|k?Km)$/;
const endingUnit = (label: string): string =>
  [ENDS_IN_UNIT, ENDS_IN_CAPITAL_UNIT]
    .map((pattern) => unitOfSpelling(pattern.exec(label)?.[1] ?? ''))
    .find((unit) => unit !== null) ?? '';

export interface NameParts {
  /** The name without its unit. */
  readonly label: string;
  /** The unit in brackets, in the spelling of our table where it has one; '' for none. */
  readonly unit: string;
}

/** What makes a name that stands twice unlike the first: 'Humidity(%) (2)'. */
const COPY = / \(\d+\)$/;

/** Takes '평균기온(℃)' apart into '평균기온' and '°C'. */
export function partsOfName(given: string): NameParts {
  const name = given.replace(COPY, '');
  const dashed = NAME_DASH_UNIT.exec(name);
  const unitBehindDash = unitOfSpelling(dashed?.[2] ?? '');
  if (dashed?.[1] !== undefined && unitBehindDash !== null) return { label: dashed[1], unit: unitBehindDash };
  const trimmed = name.trimEnd();
  const open = Math.max(trimmed.lastIndexOf('('), trimmed.lastIndexOf('['));
  const label = trimmed.slice(0, Math.max(0, open)).trim();
  const raw = trimmed.slice(open + 1, -1);
  const listed = behindComma(trimmed);
  if (listed !== null) return listed;
  if (label === '' || !/[)\]]$/.test(trimmed) || /[)\]]/.test(raw)) return { label: name, unit: '' };
  // Loggers write their own number in brackets, and the unit in front: 'Temp, °C (LGR S/N: 1234)'.
  if (SERIAL.test(raw)) return behindComma(label) ?? { label, unit: '' };
  return { label, unit: unitOfSpelling(raw) ?? raw.trim().slice(0, 40) };
}

const SERIAL = /\bs\/?n\b|serial|\bid\b ?[:=]|\d{5}/i;

/** 'RH, %' in its two parts; null where what stands behind the last comma is no unit. */
function behindComma(name: string): NameParts | null {
  const comma = name.lastIndexOf(',');
  const unit = comma < 1 ? null : unitOfSpelling(name.slice(comma + 1));
  return unit === null ? null : { label: name.slice(0, comma).trim(), unit };
}

const UNIT_QUANTITIES: ReadonlyMap<string, Quantity> = new Map([
  ['°C', 'temperature'],
  ['°F', 'temperature'],
  ['K', 'temperature'],
  ['hPa', 'pressure'],
  ['Pa', 'pressure'],
  ['inHg', 'pressure'],
  ['km/h', 'wind speed'],
  ['mph', 'wind speed'],
  ['kn', 'wind speed'],
  ['mm/h', 'rain rate'],
  ['in/h', 'rain rate'],
  ['W/m²', 'solar radiation'],
] as const);

const TIME_WORDS = [
  '일시|날짜|일자|시간|년월일|관측일시|дата|время|time|date|datum|zeit|zeitpunkt|timestamp|datetime|valid|mess_datum|day|tm',
  'fecha|hora|heure|jour|data|ora|dato|tid|tijd|tidspunkt|czas|dia|cet|cest|utc|gmt|local|lst',
].join('|');
/** Digits as a pattern names them: YYYYMMDD, AAAAMMJJHH, YYMMDDHHMI. */
const DATE_LETTERS = '#?(?:yy|yyyy|aaaa|jjjj)mm(?:dd|jj|tt)?(?:hh)?(?:mi|mm)?(?:ss)?(?:_(?:utc|kst))?';
const TIME_NAME = new RegExp(
  `^(?:${TIME_WORDS})(?![a-z])|^${DATE_LETTERS}$|^year.?month$|^month$|^yyyyd(?:oy|dd)$|^年月$|^연월$|date|datum|timestamp|일시|年月日|日時|時刻|日期|时间|fecha`,
  'i',
);
const IDENTIFIER_WORDS = [
  '지점|지점명|지점번호|관측소|번호|순번|위도.*|경도.*|stations?.?(?:id|name|number|nr)?|stationsnummer|stn|stn.?id',
  'id|no\\.?|nr\\.?|index|record|source|eor|usunits|gregorian|souid|staid|wmo.?id|climate ?id|indicativo|num_poste',
  '(?:location|device|entity|sensor|site).?id|interval ?\\w*|arc\\. ?int\\.|lon(?:gitude)? ?\\w*|lat(?:itude)? ?\\w*',
  '#|row|row.?(?:id|n(?:um(?:ber)?|o|r))|rec(?:ord)?.?n(?:um(?:ber)?|o|r)|lfd\\.? ?nr\\.?',
  'elev(?:ation)?|height|altitude?|bureau of meteorology station number|epoch',
];
const IDENTIFIER_NAME = new RegExp(`^(?:${IDENTIFIER_WORDS.join('|')})$`, 'i');

export function isTimeName(name: string): boolean {
  return TIME_NAME.test(name.trim());
}

/** A number that names the station or the row: nothing to learn from. */
export function isIdentifierName(name: string): boolean {
  return IDENTIFIER_NAME.test(partsOfName(name).label);
}

/** A part of a date in a column of its own: nothing that is measured. */
const CALENDAR_NAME =
  /^#?(year|yyyy|yr|yy|jul|julian(?: ?da[yt]e?)?|yday|day ?of ?year|weekday|week|jahr|년|년도|연도|연|month|mm|mo|mon|monat|월|day|dd|da|dy|tag|일|hour|hh|hr|stunde|시|시간|minute|min|mn|분|second|sec|초|doy|jday|day of year|date.*|time.*|unix.*|epoch.*|timestamp.*)$/i;

export function isCalendarName(name: string): boolean {
  return CALENDAR_NAME.test(partsOfName(name).label.trim());
}

/** What else is known of a column's unit. */
export interface UnitHints {
  /** From a line of units, or behind the numbers in the cells; '' for none. It goes before a unit in the name. */
  readonly unit: string;
  /** The file writes inches of mercury or degrees Fahrenheit: the units that it does not tell are those of the USA. */
  readonly american: boolean;
  /** In which the file tells another of its winds; '' for none. */
  readonly windUnit: string;
  /** By the file's legend. */
  readonly quantity?: Quantity | undefined;
}
const NO_HINTS: UnitHints = { unit: '', american: false, windUnit: '' };

/** A column that the file gives no name to, or that has none in it. */
export const isNameless = (name: string): boolean => /^column \d+$/.test(name);

/**
 * What a header tells, with '' for a unit that it does not.
 * @param legend the quantity that the file's own legend gives, which goes before what the name looks like
 */
export function toldMeaning(name: string, unitBeside = '', legend?: Quantity): Meaning {
  const { label, unit } = partsOfName(name);
  const given = unitBeside !== '' ? unitBeside : unit;
  if (legend !== undefined) return given === '' ? { quantity: legend, unit: '' } : withUnit(legend, given);
  const known = knownName(label);
  const besides = isRemark(unit) && quantityOfName(unit) === 'other' ? 'other' : undefined;
  const quantity =
    besides ?? known?.quantity ?? quantityOfName(label) ?? UNIT_QUANTITIES.get(given) ?? 'other';
  if (given !== '' && (quantity === 'other' || !isRemark(given))) return withUnit(quantity, given);
  if (known !== undefined && known.unit !== '') return known;
  const ending = endingUnit(label);
  return { quantity, unit: quantity !== 'other' && unitsOf(quantity).includes(ending) ? ending : '' };
}

/**
 * What a column measures, and in which unit, guessed from its header and, where that says too little, from its usual
 * values (low and high are its 5th and 95th percentile; NaN without numbers).
 */
export function guessMeaning(name: string, low: number, high: number, hints = NO_HINTS): Meaning {
  const told = toldMeaning(name, hints.unit, hints.quantity);
  if (told.unit !== '' || hints.quantity === 'other') return told;
  const quantity = told.quantity === 'other' ? quantityOfValues(name, low, high) : told.quantity;
  return { quantity, unit: unitOfValues(quantity, plainWords(name), low, high, hints) };
}

/** Brackets may hold a word that is no unit, or a length of time: 'Temperature (outdoor)', 'Nedbør (1 t)'. */
const isRemark = (text: string): boolean =>
  (/^[\p{L} ]{4,}$/u.test(text) || /^\d{1,2} ?(h|t|std|hrs?|hours?)\.?$/i.test(text)) && !isUnitText(text);

/** Units that tell more than the words of a name: 'rain (in/h)' is a rate, 'precipitation (hours)' no amount. */
export function withUnit(quantity: Quantity, unit: string): Meaning {
  const units = unitsOf(quantity);
  // A rate whose header gives the unit of an amount ('rain per hour (mm)') is one an hour.
  if (quantity === 'rain rate' && units.includes(`${unit}/h`)) return { quantity, unit: `${unit}/h` };
  if (quantity === 'pressure' && (unit === 'in' || unit === 'mm')) return { quantity, unit: `${unit}Hg` };
  if (quantity === 'rain' && unitsOf('rain rate').includes(unit)) return { quantity: 'rain rate', unit };
  // A degree sign alone may be one of temperature.
  const isOfAnother = unit !== '°' && QUANTITIES.some((other) => unitsOf(other).includes(unit));
  return { quantity: isOfAnother && !units.includes(unit) ? 'other' : quantity, unit };
}

/** Air pressure in hPa is the one quantity that can be recognised by its values alone. */
function quantityOfValues(name: string, low: number, high: number): Quantity {
  const isPressure = low >= 870 && high <= 1085 && low < high;
  return isPressure && knownName(partsOfName(name).label) === undefined ? 'pressure' : 'other';
}

/** The units that stations sold in the USA write. */
const AMERICAN: Readonly<Partial<Record<Quantity, string>>> = {
  temperature: '°F',
  'dew point': '°F',
  'wind speed': 'mph',
  'wind gust': 'mph',
  rain: 'in',
  'rain rate': 'in/h',
  'snow depth': 'in',
  visibility: 'mi',
};

/** 95 of 100 readings of a mean wind lie under the first, and of gusts under the second, wherever people live, in m/s. */
const STRONG_WIND = 18;
const STRONG_GUST = 28;

/** Whether a wind without a unit is too strong for m/s: then it is in km/h, as in most of the world. */
export function isWindInKmh(quantity: Quantity, high: number): boolean {
  return (
    (quantity === 'wind speed' && high > STRONG_WIND) || (quantity === 'wind gust' && high > STRONG_GUST)
  );
}

/**
 * The unit of pressure by its size. From 700 to 800 it may be millimetres of mercury near the sea or hectopascals 2 to
 * 3 km up: far more stations stand low, and those that write neither unit are mostly of countries that use mmHg.
 */
function pressureUnit(low: number, high: number): string {
  if (low > 30_000) return 'Pa';
  if (high < 35) return 'inHg';
  if (high < 120) return 'kPa';
  return low >= 700 && high <= 800 ? 'mmHg' : 'hPa';
}

/** Observers tell cloud in eighths; 9 is a sky that cannot be seen. */
const MOST_OKTAS = 9;
/** And in some countries in tenths. */
const MOST_TENTHS = 10;

function unitOfValues(
  quantity: Quantity,
  label: string,
  low: number,
  high: number,
  { american, windUnit }: UnitHints,
): string {
  if (windUnit !== '' && (quantity === 'wind speed' || quantity === 'wind gust')) return windUnit;
  const usual = american ? AMERICAN[quantity] : undefined;
  if (usual !== undefined) return usual;
  switch (quantity) {
    case 'temperature':
    case 'dew point':
      if (low > 180) return 'K';
      return high > 55 ? '°F' : '°C';
    case 'pressure':
      return pressureUnit(low, high);
    case 'relative humidity':
      return high <= 1 && high > 0 ? FRACTION : '%';

    case 'solar radiation':
      // Sums over a day come in megajoules, at most 45; the power at one time in watts.
      return high < 45 && /일사|합|sum|total|daily|global/.test(label) ? 'MJ/m²' : 'W/m²';
    case 'cloud':
      if (high <= 1 && high > 0 && !Number.isInteger(high)) return FRACTION;
      return high <= MOST_OKTAS ? 'okta' : high <= MOST_TENTHS ? 'tenths' : '%';
    case 'other':
      return /일교차/.test(label) ? '°C' : /율$/.test(label) ? '%' : '';
    case 'wind speed':
    case 'wind gust':
    case 'wind direction':
    case 'rain':
    case 'rain rate':
    case 'UV index':
    case 'sunshine':
    case 'snow depth':
    case 'visibility':
      return unitsOf(quantity)[0] ?? '';
  }
}
