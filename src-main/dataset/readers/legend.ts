import type { Quantity } from '../../contract/quantities';
import { isNameless, partsOfName, toldMeaning, withUnit } from '../cells/column-names';
import { NUMBER, type CellColumn } from '../cells/columns';
import { isMissingWord } from '../cells/missing';
import { multipleOf, type Multiple } from '../cells/multiples';
import { quantityOfName } from '../cells/name-rules';

/** What the text around a table says about one of its columns. */
export interface Told {
  readonly quantity: Quantity | null;
  /** '' where none is given. */
  readonly unit: string;
  /** The number in the file times this is in the unit. */
  readonly factor: number;
  /** Numbers that stand for less than what is measured, such as -1 for under 0.05 mm. */
  readonly traces: readonly number[];
  /** Numbers that stand for no reading. */
  readonly missing: readonly number[];
}

const NOTHING: Told = { quantity: null, unit: '', factor: 1, traces: [], missing: [] };

/** Between a name and its description, in a legend: 'TG = mean temperature', 'T2m: air temperature'. */
const BETWEEN = ['=', ':', ' - ', ' – ', '\t'];
/** Before a name in a list of columns: a sign of comment, the places of the column ('17-21 TG'), the word of BADC-CSV. */
const BEFORE_NAME = /^[#*%;/!>"' ]{0,6}(?:\d{1,3} ?- ?\d{1,3} |long_name,)?/;
const LONGEST_NAME = 60;
const LONGEST_TEXT = 1000;
const MOST_LINES = 1000;

/**
 * What lines above and below a table say about its columns: a legend ('TG = mean temperature (in 0.1 degrees Celsius)'),
 * a table of parameters ('Air temperature;hourly;degree celsius'), numbers that mean "no reading".
 * @param delimiter between the cells of the file
 * @returns by the place of the column in `names`
 */
export function legendOf(
  lines: readonly string[],
  names: readonly string[],
  delimiter: string,
): ReadonlyMap<number, Told> {
  const places = new Map<string, number>();
  names.forEach((name, index) => {
    for (const key of [plainKey(partsOfName(name).label), plainKey(name)]) {
      if (key !== '' && !isNameless(name)) places.set(key, index);
    }
  });
  const missing = lines.slice(0, MOST_LINES).flatMap((line) => missingNumbers(line.slice(0, LONGEST_TEXT)));
  const told = new Map<number, Told>();
  for (const line of lines.slice(0, MOST_LINES)) {
    const entry = entryOf(plainText(line.slice(0, LONGEST_TEXT)), places, delimiter);
    if (entry === null) continue;
    const found = readDescription(entry.text);
    if (found !== null && !told.has(entry.index)) told.set(entry.index, found);
  }
  const general = [...new Set(missing)];
  if (general.length === 0) return told;
  return new Map(
    names.map((_, index) => {
      const own = told.get(index) ?? NOTHING;
      return [index, { ...own, missing: [...new Set([...own.missing, ...general])] }];
    }),
  );
}

/** A page's ways to write signs: '0.1 &#176;C'. */
const ENTITIES: readonly (readonly [entity: RegExp, sign: string])[] = [
  [/&(?:deg|#176|#xb0);/gi, '°'],
  [/&(?:sup2|#178|#xb2);/gi, '²'],
  [/&(?:micro|#181|#xb5);/gi, 'µ'],
  [/&lt;/gi, '<'],
  [/&(?:nbsp|#160|#xa0);/gi, ' '],
];
const plainText = (line: string): string =>
  line.includes('&') ? ENTITIES.reduce((text, [entity, sign]) => text.replace(entity, sign), line) : line;

const plainKey = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

/** Of an RDB table (USGS): '#   69928   00020   Temperature, air, degrees Celsius' tells of 69928_00020. */
const RDB_ENTRY = /^# +(\d{4,9}) +(\d{5}) +(\S.*)$/;

/** The column that a line describes, and what it says; null for any other line. */
function entryOf(
  line: string,
  places: ReadonlyMap<string, number>,
  delimiter: string,
): { readonly index: number; readonly text: string } | null {
  const [, series, parameter, description] = RDB_ENTRY.exec(line) ?? [];
  const index = places.get(`${series}_${parameter}`);
  if (description !== undefined && index !== undefined) return { index, text: description };
  const plain = line.replace(BEFORE_NAME, '');
  const between = delimiter === ' ' || BETWEEN.includes(delimiter) ? BETWEEN : [...BETWEEN, delimiter];
  for (const sign of between) {
    const at = plain.indexOf(sign);
    if (at < 1 || at > LONGEST_NAME) continue;
    const index = places.get(plainKey(plain.slice(0, at)));
    if (index === undefined) continue;
    const text = plain.slice(at + sign.length);
    return { index, text: delimiter === ' ' ? text : text.replaceAll(delimiter, ' ; ') };
  }
  return null;
}

/** Brackets and slashes cut a description, also those between its two languages; a slash in a unit has no blanks. */
const CUTS = /[()[\];]| \/ |, |\. /;
/** A list of classes ('0: <100 m, 1: 100-200 m'): the numbers are codes and no readings. */
const CLASS = /(?:^|[ ,;])\d{1,3} ?[:=] ?[<>]?\d/g;
const LEAST_CLASSES = 3;
const PERCENTAGE = /\b(?:percent|percentage|procent|prozent|pourcentage|porcentaje|percentuale)/i;
/** Of an entry without a quantity: when something was measured. */
const WHEN = /\b(?:uurvak|tijdvak|hourly division|time of|hour of|tidpunkt|zeitpunkt|heure d|hora d)/i;

function readDescription(text: string): Told | null {
  const cut = text.split(CUTS).map((part) => part.trim());
  const parts = cut.filter((part) => part !== '');
  const unit = parts.map(unitOfPart).find((found) => found !== null) ?? null;
  const isClasses = (text.match(CLASS) ?? []).length >= LEAST_CLASSES;
  const said = parts.map((part) => quantityOfName(part)).find((found) => found !== undefined);
  const quantity = isClasses || (said === undefined && WHEN.test(text)) ? 'other' : (said ?? null);
  const told: Told = {
    quantity,
    unit: unit?.unit ?? (PERCENTAGE.test(text) ? '%' : ''),
    factor: unit?.factor ?? 1,
    traces: traceNumbers(text),
    missing: missingNumbers(text),
  };
  return quantity === null && told.unit === '' && told.missing.length === 0 ? null : told;
}

/** A part of a description that is a unit, or ends in one: 'in 0.1 m/s', 'Global radiation in J/cm2'. */
function unitOfPart(part: string): Multiple | null {
  const whole = multipleOf(part.replace(/^in /i, ''));
  if (whole !== null) return whole;
  const at = part.toLowerCase().lastIndexOf(' in ');
  return at < 0 ? null : multipleOf(part.slice(at + 4));
}

const NUMBER_BEFORE =
  /(-?\d{1,6}(?:[.,]\d{1,3})?)["']? ?(?:for|voor|für|fuer|pour|per|para|=|:|means|is|if) ?(\S[^,;)]{0,24})/gi;
const UNDER = /^(?:<|less than|under|below|minder dan|weniger als|moins de|menos de|meno di|trace)/i;
const NONE =
  /^["']?(?:missing|no ?data|not? (?:available|measured|observed)|n\/a|fehl|manquant|absent|ausente|faltante|sin dato|mancante|ontbre|geen|saknas|mangler|brak|нет|결측|缺測|缺测|欠測)/i;
const NONE_AHEAD =
  /missing|no[ _-]?data|fehlwert|fehlende|manquant|faltante|mancanti|ontbrekend|saknade|결측값/gi;
/** Behind such a word: a number below zero, or of nines alone. */
const CODE = /(?:^|[ =:"'(])(-\d{1,6}(?:\.\d{1,3})?|9{3,6}(?:\.9{1,2})?)(?![\d.-])/;
const CODE_WITHIN = 40;

/** Numbers of which a text says that they stand for less than what can be measured. */
function traceNumbers(text: string): number[] {
  return [...text.matchAll(NUMBER_BEFORE)]
    .filter(([, , meaning = '']) => UNDER.test(meaning))
    .map(([, number = '']) => Number(number.replace(',', '.')))
    .filter((number) => number < 0);
}

/** Numbers of which a text says that they stand for no reading. */
function missingNumbers(text: string): number[] {
  const before = [...text.matchAll(NUMBER_BEFORE)]
    .filter(([, , meaning = '']) => NONE.test(meaning))
    .map(([, number = '']) => Number(number.replace(',', '.')));
  const behind = [...text.matchAll(NONE_AHEAD)].flatMap((match) => {
    const start = match.index + match[0].length;
    const [, code] = CODE.exec(text.slice(start, start + CODE_WITHIN)) ?? [];
    return code === undefined ? [] : [Number(code)];
  });
  // A small number that is not below zero may be a reading elsewhere in the table.
  return [...before, ...behind].filter((number) => number < 0 || number >= 99);
}

const LONGEST_TITLE = 200;
/** A name that only says that a number stands below it. */
const ANY_VALUE =
  /^(?:values?|val|wert|messwert|valeur|valor|valore|waarde|verdi|v[aä]rde|wartość|значение|값|측정값|數值|数值|値|obs(?:ervation)?|reading|data)$/i;

/**
 * What a title above a table says about its one column of readings: 'Daily mean temperature (°C) at the observatory'.
 * Null without a title that names a quantity and a unit of it.
 */
export function titleOf(lines: readonly string[]): Told | null {
  for (const line of lines) {
    const text = line.replace(BEFORE_NAME, '').trim();
    if (text.length > LONGEST_TITLE) continue;
    const parts = text.split(CUTS).map((part) => part.trim());
    const quantity = parts.map(quantityOfName).find((found) => found !== undefined && found !== 'other');
    const found = parts.map(unitOfPart).find((unit) => unit !== null);
    if (quantity === undefined || !found || withUnit(quantity, found.unit).quantity !== quantity) continue;
    return { ...NOTHING, quantity, unit: found.unit, factor: found.factor };
  }
  return null;
}

/** The one column that a title can describe: the only one with a name that could be any value's, or without a description. */
function columnOfTitle(columns: readonly CellColumn[]): number {
  const open = columns
    .map((column, index) => ({ column, index, parts: partsOfName(column.name) }))
    .filter(({ column }) => column.origin.unit === undefined && holdsNumbers(column))
    .filter(({ column }) => toldMeaning(column.name).quantity === 'other')
    .filter(({ parts }) => parts.label.split('/').some((part) => ANY_VALUE.test(part.trim())));
  return open.length === 1 ? (open[0]?.index ?? -1) : -1;
}

/**
 * The columns with what the lines around them tell: numbers in the unit, traces as 0, numbers for no reading as
 * missing. A line of units below the names is more precise and stands.
 */
export function withLegend(
  columns: readonly CellColumn[],
  lines: readonly string[],
  delimiter: string,
): { readonly columns: readonly CellColumn[]; readonly told: number } {
  const names = columns.map(({ name }) => name);
  const legend = new Map(legendOf(lines, names, delimiter));
  const title = titleOf(lines);
  const titled = title === null ? -1 : columnOfTitle(columns);
  if (title !== null && titled >= 0 && !legend.has(titled)) legend.set(titled, title);
  let told = 0;
  const changed = columns.map((column, index) => {
    const entry = legend.get(index);
    if (entry === undefined || column.origin.meaning !== undefined) return column;
    if (entry.quantity !== null || entry.unit !== '') told += 1;
    return tell(column, entry);
  });
  return { columns: changed, told };
}

function tell(column: CellColumn, told: Told): CellColumn {
  const unit = column.origin.unit ?? told.unit;
  const inHeader = partsOfName(column.name).unit;
  const quantity = told.quantity ?? undefined;
  const origin = {
    ...column.origin,
    ...(quantity === undefined ? {} : { quantity }),
    ...(unit === '' || (inHeader !== '' && told.unit === '') ? {} : { unit }),
  };
  const factor = column.origin.unit === undefined ? told.factor : 1;
  const isChanged = factor !== 1 || told.traces.length > 0 || told.missing.length > 0;
  return isChanged ? column.read({ ...told, factor }, origin) : column.withOrigin(origin);
}

function holdsNumbers(column: CellColumn): boolean {
  let numbers = 0;
  let filled = 0;
  for (let row = 0; row < Math.min(column.length, 400); row += 1) {
    const text = column.textAt(row);
    if (text === '' || isMissingWord(text)) continue;
    filled += 1;
    if (column.kindAt(row) === NUMBER) numbers += 1;
  }
  return numbers > 0 && numbers >= filled / 2;
}
