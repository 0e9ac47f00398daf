import { guessMeaning, isWindInKmh, partsOfName, toldMeaning } from './column-names';
import type { Meaning } from './units';
import type { CellColumn } from './columns';
import { holdsCompassWords, holdsYesOrNo, usualRange } from './readings';
import { weewxMeaning } from './weewx-units';

/** Pressure at any inhabited height in inches of mercury, and in no other unit. */
const INCHES_OF_MERCURY = [18, 32] as const;
/** Where a station's own warmth is measured, or the sun on a wall: warmer than any air. */
const NOT_AIR =
  /cpu|board|case|battery|soil|ground|boden|지면|지중|토양|indoor|inside|innen|실내|water|heat|humidex/i;

/**
 * What each column measures and in which unit: as its reader knows, else by its name, its line of units, its cells and
 * its usual values. A file that writes inches of mercury or degrees Fahrenheit is taken to use the other units of the
 * USA too where it does not tell them, and one that tells the unit of one wind to mean it of all.
 */
export function meaningsOf(columns: readonly CellColumn[]): Meaning[] {
  const known = columns.map((column) => ({ column, told: toldOf(column), range: usualRange(column) }));
  const american = known.some(({ column, told, range }) => isAmerican(column, told, range));
  const winds = known.filter(({ told }) => told.quantity === 'wind speed' || told.quantity === 'wind gust');
  const isKmh = !american && winds.some(({ told, range }) => isWindInKmh(told.quantity, range[1]));
  const windUnit = winds.find(({ told }) => told.unit !== '')?.told.unit ?? (isKmh ? 'km/h' : '');
  const weewx = weewxUnits(columns);
  const air = known.find(
    ({ column, told }) => told.quantity === 'temperature' && MEAN_NAME.test(column.name.trim()),
  );
  const names = new Set(columns.map(({ name }) => name.trim().toLowerCase()));
  return known.map(({ column, told, range: [low, high] }) => {
    if (column.origin.meaning !== undefined) return column.origin.meaning;
    const archived = weewx === null ? null : weewxMeaning(column.name, weewx);
    if (archived !== null) return archived;
    if (high <= LARGEST_FLAG && isFlagOf(names, column)) return NO_QUANTITY;
    if (holdsCompassWords(column)) return { quantity: 'wind direction', unit: '°' };
    const mean = isExtreme(column, told) ? air : undefined;
    if (mean !== undefined) return meaningOfMean(mean.column, mean.told, mean.range, american);
    // 'RainToday' of a table made for learning: whether, and not how much.
    if (told.unit === '' && YES_OR_NO.has(told.quantity) && holdsYesOrNo(column)) return NO_QUANTITY;
    return told.unit !== ''
      ? told
      : guessMeaning(column.name, low, high, {
          unit: '',
          american,
          windUnit,
          quantity: column.origin.quantity,
        });
  });
}

/** Columns that say which of the day's temperatures they hold, beside one that says that it is a temperature. */
const EXTREME_NAME = /^(?:max|min)(?:imum)?$/i;
const MEAN_NAME = /^(?:temp(?:erature)?|t|tavg|tmean)$/i;
const isExtreme = ({ name }: CellColumn, { quantity }: Meaning): boolean =>
  quantity === 'other' && EXTREME_NAME.test(name.trim());

function meaningOfMean(
  { name }: CellColumn,
  told: Meaning,
  [low, high]: readonly [low: number, high: number],
  american: boolean,
): Meaning {
  return told.unit === '' ? guessMeaning(name, low, high, { unit: '', american, windUnit: '' }) : told;
}

const NO_QUANTITY: Meaning = { quantity: 'other', unit: '' };
/** Amounts of which a table may say only whether there was any. */
const YES_OR_NO: ReadonlySet<Meaning['quantity']> = new Set([
  'rain',
  'snow depth',
  'wind gust',
  'sunshine',
] as const);

/** Codes of quality have one digit. */
const LARGEST_FLAG = 9;

/** 'QFF' beside 'FF': the code of its quality, as Météo-France and others write it. */
function isFlagOf(names: ReadonlySet<string>, { name }: CellColumn): boolean {
  const [, flagged] = /^q_?(\w+)$/i.exec(name.trim()) ?? [];
  return flagged !== undefined && names.has(flagged.toLowerCase());
}

function toldOf(column: CellColumn): Meaning {
  const { origin, name, unitInCells } = column;
  if (origin.meaning !== undefined) return origin.meaning;
  const unit = origin.unit ?? (partsOfName(name).unit === '' ? unitInCells : '');
  return toldMeaning(name, unit === '' ? '' : plainUnit(unit), origin.quantity);
}

function isAmerican(
  { name }: CellColumn,
  { quantity, unit }: Meaning,
  [low, high]: readonly [low: number, high: number],
): boolean {
  if (unit === '°F') return true;
  const isInches = low >= INCHES_OF_MERCURY[0] && high <= INCHES_OF_MERCURY[1];
  if (quantity === 'pressure') return isInches && (unit === '' || unit === 'inHg');
  if (unit !== '') return false;
  return quantity === 'temperature' && !NOT_AIR.test(name) && guessMeaning(name, low, high).unit === '°F';
}

const plainUnit = (unit: string): string => partsOfName(`x (${unit.replace(/^[([]|[)\]]$/g, '')})`).unit;

/** The system of units of an archive of WeeWX that was exported as text; null for any other table. */
function weewxUnits(columns: readonly CellColumn[]): number | null {
  const system = columns.find(({ name }) => name === 'usUnits');
  if (system === undefined) return null;
  const [low, high] = usualRange(system);
  return low === high ? low : null;
}
