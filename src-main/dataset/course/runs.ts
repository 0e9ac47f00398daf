import { Problem } from '../../contract/problems';
import {
  mergeSpans,
  MOST_STRUCK,
  READING_MARKS,
  type Course,
  type CoursePoints,
  type MarkCounts,
  type MarkedRun,
  type ReadingMark,
  type Span,
} from '../../contract/readings';
import { codeOf, type MarkedColumn } from './marked-column';
import { reduceSpan } from './reduce';

/** Readings of a column between two instants, reduced to so many pixels. */
export function drawCourse(column: MarkedColumn, span: Span, pixels: number): Course {
  const { readings, marks, repeated, filled, breakAfter } = column;
  const isMissing = new Uint8Array(READING_MARKS.length + 1);
  isMissing[codeOf('struck')] = 1;
  isMissing[codeOf('out-of-range')] = 1;
  isMissing[codeOf('spike')] = isMissing[codeOf('stuck')] = column.faultsAreMissing ? 1 : 0;
  const line = reduceSpan(
    readings,
    { span, buckets: pixels, breakAfter },
    (at) => isMissing[marks[at] as number] === 0,
  );
  const points = { span, buckets: pixels, breakAfter: Infinity };
  const pointsOf = (mark: ReadingMark): CoursePoints => {
    if (mark === 'repeated') return reduceSpan(repeated, points);
    if (mark === 'filled') return reduceSpan(filled, points);
    const code = codeOf(mark);
    return column.codes.has(code) ? reduceSpan(readings, points, (at) => marks[at] === code) : NO_POINTS;
  };
  const entries = READING_MARKS.map((mark) => [mark, pointsOf(mark)]);
  return { line, marks: Object.fromEntries(entries) as Course['marks'], range: rangeOf(line, span) };
}

const NO_POINTS: CoursePoints = { time: new Float64Array(0), value: new Float32Array(0) };

function rangeOf({ time, value }: CoursePoints, { from, to }: Span): Course['range'] {
  let [low, high] = [Infinity, -Infinity];
  value.forEach((reading, at) => {
    if (!((time[at] as number) >= from && (time[at] as number) <= to) || Number.isNaN(reading)) return;
    low = Math.min(low, reading);
    high = Math.max(high, reading);
  });
  return low <= high ? [low, high] : null;
}

/** The runs of a mark, in order of time: of readings that follow on each other. */
function* runsOf(column: MarkedColumn, mark: ReadingMark): Generator<MarkedRun> {
  const { readings, marks, breakAfter } = column;
  const isApart = mark === 'filled' || mark === 'repeated';
  const { times, values } = isApart ? column[mark] : readings;
  const code = codeOf(mark);
  if (!isApart && !column.codes.has(code)) return;
  let place = 0;
  let start = -1;
  let last = -1;
  let count = 0;
  const run = (): MarkedRun => ({
    from: times[start] as number,
    to: times[last] as number,
    readings: count,
    place,
  });
  for (let at = 0; at < times.length; at += 1) {
    if (Number.isNaN(values[at] as number)) continue;
    const bears = isApart || marks[at] === code;
    const ends = isApart ? (times[at] as number) - (times[last] as number) > breakAfter : !bears;
    if (start >= 0 && ends) {
      yield run();
      place += 1;
      start = -1;
      count = 0;
    }
    if (!bears) continue;
    if (start < 0) start = at;
    last = at;
    count += 1;
  }
  if (start >= 0) yield run();
}

export function countMarks(column: MarkedColumn): MarkCounts {
  const countOf = (mark: ReadingMark): MarkCounts[ReadingMark] => {
    let [readings, runs] = [0, 0];
    for (const run of runsOf(column, mark)) {
      readings += run.readings;
      runs += 1;
    }
    return { readings, runs };
  };
  return Object.fromEntries(READING_MARKS.map((mark) => [mark, countOf(mark)])) as MarkCounts;
}

/** The first run that begins after an instant, or the last that ends before it; null for none. */
export function findMark(
  column: MarkedColumn,
  mark: ReadingMark,
  near: number,
  direction: 'earlier' | 'later',
): MarkedRun | null {
  let before: MarkedRun | null = null;
  for (const run of runsOf(column, mark)) {
    if (direction === 'later' && run.from > near) return run;
    if (direction === 'earlier' && run.to >= near) break;
    before = run;
  }
  return direction === 'earlier' ? before : null;
}

/**
 * The spans of all runs of a mark.
 * @throws Problem 'too-many-struck'
 */
export function listMarks(column: MarkedColumn, mark: ReadingMark): readonly Span[] {
  const spans = mergeSpans([...runsOf(column, mark)].map(({ from, to }) => ({ from, to })));
  if (spans.length > MOST_STRUCK) {
    const params = { column: column.name, count: spans.length, limit: MOST_STRUCK };
    throw new Problem('too-many-struck', params);
  }
  return spans;
}
