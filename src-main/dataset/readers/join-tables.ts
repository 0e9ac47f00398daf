import type { ReadingOptions } from '../../contract/dataset';
import { Problem } from '../../contract/problems';
import { CellColumn } from '../cells/columns';
import { NumberScanner } from '../cells/numbers';
import { requireCells, requireColumns } from './limits';
import { ofStation, stationsOf } from './stations';
import type { SourceFile } from '../bytes/source-file';
import type { RawTable, ReadCells } from '../cells/table';
import { findTimeColumn, MOST_REPEATS, shareOfRepeats } from '../time/time-column';
import type { TimeColumn } from '../cells/table';

/** As many can be chosen from. */
const MOST_STATIONS = 500;

/** A file as its reader read it. */
export interface ReadFile {
  readonly source: SourceFile;
  readonly bytes: number;
  readonly cells: ReadCells;
  readonly head: readonly string[];
}

/**
 * The table of one station, of one file or of several: columns joined by their names, new ones appended, the files in
 * order of time, and rows whose time an earlier file has already left out and counted.
 * @throws Problem 'no-time-column' where one of several files has none, 'too-many-columns', 'file-too-large',
 * 'setting-invalid'
 */
export function joinTables(read: readonly ReadFile[], options: ReadingOptions): RawTable {
  const { dated, stations, whole } = ofOneStation(read, options);
  const files = dated.map(({ file }) => file);
  const [first] = files;
  if (first === undefined) throw new Problem('file-missing', { file: '' });
  const { source, bytes, cells, head } = first;
  const own = { source, bytes, options, head, overlaps: 0, stations };
  if (files.length === 1) {
    const files = [{ fileName: source.fileName, rows: cells.rows }];
    const time = ownTime(dated[0]?.time ?? null, cells.columns);
    return { ...cells, ...own, ...time, files, ...wholeOf(read[0]?.cells, whole, stations) };
  }
  const undated = dated.find(({ time }) => time === null);
  if (undated !== undefined) throw new Problem('no-time-column', { file: undated.file.source.fileName });
  const inOrder = dated
    .map(({ file, time }) => ({ file, time: time as TimeColumn, start: startOf(time as TimeColumn) }))
    .sort((a, b) => a.start - b.start);
  const rows = keptRows(inOrder.map(({ time }) => time.times));
  const columns = joinColumns(
    inOrder.map(({ file }) => file),
    rows,
  );
  const total = rows.reduce((sum, kept) => sum + kept.length, 0);
  const oldest = inOrder[0]?.file ?? first;
  const all = files.reduce((sum, { cells: { rows: count } }) => sum + count, 0);
  const times = joined(
    Float64Array,
    inOrder.map(({ time }) => time.times),
    rows,
    total,
  );
  return {
    ...oldest.cells,
    ...own,
    source: { ...source, fileName: `${source.fileName} + ${files.length - 1}` },
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    columns,
    rows: total,
    lines: joined(
      Uint32Array,
      inOrder.map(({ file }) => file.cells.lines),
      rows,
      total,
    ),
    time: joinedTime(columns, inOrder, times, options),
    files: inOrder.map(({ file }, index) => ({
      fileName: file.source.fileName,
      rows: rows[index]?.length ?? 0,
    })),
    overlaps: all - total,
  };
}

/** The time of a table, unless most of its rows share theirs with another: then it is no time of the readings. */
function ownTime(
  time: TimeColumn | null,
  columns: readonly CellColumn[],
): Pick<RawTable, 'time' | 'sharedTimes'> {
  const share = time === null ? 0 : shareOfRepeats(time.times);
  if (time === null || share <= MOST_REPEATS) return { time };
  const readable = time.times.filter((each) => !Number.isNaN(each)).length;
  const column = time.parts.map((part) => columns[part]?.name ?? '').join(' + ');
  return { time: null, sharedTimes: { column, rows: Math.round(share * readable) } };
}

/** The rows of all stations, where there are several. */
const wholeOf = (
  cells: ReadCells | undefined,
  time: TimeColumn | null,
  stations: readonly string[],
): Pick<RawTable, 'whole'> =>
  cells === undefined || time === null || stations.length === 0 ? {} : { whole: { cells, time } };

