import {
  holdsWords,
  roleOf,
  type ColumnReport,
  type DatasetSummary,
  type RowsPage,
} from '../../contract/dataset';
import { Problem, type ProblemData } from '../../contract/problems';
import type { Question } from '../../contract/plan';
import type { Answer } from '../../contract/question';
import { beat } from '../../processes/heartbeat';
import { isIdentifierName } from '../cells/column-names';
import { meaningsOf } from '../cells/column-meanings';
import type { Meaning } from '../cells/units';
import { EMPTY, type CellColumn } from '../cells/columns';
import { doubtsOf } from './doubts';
import { columnsOf, forecastNotes } from './forecast-notes';
import { findFaults, NO_FAULTS } from './quality';
import { readingsOf } from '../cells/readings';
import { histogramOf, sparkOf, statisticsOf } from './statistics';
import { answerQuestion, LEAST_ROWS, type Extent } from '../suggestion/answer-question';
import { analysesAmong, forecastsOf } from '../suggestion/forecasts';
import { suggestMapping, type MappingSuggestion } from '../suggestion/suggest-mapping';
import { traitsOf, type ColumnTraits } from '../suggestion/traits';
import { withForecasts } from '../suggestion/with-forecasts';
import type { RawTable } from '../cells/table';
import {
  findGaps,
  LEAST_EVEN_SHARE,
  orderByTime,
  usualStep,
  type TimeOrder,
  type UsualStep,
} from '../time/time-step';

const MOST_GAPS = 100;
/** One reading has no step. */
const SECONDS_PER_DAY = 86_400;
const NO_READINGS = new Float64Array(0);
const PART_OF_TIME: Meaning = { quantity: 'other', unit: '' };
/** The hour that the end of summer time repeats is a small share of a year; with more, something else is repeated. */
const MOST_REPEATED = 0.01;
/** A word for a report is cut here. */
const LONGEST_WORD = 80;

/** All that the Data screen and `inspect` show of a table. */
export function summarise(table: RawTable, id: string): DatasetSummary {
  const { time, source } = table;
  const order = orderByTime(time?.times ?? new Float64Array(0));
  const meanings = meaningsOf(table.columns);
  const found = table.columns.map((column, index) => {
    beat();
    const isPart = time?.parts.includes(index) === true;
    const meaning = isPart ? PART_OF_TIME : meanings[index];
    return time?.column === index || meaning === undefined
      ? { report: reportTime(table, column, index), traits: traitsOf(NO_READINGS, order) }
      : reportColumn(table, column, index, meaning, order);
  });
  const reports = found.map(({ report }) => report);
  const traits = found.map((each) => each.traits);
  const dry = dryColumns(table, reports);
  const parts = time?.parts ?? [];
  const forecasts = forecastsOf(table, reports);
  const analyses = analysesAmong(table, reports, forecasts);
  const isForecast = new Set(forecasts.map(({ index }) => index));
  const chosen = suggestMapping(reports, traits, table.rows, parts, dry, isForecast);
  const step = usualStep(order.times);
  const extent = extentOf(order.times, step, reports, dry, table.rows);
  const plain = answerOf(table, chosen, step, extent);
  const answer = plain && withForecasts(plain, table, reports, forecasts, columnsOf(analyses), 'horizon');
  const suggestion = answer?.mapping ?? null;
  const columns =
    suggestion === null
      ? reports
      : reports.map((report) => ({ ...report, role: roleOf(suggestion, report.index) }));
  const range = order.times.length === 0 ? null : { from: order.times[0] ?? 0, to: order.times.at(-1) ?? 0 };
  const gaps = step === null ? { gaps: [], gapCount: 0 } : findGaps(order.times, step, MOST_GAPS);
  return {
    id,
    fileName: source.fileName,
    path: source.bundled ? null : source.path,
    bytes: table.bytes,
    rows: table.rows,
    format: table.format,
    encoding: table.encoding,
    delimiter: table.delimiter,
    decimal: table.decimal,
    headerLine: table.headerLine,
    time:
      time === null ? null : { column: time.column, parts: time.parts, format: time.format, zone: time.zone },
    range,
    step,
    duplicateTimes: order.duplicates,
    unsortedRows: order.unsorted,
    ...gaps,
    columns,
    problems: [
      ...problemsOf(table, reports, order),
      ...(suggestion === null ? [] : doubtsOf(reports, suggestion, range, Date.now())),
      ...dryNotes(reports, dry),
      ...forecastNotes(table, analyses),
      ...oddCells(reports.filter(({ index }) => time?.parts.includes(index) !== true)),
    ],
    suggestion,
    leftOut: answer?.leftOut ?? chosen.leftOut,
    subjects: chosen.subjects,
    plan: answer?.plan ?? null,
    shortage: shortageOf(table, reports, order, answer),
    options: table.options,
    head: table.head,
    dateFormats: time?.formats ?? [],
    files: table.files,
    overlaps: table.overlaps,
    stations: table.stations,
    knownAhead: forecasts.map(({ base: _base, ...known }) => known),
    forecasts: table.forecasts ?? null,
  };
}

