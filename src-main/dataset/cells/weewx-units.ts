import type { Quantity } from '../../contract/quantities';
import type { Meaning } from './units';
import { phrase, type Phrase } from '../../contract/phrases';

/** WeeWX's unit systems: 1 of the USA, 16 metric, 17 metric with wind in m/s (weewx/units.py). */
type UnitSystem = 1 | 16 | 17;
type UnitsOfSystems = readonly [american: string, metric: string, metricWx: string];

const GROUPS: readonly (readonly [names: RegExp, quantity: Quantity, units: UnitsOfSystems])[] = [
  [/^dewpoint\d*$|^inDewpoint$/, 'dew point', ['°F', '°C', '°C']],
  [/temp|^heatindex|^windchill|^appTemp|^humidex|^THSW/i, 'temperature', ['°F', '°C', '°C']],
  [/humid(?!ex)/i, 'relative humidity', ['%', '%', '%']],
  [/^(barometer|pressure|altimeter)$/, 'pressure', ['inHg', 'mbar', 'mbar']],
  [/^wind(GustDir|Dir)$/, 'wind direction', ['°', '°', '°']],
  [/^windSpeed/, 'wind speed', ['mph', 'km/h', 'm/s']],
  [/^windGust$/, 'wind gust', ['mph', 'km/h', 'm/s']],
  [/^rainRate$/, 'rain rate', ['in/h', 'cm/h', 'mm/h']],
  [/^(rain|hourRain|dayRain|rain24)$/, 'rain', ['in', 'cm', 'mm']],
  [/^snowDepth$/, 'snow depth', ['in', 'cm', 'mm']],
  [/^(radiation|maxSolarRad)$/, 'solar radiation', ['W/m²', 'W/m²', 'W/m²']],
  [/^UV$/, 'UV index', ['', '', '']],
];

const SYSTEMS: readonly number[] = [1, 16, 17] satisfies readonly UnitSystem[];

export const isUnitSystem = (system: number): system is UnitSystem => SYSTEMS.includes(system);

/** What a column of WeeWX's archive measures; null for what is none of our quantities, or an unknown system. */
export function weewxMeaning(name: string, system: number): Meaning | null {
  const group = GROUPS.find(([names]) => names.test(name));
  if (group === undefined || !isUnitSystem(system)) return null;
  return { quantity: group[1], unit: group[2][SYSTEMS.indexOf(system)] ?? '' };
}

export function nameOfUnits(system: number | undefined): Phrase {
  const names: Readonly<Record<UnitSystem, Phrase>> = {
    1: phrase('units-usa'),
    16: phrase('units-metric'),
    17: phrase('units-metric-wind'),
  };
  return names[system as UnitSystem] ?? phrase('units-unknown');
}