interface DatedFile {
  readonly file: ReadFile;
  readonly time: TimeColumn | null;
}

/** Each file with its time; of files with readings of several stations the rows of one, the chosen or the largest. */
function ofOneStation(
  files: readonly ReadFile[],
  options: ReadingOptions,
): { dated: readonly DatedFile[]; stations: readonly string[]; whole: TimeColumn | null } {
  const dated = files.map((file): DatedFile => ({ file, time: findTimeColumn(file.cells.columns, options) }));
  const found = dated.map(({ file, time }) =>
    time === null ? null : stationsOf(file.cells.columns, time.times),
  );
  const names = [...new Set(found.flatMap((each) => each?.names ?? []))];
  const station = options.station !== null && names.includes(options.station) ? options.station : names[0];
  const whole = dated[0]?.time ?? null;
  if (station === undefined) return { dated, stations: [], whole };
  const kept = dated.map((each, index): DatedFile => {
    const own = found[index];
    if (!own) return each;
    const cells = ofStation(each.file.cells, own, station);
    return { file: { ...each.file, cells }, time: findTimeColumn(cells.columns, options) };
  });
  return {
    dated: kept,
    whole,
    stations: [station, ...names.filter((name) => name !== station)].slice(0, MOST_STATIONS),
  };
}

/**
 * The time of all rows: read over the whole, since one short month alone may not tell day from month; but where files
 * differ in how they write dates, as each was read.
 */
function joinedTime(
  columns: readonly CellColumn[],
  files: readonly { readonly time: TimeColumn }[],
  times: Float64Array,
  options: ReadingOptions,
): TimeColumn | null {
  const together = findTimeColumn(columns, options);
  const apart = files.reduce((sum, { time }) => sum + time.unreadable, 0);
  const first = files[0]?.time;
  if (together !== null && together.unreadable <= apart) return together;
  return first === undefined ? together : { ...first, times, unreadable: apart, firstUnreadableRow: -1 };
}

function startOf({ times }: TimeColumn): number {
  let start = Infinity;
  for (const time of times) if (time < start) start = time;
  return start;
}

/** The rows of each file whose time no file before has. */
function keptRows(times: readonly Float64Array[]): Uint32Array[] {
  const seen = new Set<number>();
  let latest = -Infinity;
  return times.map((own, index) => {
    const kept: number[] = [];
    const before = latest;
    own.forEach((time, row) => {
      if (!(time <= before && seen.has(time))) kept.push(row);
    });
    for (const time of own) {
      // The last file's times are asked by no one.
      if (index < times.length - 1) seen.add(time);
      if (time > latest) latest = time;
    }
    return Uint32Array.from(kept);
  });
}

function joinColumns(files: readonly ReadFile[], rows: readonly Uint32Array[]): CellColumn[] {
  const names = [...new Set(files.flatMap(({ cells }) => cells.columns.map(({ name }) => name)))];
  const file = files[0]?.source.fileName ?? '';
  requireColumns(names.length, file);
  const total = rows.reduce((sum, kept) => sum + kept.length, 0);
  requireCells(total * names.length, file);
  const scanner = new NumberScanner('.');
  return names.map((name) => {
    const parts = files.map(({ cells }) => cells.columns.find((column) => column.name === name));
    const model = parts.find((part) => part !== undefined);
    const decimal =
      files.find(({ cells }) => cells.columns.includes(model as CellColumn))?.cells.decimal ?? '.';
    const column = new CellColumn(name, decimal, model?.origin, model?.missing);
    parts.forEach((part, index) => {
      for (const row of rows[index] ?? []) {
        if (part === undefined) column.push('', scanner);
        else column.pushCellOf(part, row);
      }
    });
    return column;
  });
}

function joined<A extends Float64Array | Uint32Array>(
  type: new (length: number) => A,
  parts: readonly A[],
  rows: readonly Uint32Array[],
  total: number,
): A {
  const all = new type(total);
  let at = 0;
  parts.forEach((part, index) => {
    for (const row of rows[index] ?? []) {
      all[at] = part[row] ?? NaN;
      at += 1;
    }
  });
  return all;
}