/** The answer to the usual question; null where nothing can be forecast. */
function answerOf(
  table: RawTable,
  { mapping, subjects, leftOut }: MappingSuggestion,
  step: UsualStep | null,
  extent: Extent | null,
): Answer | null {
  if (mapping === null || subjects === null) return null;
  return answerQuestion(
    table,
    { mapping, subjects, leftOut, ...(extent && { extent }) },
    step?.seconds ?? SECONDS_PER_DAY,
    null,
  );
}

/** Null of a record without a step, or whose step is the usual one of an uneven log. */
function extentOf(
  times: Float64Array,
  step: UsualStep | null,
  reports: readonly ColumnReport[],
  dry: ReadonlyMap<number, number>,
  rows: number,
): Extent | null {
  if (step === null || step.exactShare < LEAST_EVEN_SHARE) return null;
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  const expected = seconds / step.seconds + 1;
  const missing = reports.map(({ index, count }): [number, number] => [
    index,
    dry.has(index) ? 0 : 1 - count / Math.max(1, rows),
  ]);
  return { seconds, missing: new Map(missing), holes: Math.max(0, 1 - times.length / expected) };
}

/**
 * The answer to a question, for the table that the summary is of.
 * @throws Problem 'no-number-column' where nothing can be forecast
 */
export function answerFor(table: RawTable, summary: DatasetSummary, question: Question): Answer {
  const { suggestion, subjects, step } = summary;
  if (suggestion === null || subjects === null) {
    throw new Problem('no-number-column', { file: summary.fileName });
  }
  // What costs windows of one question may cost none of another.
  const forecasts = forecastsOf(table, summary.columns);
  const isForecast = new Set(forecasts.map(({ index }) => index));
  const dear = summary.leftOut.filter(({ why }) => why === 'costs-windows');
  const inputs = [...suggestion.inputs, ...dear.map(({ column }) => column)]
    .filter((index) => !isForecast.has(index))
    .sort((a, b) => a - b);
  const leftOut = summary.leftOut.filter((each) => !dear.includes(each) && !isForecast.has(each.column));
  const dry = new Set(
    summary.problems.filter(({ code }) => code === 'rain-empty').map((each) => each.params['column']),
  );
  const columns = suggestion.columns.map((choice) => ({
    ...choice,
    gapPolicy: dry.has(summary.columns[choice.index]?.name ?? '') ? ('zero' as const) : ('linear' as const),
  }));
  const { knownAhead: _ahead, service: _service, ...readings } = suggestion;
  const mapping = {
    ...readings,
    from: null,
    target: subjects.usual,
    alsoTargets: [],
    inputs,
    columns,
    stepSeconds: null,
  };
  const plain = answerQuestion(
    table,
    { mapping, subjects, leftOut },
    step?.seconds ?? SECONDS_PER_DAY,
    question,
  );
  const analyses = columnsOf(analysesAmong(table, summary.columns, forecasts));
  return withForecasts(plain, table, summary.columns, forecasts, analyses, 'service');
}

/** Rows for the preview; fewer, or none, beyond the end. */
export function pageOf(table: RawTable, from: number, count: number): RowsPage {
  const end = Math.min(table.rows, from + count);
  const rows: string[][] = [];
  for (let row = from; row < end; row += 1) rows.push(table.columns.map((column) => column.textAt(row)));
  return { from, rows };
}

function reportColumn(
  table: RawTable,
  column: CellColumn,
  index: number,
  meaning: Meaning,
  order: TimeOrder,
): { readonly report: ColumnReport; readonly traits: ColumnTraits } {
  const readings = readingsOf(column, meaning.quantity, meaning.unit);
  const statistics = statisticsOf(readings.values);
  const report: ColumnReport = {
    index,
    name: column.name,
    ...meaning,
    role: 'ignore',
    count: readings.count,
    missing: readings.missing,
    words: readings.words,
    firstWord: wordAt(table, column, readings.firstWordRow),
    outOfRange: readings.outOfRange,
    ...findFaults(column, readings, meaning, order, table.lines),
    ...statistics,
    spark: readings.count === 0 ? [] : sparkOf(readings.values),
    histogram: histogramOf(readings.values, statistics.min, statistics.max),
  };
  return { report, traits: traitsOf(readings.values, order) };
}

