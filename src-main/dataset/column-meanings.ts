import { guessMeaning, partsOfName, type Meaning } from './column-names';
import type { CellColumn } from './columns';
import { holdsCompassWords, usualRange } from './readings';

/** Pressure at any inhabited height in inches of mercury, and in no other unit. */
const INCHES_OF_MERCURY = [18, 32] as const;

/**
 * What each column measures and in which unit: as its reader knows, else by its name, its line of units, its cells and
 * its usual values. A file that writes pressure in inches of mercury is taken to use the other units of the USA too.
 */
export function meaningsOf(columns: readonly CellColumn[]): Meaning[] {
  const ranges = columns.map(usualRange);
  const american = columns.some((column, index) => {
    if (partsOfName(column.name).unit !== '' || column.origin.unit !== undefined) return false;
    const [low, high] = ranges[index] ?? [NaN, NaN];
    const isPressure = guessMeaning(column.name, NaN, NaN).quantity === 'pressure';
    return isPressure && low >= INCHES_OF_MERCURY[0] && high <= INCHES_OF_MERCURY[1];
  });
  return columns.map((column, index) => {
    const { origin, name, unitInCells } = column;
    if (origin.meaning !== undefined) return origin.meaning;
    const [low, high] = ranges[index] ?? [NaN, NaN];
    const unit = origin.unit ?? (partsOfName(name).unit === '' ? unitInCells : '');
    if (holdsCompassWords(column)) return { quantity: 'wind direction', unit: '°' };
    return guessMeaning(name, low, high, { unit: unit === '' ? '' : plainUnit(unit), american });
  });
}

const plainUnit = (unit: string): string => partsOfName(`x (${unit.replace(/^[([]|[)\]]$/g, '')})`).unit;
