import type { CellColumn } from '../cells/columns';
import { MISSING_WORD, NUMBER, WORD } from '../cells/columns';

/**
 * Hours ahead of UTC of clocks that have but one meaning among weather services. CST and IST, which have several, are
 * not among them: only beside their summer time do they tell which is meant.
 */
const CLOCKS: Readonly<Record<string, number>> = {
  utc: 0,
  gmt: 0,
  z: 0,
  zulu: 0,
  wet: 0,
  west: 1,
  cet: 1,
  cest: 2,
  mez: 1,
  mesz: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  jst: 9,
  kst: 9,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
  est: -5,
  edt: -4,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  akst: -9,
  akdt: -8,
};

const OFFSET = /(?:utc|gmt) ?([+\-−–]) ?(\d{1,2})(?::?(\d{2}))?(?!\d)/i;
const BARE_OFFSET = /^([+\-−–])(\d{1,2})(?::?(\d{2}))?$/;
const ZONE_WORD = /(?:^|[ ([_,])(utc|gmt|zulu|cet|mez|msk|jst|kst|aest|nzst)(?=$|[ )\]_,:])/i;

const offsetText = (sign: string, hours: number, minutes: number): string => {
  if (hours === 0 && minutes === 0) return 'UTC';
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${sign === '+' ? '+' : '-'}${pad(hours)}:${pad(minutes)}`;
};

const ofHours = (hours: number): string => offsetText(hours < 0 ? '-' : '+', Math.abs(hours), 0);

function ofMatch(match: RegExpExecArray): string | null {
  const [, sign = '+', hours = '0', minutes = '0'] = match;
  return Number(hours) > 14 || Number(minutes) > 59 ? null : offsetText(sign, Number(hours), Number(minutes));
}

/**
 * The zone that a name tells: 'Date Time, GMT+09:00', 'Tid (UTC)', 'DateUTC'. As `zoneOf` has it, 'UTC' or '+09:00';
 * null where none is given.
 */
export function zoneOfName(name: string): string | null {
  const offset = OFFSET.exec(name);
  if (offset !== null) return ofMatch(offset);
  const word = ZONE_WORD.exec(name.replace(/([a-z])(UTC|GMT)/, '$1 $2'))?.[1];
  const hours = word === undefined ? undefined : CLOCKS[word.toLowerCase()];
  return hours === undefined ? null : ofHours(hours);
}

const ZONE_COLUMN =
  /^(?:tz|time ?zone|zone|utc.?offset|offset|zeitzone|fuseau|huso|zeitsystem)(?: ?\([^)]*\))?$/i;

/** What a cell of a column of zones says: '+09:00', 'CEST', '3600' seconds, '-5' hours; null for any other. */
function zoneOfCell(text: string): string | null {
  const bare = BARE_OFFSET.exec(text);
  if (bare !== null) return ofMatch(bare);
  const seconds = Number(text);
  if (text !== '' && Number.isInteger(seconds) && seconds % 900 === 0 && Math.abs(seconds) <= 50_400) {
    const minutes = Math.abs(seconds) / 60;
    return offsetText(seconds < 0 ? '-' : '+', Math.floor(minutes / 60), minutes % 60);
  }
  const hours = CLOCKS[text.toLowerCase()];
  return hours === undefined ? zoneOfName(text) : ofHours(hours);
}

/** A zone for each row by a column that tells it, or null without such a column. Rows that tell none have null. */
export function zonesOfColumn(columns: readonly CellColumn[]): ((row: number) => string | null) | null {
  const column = columns.find(({ name }) => ZONE_COLUMN.test(name.trim().replace(/_/g, ' ')));
  if (column === undefined) return null;
  const known = new Map<string, string | null>();
  const read = (row: number): string | null => {
    const kind = column.kindAt(row);
    if (kind !== NUMBER && kind !== WORD && kind !== MISSING_WORD) return null;
    const text = column.textAt(row);
    let zone = known.get(text);
    if (zone === undefined) {
      zone = zoneOfCell(text);
      known.set(text, zone);
    }
    return zone;
  };
  for (let row = 0; row < Math.min(column.length, 50); row += 1) if (read(row) === null) return null;
  return column.length === 0 ? null : read;
}

const BEHIND = /[\d.] ?([a-z]{3,4})$/i;

/** The zone whose letters stand behind a time of day, 'MESZ'; null for none of those with one meaning. */
export function zoneOfLetters(text: string): string | null {
  const letters = BEHIND.exec(text)?.[1]?.toLowerCase();
  const hours = letters === undefined ? undefined : CLOCKS[letters];
  return hours === undefined ? null : ofHours(hours);
}