/** Dates have no quantity: `count` counts those that can be read, `words` those that cannot. */
function reportTime(table: RawTable, column: CellColumn, index: number): ColumnReport {
  const unreadable = table.time?.unreadable ?? 0;
  let missing = 0;
  for (let row = 0; row < table.rows; row += 1) if (column.kindAt(row) === EMPTY) missing += 1;
  return {
    index,
    name: column.name,
    quantity: 'other',
    unit: '',
    role: 'time',
    count: table.rows - unreadable - missing,
    missing,
    words: unreadable,
    firstWord: wordAt(table, column, table.time?.firstUnreadableRow ?? -1),
    outOfRange: 0,
    ...NO_FAULTS,
    min: null,
    max: null,
    mean: null,
    standardDeviation: null,
    spark: [],
    histogram: null,
  };
}

/** With more rain cells empty than this share, an empty cell means that no rain fell. */
const DRY_SHARE = 0.2;

/**
 * Rain columns that are left empty where no rain fell, with the count of empty cells: services such as KMA write so.
 * Words for missing and sentinels are not counted, they say themselves what they mean.
 */
function dryColumns(table: RawTable, reports: readonly ColumnReport[]): ReadonlyMap<number, number> {
  const dry = new Map<number, number>();
  for (const { index, quantity, count } of reports) {
    const column = table.columns[index];
    if (quantity !== 'rain' || count === 0 || column === undefined) continue;
    let empty = 0;
    for (let row = 0; row < table.rows; row += 1) if (column.kindAt(row) === EMPTY) empty += 1;
    if (empty > DRY_SHARE * table.rows) dry.set(index, empty);
  }
  return dry;
}

/** Said of so many columns at most: a longer list is not read. */
const MOST_ODD_COLUMNS = 12;

/** Cells that hold no number in a column of numbers: each counts as missing. */
function oddCells(reports: readonly ColumnReport[]): ProblemData[] {
  return reports
    .filter(
      (report) =>
        report.words > 0 && report.count > 0 && !holdsWords(report) && !isIdentifierName(report.name),
    )
    .slice(0, MOST_ODD_COLUMNS)
    .map(({ name, words, firstWord }) => ({
      code: 'odd-cells',
      params: { column: name, count: words, line: firstWord?.line ?? 0, text: firstWord?.text ?? '' },
    }));
}

/** A record of which nothing can be learned whatever is chosen, and what would help. */
function shortageOf(
  { source }: RawTable,
  reports: readonly ColumnReport[],
  { rows: { length: rows } }: TimeOrder,
  answer: Answer | null,
): ProblemData | null {
  if (answer === null || answer.isTrainable) return null;
  const { name = '', count = 0 } = reports[answer.mapping.target] ?? {};
  return {
    code: 'too-short',
    // Of each time one row counts, as in training.
    params: { file: source.fileName, column: name, count: Math.min(count, rows), rows, needed: LEAST_ROWS },
  };
}

function dryNotes(reports: readonly ColumnReport[], dry: ReadonlyMap<number, number>): ProblemData[] {
  return [...dry].map(([index, count]) => ({
    code: 'rain-empty',
    params: { column: reports[index]?.name ?? '', count },
  }));
}

function wordAt(table: RawTable, column: CellColumn, row: number): ColumnReport['firstWord'] {
  if (row < 0) return null;
  return { line: table.lines[row] ?? 0, text: column.textAt(row).slice(0, LONGEST_WORD) };
}

function problemsOf(table: RawTable, reports: readonly ColumnReport[], order: TimeOrder): ProblemData[] {
  const file = table.source.fileName;
  const problems: ProblemData[] = [];
  const { time } = table;
  const { sharedTimes } = table;
  if (sharedTimes !== undefined) {
    const { column, rows } = sharedTimes;
    problems.push({ code: 'times-shared', params: { file, column, count: rows } });
  } else if (time === null) {
    problems.push({ code: 'no-time-column', params: { file } });
  }
  if (time?.typicalYear !== undefined) {
    const { years, from, to, year } = time.typicalYear;
    // Years are texts: as numbers they would be written with a sign for thousands.
    const params = { file, years, from: String(from), to: String(to), year: String(year) };
    problems.push({ code: 'typical-year', params });
  }
  if (time !== null && time.unreadable > 0) {
    const report = reports[time.column];
    const params = {
      column: report?.name ?? '',
      count: time.unreadable,
      line: report?.firstWord?.line ?? 0,
      text: report?.firstWord?.text ?? '',
    };
    problems.push({ code: 'unreadable-dates', params });
  }
  if (table.passedOver !== undefined) {
    problems.push({ code: 'rows-passed-over', params: { file, ...table.passedOver } });
  }
  if (order.duplicates > MOST_REPEATED * table.rows) {
    const params = { file, count: order.duplicates, rows: table.rows };
    problems.push({ code: 'times-repeated', params });
  }
  const [station, ...others] = table.stations;
  if (station !== undefined) {
    problems.push({ code: 'several-stations', params: { file, count: others.length + 1, station } });
  }
  if (!reports.some((report) => report.index !== time?.column && report.count > 0 && !holdsWords(report))) {
    problems.push({ code: 'no-number-column', params: { file } });
  }
  return problems;
}
