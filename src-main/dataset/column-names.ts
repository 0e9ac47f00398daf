import { unitsOf, type Quantity } from '../contract/quantities';
import { knownName } from './known-names';
import { isUnitText, unitOfSpelling } from './units';

const NAME_WITH_UNIT = /^(.*?)\s*[([]([^()[\]]*)[)\]]\s*$/;
/** weatherlink.com: 'Temp - °F'. */
const NAME_DASH_UNIT = /^(.*\S)\s+[-–]\s+(\S{1,12})$/;
const SHORT_UNITS = 'c|f|k|mm|in|hpa|mb|inhg|kpa|mph|kmh|kph|ms|mps|kn|kt|kts|knots|pct|deg|cm|wm2';
/** 'temp_c', 'rain.mm': a unit at the end of a name, which counts only if the quantity has it. */
const ENDS_IN_UNIT = new RegExp(`[_. ](${SHORT_UNITS})$`, 'i');
/** 'TemperatureF', 'windMPH' */
const ENDS_IN_CAPITAL_UNIT = /[a-z](C|F|K|MM|In|HPa|hPa|Mb|InHg|KPa|MPH|KMH|KPH)$/;
const endingUnit = (label: string): string =>
  unitOfSpelling((ENDS_IN_UNIT.exec(label) ?? ENDS_IN_CAPITAL_UNIT.exec(label))?.[1] ?? '') ?? '';

export interface NameParts {
  /** The name without its unit. */
  readonly label: string;
  /** The unit in brackets, in the spelling of our table where it has one; '' for none. */
  readonly unit: string;
}

/** Takes '평균기온(℃)' apart into '평균기온' and '°C'. */
export function partsOfName(name: string): NameParts {
  const dashed = NAME_DASH_UNIT.exec(name);
  const unitBehindDash = unitOfSpelling(dashed?.[2] ?? '');
  if (dashed?.[1] !== undefined && unitBehindDash !== null) return { label: dashed[1], unit: unitBehindDash };
  const match = NAME_WITH_UNIT.exec(name);
  if (match?.[1] === undefined || match[2] === undefined || match[1] === '') return { label: name, unit: '' };
  const raw = match[2].trim();
  return { label: match[1].trim(), unit: unitOfSpelling(raw) ?? raw.slice(0, 40) };
}

/**
 * What headers call the quantities, in English, Korean and German. The first rule that fits wins, so the particular
 * (dew point, gust) stands before the general (temperature, wind).
 */
const NAME_RULES: readonly (readonly [pattern: RegExp, quantity: Quantity])[] = [
  // Times of day of extremes, vapour, evaporation, ranges and rates: measured, but none of our quantities.
  [
    /시각|hhmi|일교차|증기압|증발|일조율|가조|vapou?r|\bvp|evapo|verdunst|weather.?code|\bdiurnal|absolut.*feucht/,
    'other',
  ],
  // Flags of quality, degree days, the technical side of a station, times.
  [
    /\btime of|^zeit |\bflag|quality|\bqc\b|^q ?\w|attributes|^qn\b|deg(?:ree)? days|d-d$|batter|signal|recept|recv|\bsamp\b|\btx\b|\bemc\b|densi|wind run|run$|^et$|\bint\.?$|\bthsw? |lightning|blitz|번개|wassertemp.*tiefe/,
    'other',
  ],
  [/이슬점|노점|dew|taupunkt|tdew/, 'dew point'],
  [/습도|humid(?!ex)|\brh\b|feucht|\bhum\b/, 'relative humidity'],
  [/풍향|wind.?dir|direction|\bdir\b|gust.?dir|\bwd\b|richtung|bearing/, 'wind direction'],
  [/돌풍|순간.*풍속|gust|böe|boee|\bboe|max\.? ?wv|hi.*\bspeed|max.*wind/, 'wind gust'],
  [/wind ?chill|gefühlt|체감/, 'temperature'],
  [/풍속|wind|\bw[vs]\b|wspeed|\bspeed\b/, 'wind speed'],
  [/기압|press|\bbar(o|\b)|druck|\bp\b|^slp$|^msl$|altimeter/, 'pressure'],
  [/적설|snow|schnee/, 'snow depth'],
  [
    /rain.*rate|rate.*rain|precip.*rate|rain.?intens|regen\/stunde|regen.*rate|niederschlagsrate|강수강도|강우강도|시간당|강우율/,
    'rain rate',
  ],
  [/강수|강우|rain|precip|prcp|niederschlag|regen/, 'rain'],
  [/일사|복사|태양|solar|radiation|irradiance|strahlung|\bswdr\b/, 'solar radiation'],
  [/자외선|\buvi?\b|uv.?index/, 'UV index'],
  [/일조|sunshine|sonnenschein|^sun$/, 'sunshine'],
  [/운량|cloud|bewölk|bewoelk/, 'cloud'],
  [/시정|visib|sichtweite/, 'visibility'],
  [
    /기온|온도|temp|^t$|tmax|tmin|tavg|tmean|tpot|tlog|heat|wind.?chill|wärme|feels.?like|humidex|\bthw\b/,
    'temperature',
  ],
];

const UNIT_QUANTITIES: ReadonlyMap<string, Quantity> = new Map([
  ['°C', 'temperature'],
  ['°F', 'temperature'],
  ['K', 'temperature'],
  ['hPa', 'pressure'],
  ['inHg', 'pressure'],
  ['km/h', 'wind speed'],
  ['mph', 'wind speed'],
  ['kn', 'wind speed'],
  ['mm/h', 'rain rate'],
  ['in/h', 'rain rate'],
  ['W/m²', 'solar radiation'],
] as const);

