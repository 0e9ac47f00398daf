import type { RawTable } from '../cells/table';

/** Behind the names of its times: they are of the station's clock already, and no zone is looked for. */
const OWN_CLOCK = '(station clock)';
/** In front of the name of each column that is joined: which of two temperatures is meant. */
export const PREFIX = 'forecast ';

export const isOfOwnClock = (names: readonly string[]): boolean =>
  names.some((name) => name.endsWith(OWN_CLOCK));

/** All forecasts of a table with their issue, as a file that is read as such again; null where it has none. */
export function archiveToCsv({ archive, columns }: RawTable): string | null {
  if (archive === undefined) return null;
  const own = [...archive.columns].filter(([, { aspect }]) => aspect === 'usual');
  const names = own.map(([index]) => (columns[index]?.name ?? '').slice(PREFIX.length));
  const header = [`issued ${OWN_CLOCK}`, `valid ${OWN_CLOCK}`, ...names].map(quoted);
  const lines = Array.from(archive.valid, (valid, at) =>
    [
      instant(archive.issued[at]!),
      instant(valid),
      ...own.map(([, { values }]) => (Number.isNaN(values[at]) ? '' : String(values[at]))),
    ].join(','),
  );
  return `${[header.join(','), ...lines].join('\n')}\n`;
}

const instant = (time: number): string => new Date(time).toISOString().slice(0, 19);

/** As RFC 4180 wants it. */
const quoted = (name: string): string => (/[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
