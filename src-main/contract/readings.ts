import { z } from 'zod';
import { instantSchema } from './series';

/** A stretch of time, both ends included; as `Series.time`. */
const spanSchema = z.strictObject({ from: instantSchema, to: instantSchema });
export type Span = Readonly<z.infer<typeof spanSchema>>;

/** A column with more struck spans than this is of no use. */
export const MOST_STRUCK = 2000;

/** The spans of a column whose readings a person took out: they count as missing. In order, none touching another. */
export const struckSchema = z.array(spanSchema).max(MOST_STRUCK).readonly();
export type Struck = readonly Span[];

/**
 * What a reading can be marked as: outside what there is, off the readings around it, the same for longer than the
 * quantity stays so by itself, of a time that stands more than once, missing and filled by the gap policy, taken out by a
 * person. One of several is marked as the first of: struck, out of range, spike, stuck.
 */
export const READING_MARKS = ['out-of-range', 'spike', 'stuck', 'repeated', 'filled', 'struck'] as const;
export type ReadingMark = (typeof READING_MARKS)[number];

/** Readings over time, to be drawn as they are: NaN where a line breaks. */
export interface CoursePoints {
  readonly time: Float64Array;
  readonly value: Float32Array;
}

/** How many readings bear a mark, and in how many runs they stand. */
export type MarkCounts = Readonly<Record<ReadingMark, { readonly readings: number; readonly runs: number }>>;

/** Readings of a column between two instants, reduced so that no lowest or highest of any pixel is lost. */
export interface Course {
  readonly line: CoursePoints;
  readonly marks: Readonly<Record<ReadingMark, CoursePoints>>;
  /** Of the readings that count, between the two instants; null where there is none. */
  readonly range: readonly [low: number, high: number] | null;
}

/** Readings of one mark that follow on each other. */
export interface MarkedRun extends Span {
  readonly readings: number;
  /** Its place among the runs of the column, from 0. */
  readonly place: number;
}

/** Spans in order, those that overlap or touch made one. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || span.from > last.to + 1) merged.push(span);
    else merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return merged;
}

/** What remains of spans once another is taken out of them. Instants are whole milliseconds. */
export function withoutSpan(spans: readonly Span[], taken: Span): Span[] {
  return spans.flatMap(({ from, to }) => {
    if (to < taken.from || from > taken.to) return [{ from, to }];
    return [
      ...(from < taken.from ? [{ from, to: taken.from - 1 }] : []),
      ...(to > taken.to ? [{ from: taken.to + 1, to }] : []),
    ];
  });
}

/** Whether an instant lies in one of the spans, which are as in `Struck`. */
export function coversTime(spans: Struck, time: number): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return (spans[low]?.from ?? Infinity) <= time;
}

export const MOST_KEPT_STRUCK = 50;

/** What was struck in the data sets that were open, by the names of their columns, those used last at the end. */
export const keptStruckSchema = z
  .array(
    z.strictObject({
      /** Files and how they were read, as a text of the window's own. */
      dataset: z.string().max(1_000_000),
      columns: z
        .array(
          z.strictObject({
            column: z.string().max(1000),
            spans: struckSchema,
            /** Those that count whatever they look like. */
            kept: struckSchema.optional(),
          }),
        )
        .readonly(),
    }),
  )
  .max(MOST_KEPT_STRUCK)
  .readonly();
export type KeptStruck = z.infer<typeof keptStruckSchema>[number];
