/**
 * What a weather station measures and in which units: one table that both sides read. Ranges are physical limits in
 * the first (canonical) unit; a value outside them cannot be a reading.
 */
interface UnitDefinition {
  /** canonical = (value + offset) * factor */
  readonly factor: number;
  readonly offset?: number;
}

interface QuantityDefinition {
  readonly canonicalUnit: string;
  readonly units: Readonly<Record<string, UnitDefinition>>;
  readonly range: readonly [minimum: number, maximum: number];
}

const SAME = { factor: 1 } as const;

/** The unit of shares written as 0 to 1. */
export const FRACTION = '0–1';

const DEFINITIONS = {
  temperature: {
    canonicalUnit: '°C',
    units: { '°C': SAME, '°F': { offset: -32, factor: 5 / 9 }, K: { offset: -273.15, factor: 1 } },
    range: [-90, 60],
  },
  'dew point': {
    canonicalUnit: '°C',
    units: { '°C': SAME, '°F': { offset: -32, factor: 5 / 9 }, K: { offset: -273.15, factor: 1 } },
    range: [-100, 50],
  },
  'relative humidity': {
    canonicalUnit: '%',
    units: { '%': SAME, [FRACTION]: { factor: 100 } },
    range: [0, 100],
  },
  pressure: {
    canonicalUnit: 'hPa',
    units: {
      hPa: SAME,
      mbar: SAME,
      kPa: { factor: 10 },
      Pa: { factor: 0.01 },
      inHg: { factor: 33.863886 },
      mmHg: { factor: 1.33322387 },
    },
    range: [400, 1090],
  },
  'wind speed': {
    canonicalUnit: 'm/s',
    units: {
      'm/s': SAME,
      'km/h': { factor: 1 / 3.6 },
      mph: { factor: 0.44704 },
      kn: { factor: 1852 / 3600 },
    },
    range: [0, 115],
  },
  'wind gust': {
    canonicalUnit: 'm/s',
    units: {
      'm/s': SAME,
      'km/h': { factor: 1 / 3.6 },
      mph: { factor: 0.44704 },
      kn: { factor: 1852 / 3600 },
    },
    range: [0, 115],
  },
  'wind direction': { canonicalUnit: '°', units: { '°': SAME }, range: [0, 360] },
  rain: {
    canonicalUnit: 'mm',
    units: { mm: SAME, cm: { factor: 10 }, in: { factor: 25.4 } },
    range: [0, 2000],
  },
  'rain rate': {
    canonicalUnit: 'mm/h',
    units: { 'mm/h': SAME, 'cm/h': { factor: 10 }, 'in/h': { factor: 25.4 } },
    range: [0, 2000],
  },
  'solar radiation': { canonicalUnit: 'W/m²', units: { 'W/m²': SAME }, range: [0, 2000] },
  'UV index': { canonicalUnit: '', units: { '': SAME }, range: [0, 25] },
  sunshine: {
    canonicalUnit: 'h',
    units: { h: SAME, min: { factor: 1 / 60 }, s: { factor: 1 / 3600 } },
    range: [0, 800],
  },
  'snow depth': {
    canonicalUnit: 'cm',
    units: { cm: SAME, mm: { factor: 0.1 }, in: { factor: 2.54 } },
    range: [0, 2000],
  },
  cloud: {
    canonicalUnit: '%',
    units: { '%': SAME, okta: { factor: 12.5 }, tenths: { factor: 10 }, [FRACTION]: { factor: 100 } },
    range: [0, 100],
  },
  visibility: {
    canonicalUnit: 'km',
    units: { km: SAME, m: { factor: 0.001 }, mi: { factor: 1.609344 }, ft: { factor: 0.0003048 } },
    range: [0, 500],
  },
  other: { canonicalUnit: '', units: { '': SAME }, range: [-Infinity, Infinity] },
} as const satisfies Record<string, QuantityDefinition>;

export type Quantity = keyof typeof DEFINITIONS;

export const QUANTITIES = Object.keys(DEFINITIONS) as readonly Quantity[] as readonly [
  Quantity,
  ...Quantity[],
];

function definitionOf(quantity: Quantity): QuantityDefinition {
  return DEFINITIONS[quantity];
}

/** The units a quantity may come in, the canonical one first. */
export function unitsOf(quantity: Quantity): readonly string[] {
  return Object.keys(definitionOf(quantity).units);
}

export function canonicalUnitOf(quantity: Quantity): string {
  return definitionOf(quantity).canonicalUnit;
}

/**
 * A value turned from one unit of a quantity into another. A unit that the table does not know (as for 'other', whose
 * unit is whatever the file says) is left as it is.
 */
export function convertUnit(value: number, quantity: Quantity, from: string, to: string): number {
  const { units } = definitionOf(quantity);
  const source = units[from];
  const target = units[to];
  if (from === to || source === undefined || target === undefined) return value;
  return ((value + (source.offset ?? 0)) * source.factor) / target.factor - (target.offset ?? 0);
}

/** The physical range of a quantity, in the unit asked for. */
export function physicalRange(quantity: Quantity, unit: string): readonly [minimum: number, maximum: number] {
  const { range, canonicalUnit } = definitionOf(quantity);
  return [
    convertUnit(range[0], quantity, canonicalUnit, unit),
    convertUnit(range[1], quantity, canonicalUnit, unit),
  ];
}
