import type { ColumnMapping, DerivedInput } from './dataset';
import type { Quantity } from './quantities';

/** The mean length of a month of the Gregorian calendar: as a step it means calendar months. */
export const MONTH_SECONDS = 2_629_746;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** Steps that a log may be laid on. */
export const STEP_CHOICES = [
  60,
  300,
  600,
  900,
  1800,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  MONTH_SECONDS,
] as const;

/** The pressure tendency is the change over this time, the one that weather reports give. */
export const TENDENCY_SECONDS = 3 * HOUR;

/** Whether an input can be derived on a time axis: `logSeconds` is the step of the file, `stepSeconds` that of the axis. */
export function fitsStep(derived: DerivedInput, logSeconds: number, stepSeconds: number): boolean {
  switch (derived) {
    case 'dew point':
    case 'wind u/v':
      return true;
    case 'pressure tendency':
      return stepSeconds <= TENDENCY_SECONDS && TENDENCY_SECONDS % stepSeconds === 0;
    case 'daily range':
      return stepSeconds <= DAY || logSeconds >= DAY;
  }
}

const INDOORS = /실내|indoor|inside|innen|\bin\b/i;
const EXTREME =
  /최고|최저|max|min|high|low(?!er)|höchst|tiefst|지면|초상|지중|soil|ground|boden|체감|feel|chill|heat/i;
const HIGHEST = /최고|max|high|höchst/i;
const LOWEST = /최저|min|low(?!er)|tiefst/i;

/**
 * The columns that a derived input is made from, by what the mapping says that they measure and, where several measure
 * it, by their names: out of doors and no extremes first, then the target, then the inputs in order; null where one is
 * lacking. A newer file with the same columns gives the same.
 * @param nameOf the header of a column
 * @param logSeconds the step of the file: the daily range of daily readings is that between two columns
 */
export function sourcesOf(
  derived: DerivedInput,
  mapping: ColumnMapping,
  nameOf: (index: number) => string,
  logSeconds: number,
): readonly number[] | null {
  const best = (quantity: Quantity): number | null => {
    const found = columnsOf(quantity, mapping);
    return found.find((index) => isPlain(nameOf(index))) ?? found[0] ?? null;
  };
  const temperature = (wanted: RegExp): number | null =>
    columnsOf('temperature', mapping).find(
      (index) => wanted.test(nameOf(index)) && !INDOORS.test(nameOf(index)),
    ) ?? null;
  switch (derived) {
    case 'dew point':
      return all(best('temperature'), best('relative humidity'));
    case 'pressure tendency':
      return all(best('pressure'));
    case 'daily range':
      return logSeconds < DAY ? all(best('temperature')) : all(temperature(HIGHEST), temperature(LOWEST));
    case 'wind u/v':
      return all(best('wind direction'), best('wind speed'));
  }
}

/**
 * The wind speed that turns a wind direction among the inputs into components along the axes: one that is used, or any
 * with 'wind u/v' among the derived inputs; null: the direction becomes its sine and cosine.
 */
export function speedFor(mapping: ColumnMapping, nameOf: (index: number) => string): number | null {
  const { target, inputs, derived } = mapping;
  const found = columnsOf('wind speed', mapping).filter(
    (index) => derived.includes('wind u/v') || index === target || inputs.includes(index),
  );
  return found.find((index) => isPlain(nameOf(index))) ?? found[0] ?? null;
}

/** Every column, besides time, inputs and target, that derived inputs need. */
export function hiddenSources(
  mapping: ColumnMapping,
  nameOf: (index: number) => string,
  logSeconds: number,
): readonly number[] {
  const sources = mapping.derived.flatMap((derived) => sourcesOf(derived, mapping, nameOf, logSeconds) ?? []);
  const speed = columnsOf('wind direction', mapping).some((index) => mapping.inputs.includes(index))
    ? speedFor(mapping, nameOf)
    : null;
  const used = [mapping.time, mapping.target, ...mapping.alsoTargets, ...mapping.inputs];
  return [...new Set([...sources, ...(speed === null ? [] : [speed])])].filter(
    (index) => !used.includes(index),
  );
}

const isPlain = (name: string): boolean => !INDOORS.test(name) && !EXTREME.test(name);

/** The columns of a quantity: the target, the inputs in order, then the others. */
function columnsOf(quantity: Quantity, { target, inputs, columns }: ColumnMapping): readonly number[] {
  const known = columns.filter((column) => column.quantity === quantity).map(({ index }) => index);
  return [...new Set([target, ...inputs, ...known])].filter((index) => known.includes(index));
}

function all(...sources: readonly (number | null)[]): readonly number[] | null {
  const found = sources.filter((source) => source !== null);
  return found.length === sources.length ? found : null;
}
