import type { Quantity } from '../../contract/quantities';

/** What a column measures. */
export interface Meaning {
  readonly quantity: Quantity;
  /** As it stands in the file; '' where unknown. */
  readonly unit: string;
}

/** Spellings of units in headers and cells, in lower case and without blanks, and the unit of our table that each means. */
const UNIT_SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['°c', '°C'],
  ['℃', '°C'],
  ['c', '°C'],
  ['degc', '°C'],
  ['celsius', '°C'],
  ['°f', '°F'],
  ['℉', '°F'],
  ['f', '°F'],
  ['degf', '°F'],
  ['fahrenheit', '°F'],
  ['k', 'K'],
  ['kelvin', 'K'],
  ['%', '%'],
  ['percent', '%'],
  ['hpa', 'hPa'],
  ['mb', 'mbar'],
  ['mbar', 'mbar'],
  ['kpa', 'kPa'],
  ['inhg', 'inHg'],
  ['mmhg', 'mmHg'],
  ['m/s', 'm/s'],
  ['ms-1', 'm/s'],
  ['mps', 'm/s'],
  ['㎧', 'm/s'],
  ['km/h', 'km/h'],
  ['kmh', 'km/h'],
  ['kph', 'km/h'],
  ['mph', 'mph'],
  ['mp/h', 'mph'],
  ['kn', 'kn'],
  ['kt', 'kn'],
  ['kts', 'kn'],
  ['knots', 'kn'],
  ['°', '°'],
  ['deg', '°'],
  ['degrees', '°'],
  ['mm', 'mm'],
  ['㎜', 'mm'],
  ['cm', 'cm'],
  ['㎝', 'cm'],
  ['m', 'm'],
  ['km', 'km'],
  ['in', 'in'],
  ['inch', 'in'],
  ['inches', 'in'],
  ['mi', 'mi'],
  ['mm/h', 'mm/h'],
  ['mm/hr', 'mm/h'],
  ['in/h', 'in/h'],
  ['in/hr', 'in/h'],
  ['w/m2', 'W/m²'],
  ['w/m²', 'W/m²'],
  ['w/㎡', 'W/m²'],
  ['h', 'h'],
  ['hr', 'h'],
  ['hours', 'h'],
  ['min', 'min'],
  ['okta', 'okta'],
  ['mj/m2', 'MJ/m²'],
  ['mj/m²', 'MJ/m²'],
  ['mj/㎡', 'MJ/m²'],
  ['grad', '°'],
  ['º', '°'],
  ['meters/second', 'm/s'],
  ['metres/second', 'm/s'],
  ['°c.', '°C'],
  ['ºc', '°C'],
  ['ºf', '°F'],
  ['deg.c', '°C'],
  ['degreec', '°C'],
  ['degreesc', '°C'],
  ['degreef', '°F'],
  ['degreesf', '°F'],
  ['tenthsofdegreesc', '0.1 °C'],
  ['mbars', 'mbar'],
  ['millibars', 'mbar'],
  ['in.hg', 'inHg'],
  ['inhg.', 'inHg'],
  ['"hg', 'inHg'],
  ['mm/hg', 'mmHg'],
  ['mi/h', 'mph'],
  ['miles/h', 'mph'],
  ['kmph', 'km/h'],
  ['km/hr', 'km/h'],
  ['m/sec', 'm/s'],
  ['m·s-1', 'm/s'],
  ['knot', 'kn'],
  ['degt', '°'],
  ['degree', '°'],
  ['in.', 'in'],
  ['"', 'in'],
  ['"/hr', 'in/h'],
  ['inches/hr', 'in/h'],
  ['mmh', 'mm/h'],
  ['mm/std', 'mm/h'],
  ['l/m²', 'mm'],
  ['l/m2', 'mm'],
  ['w/m^2', 'W/m²'],
  ['wm-2', 'W/m²'],
  ['watts/m^2', 'W/m²'],
  ['watt/m2', 'W/m²'],
  ['mj/m^2', 'MJ/m²'],
  ['hour', 'h'],
  ['hrs', 'h'],
  ['std', 'h'],
  ['std.', 'h'],
  ['minutes', 'min'],
  ['miles', 'mi'],
  ['oktas', 'okta'],
  ['octas', 'okta'],
  ['days', 'days'],
  ['16방위', '°'],
  ['гпа', 'hPa'],
  ['мм', 'mm'],
  ['м/с', 'm/s'],
  ['millimetres', 'mm'],
  ['millimeters', 'mm'],
  ['ft', 'ft'],
  ['feet', 'ft'],
  ['s', 's'],
  ['sec', 's'],
  ['seconds', 's'],
]);

/** Units of things that are no quantity of ours, so that a line of units is known for one. */
const OTHER_UNITS =
  /^(?:g\/m3|g\/m\*\*3|g\/kg|mmol\/mol|ppm|pct|v|volt|dbm|index|ts|rn|lux|klux|µg\/m3|ug\/m3|j\/m2|j\/m²|cal\/cm2|ly|yr|mo|dy|hr|mn|nmi|iso8601|unixtime|0\.1.*)$/;

/** The unit in the spelling of our table; null where the text is none that the table knows. */
export function unitOfSpelling(text: string): string | null {
  const plain = text.trim().toLowerCase().replace(/\s/g, '');
  return UNIT_SPELLINGS.get(plain) ?? null;
}

/** Whether a cell of a line below the names can be a unit, in brackets or bare. */
export function isUnitText(text: string): boolean {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/\s/g, '')
    .replace(/^[([](.*)[)\]]$/, '$1');
  return UNIT_SPELLINGS.has(plain) || OTHER_UNITS.test(plain);
}