const TIME_NAME =
  /^(일시|날짜|일자|시간|년월일|관측일시|time|date|datum|zeit|zeitpunkt|timestamp|datetime|valid|mess_datum|day|tm)(?![a-z])|date|datum|timestamp|일시/i;
const IDENTIFIER_NAME =
  /^(지점|지점명|지점번호|관측소|station|station.?(id|name|number|nr)|stationsnummer|stations_id|stn|stn.?id|id|no|nr|번호|순번|index|latitude|longitude|위도|경도|eor|record|usunits|interval|interval ?\w*|longitude ?\w*|latitude ?\w*|elevation|elev|lon|lat|climate ?id|wmo.?id|arc\. ?int\.|gregorian|souid|staid|source|height|altitude|위도.*|경도.*)$/i;
/** Temperatures that one would not call "the temperature": extremes, indoors, the ground, felt. */
const NOT_PLAIN_TEMPERATURE =
  /최고|최저|max|min|high|low(?!er)|지면|초상|지중|토양|soil|ground|boden|실내|indoor|inside|innen|\bin\b|체감|feel|apparent|gefühl|chill|heat|tpot|wet|range|교차/i;

export function isTimeName(name: string): boolean {
  return TIME_NAME.test(name.trim());
}

/** A number that names the station or the row: nothing to learn from. */
export function isIdentifierName(name: string): boolean {
  return IDENTIFIER_NAME.test(partsOfName(name).label);
}

export function isPlainTemperature(name: string): boolean {
  return !NOT_PLAIN_TEMPERATURE.test(partsOfName(name).label);
}

/** A part of a date in a column of its own: nothing that is measured. */
const CALENDAR_NAME =
  /^#?(year|yyyy|yr|yy|jahr|년|년도|연도|연|month|mm|mo|mon|monat|월|day|dd|da|dy|tag|일|hour|hh|hr|stunde|시|시간|minute|min|mn|분|second|sec|초|doy|jday|day of year|date.*|time.*|unix.*|epoch.*|timestamp.*)$/i;

export function isCalendarName(name: string): boolean {
  return CALENDAR_NAME.test(partsOfName(name).label.trim());
}

export interface Meaning {
  readonly quantity: Quantity;
  /** As it stands in the file; '' where unknown. */
  readonly unit: string;
}

/** What else is known of a column's unit. */
export interface UnitHints {
  /** From a line of units, or behind the numbers in the cells; '' for none. It goes before a unit in the name. */
  readonly unit: string;
  /** The file writes pressure in inches of mercury: the units that it does not tell are those of the USA. */
  readonly american: boolean;
}
const NO_HINTS: UnitHints = { unit: '', american: false };

/**
 * What a column measures, and in which unit, guessed from its header and, where that says too little, from its usual
 * values (low and high are its 5th and 95th percentile; NaN without numbers).
 */
export function guessMeaning(name: string, low: number, high: number, hints = NO_HINTS): Meaning {
  const parts = partsOfName(name);
  const { label } = parts;
  const given = hints.unit !== '' ? hints.unit : parts.unit;
  const known = knownName(label);
  const lower = label
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/_/g, ' ');
  const quantity =
    known?.quantity ??
    NAME_RULES.find(([pattern]) => pattern.test(lower))?.[1] ??
    UNIT_QUANTITIES.get(given) ??
    quantityOfValues(given, low, high);
  if (given !== '' && (quantity === 'other' || !isRemark(given)))
    return { quantity, unit: unitFor(quantity, given) };
  if (known !== undefined && known.unit !== '') return known;
  const ending = endingUnit(label);
  if (quantity !== 'other' && unitsOf(quantity).includes(ending)) return { quantity, unit: ending };
  return { quantity, unit: unitOfValues(quantity, lower, low, high, hints.american) };
}

/** Brackets may hold a word that is no unit: 'Temperature (outdoor)'. */
const isRemark = (text: string): boolean => /^[\p{L} ]{4,}$/u.test(text) && !isUnitText(text);

/** A rate whose header gives the unit of an amount ('rain per hour (mm)') is one an hour. */
function unitFor(quantity: Quantity, unit: string): string {
  return quantity === 'rain rate' && unitsOf(quantity).includes(`${unit}/h`) ? `${unit}/h` : unit;
}

/** Air pressure in hPa is the one quantity that its values alone give away. */
function quantityOfValues(unit: string, low: number, high: number): Quantity {
  return unit === '' && low >= 870 && high <= 1085 ? 'pressure' : 'other';
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
};

function unitOfValues(
  quantity: Quantity,
  label: string,
  low: number,
  high: number,
  american: boolean,
): string {
  const usual = american ? AMERICAN[quantity] : undefined;
  if (usual !== undefined) return usual;
  switch (quantity) {
    case 'temperature':
    case 'dew point':
      if (low > 180) return 'K';
      return high > 55 ? '°F' : '°C';
    case 'pressure':
      if (high < 35) return 'inHg';
      return high < 120 ? 'kPa' : 'hPa';
    case 'solar radiation':
      // Sums over a day come in megajoules, at most 45; the power at one time in watts.
      return high < 45 && /일사|합|sum|total|daily|global/.test(label) ? 'MJ/m²' : 'W/m²';
    case 'other':
      return /일교차/.test(label) ? '°C' : /율$/.test(label) ? '%' : '';
    case 'relative humidity':
    case 'wind speed':
    case 'wind gust':
    case 'wind direction':
    case 'rain':
    case 'rain rate':
    case 'UV index':
    case 'sunshine':
    case 'snow depth':
    case 'cloud':
    case 'visibility':
      return unitsOf(quantity)[0] ?? '';
  }
}
