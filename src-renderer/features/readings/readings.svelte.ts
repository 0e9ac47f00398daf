import { request } from '../../api';
import type { AppState } from '../../app-state.svelte';
import {
  type ColumnReading,
  type ColumnReport,
  type DatasetSummary,
} from '../../../src-main/contract/dataset';
import { toProblem, type ProblemData } from '../../../src-main/contract/problems';
import {
  READING_MARKS,
  type MarkedRun,
  type ReadingMark,
  type Span,
} from '../../../src-main/contract/readings';
import { choiceOf } from '../columns/mapping';
import { drawnColumns, NO_COUNTS, withCounts, type CountsByColumn } from './marks';
import type { ColumnSpans } from './struck-changes';
import { spanAround, type Extent } from './visible-span';

/** Some readings of a column: what is struck or taken back next. */
export interface Selection extends Span {
  readonly column: number;
}

/** The run of a mark that was gone to last: which of all of them, from 1. */
interface Stop {
  readonly mark: ReadingMark;
  readonly column: number;
  readonly run: MarkedRun;
  /** Readings were struck or taken back since: its place no longer counts, but stepping continues from there. */
  readonly isPast: boolean;
}

/** What the readings of a data set are looked at with. */
export class ReadingsLook {
  readonly extent: Extent;
  readonly #app: AppState;
  readonly #dataset: DatasetSummary;
  span: Span = $state.raw({ from: 0, to: 0 });
  selection: Selection | null = $state.raw(null);
  stop: Stop | null = $state.raw(null);
  problem: ProblemData | null = $state.raw(null);
  counts: CountsByColumn = $state.raw(NO_COUNTS);
  /** How each column was read when it was counted. */
  readonly #counted: Record<number, string> = {};
  /** The running count. */
  #asked = {};

  constructor(app: AppState, dataset: DatasetSummary) {
    this.#app = app;
    this.#dataset = dataset;
    const { range, step } = dataset;
    const whole = { from: range?.from ?? 0, to: range?.to ?? 0 };
    this.extent = { whole, step: (step?.seconds ?? 86_400) * 1000 };
    this.span = whole;
  }

  readonly timeColumn = $derived.by(() => this.#app.mapping?.time ?? this.#dataset.time?.column ?? 0);
  readonly columns = $derived.by(() => drawnColumns(this.#dataset, this.timeColumn));

  /** How a column is read by what is chosen for it now. */
  readingOf(report: ColumnReport): ColumnReading {
    const { mapping } = this.#app;
    const { index, quantity, unit } = report;
    const choice =
      mapping === null
        ? { index, quantity, unit, useUnit: unit, gapPolicy: 'linear' as const, kept: [] }
        : choiceOf(mapping, report);
    return { time: this.timeColumn, gapLimit: mapping?.gapLimit ?? null, choice };
  }

  /** Whether every column has been looked through. */
  readonly isCounted = $derived.by(() => this.columns.every(({ index }) => this.counts.has(index)));

  /** The columns that hold a mark. A time that is repeated is so in all: one of them stands for the others. */
  #holding(mark: ReadingMark): readonly ColumnReport[] {
    const runsIn = ({ index }: ColumnReport): number => this.counts.get(index)?.[mark].runs ?? 0;
    const holding = this.columns.filter((report) => runsIn(report) > 0);
    if (mark !== 'repeated') return holding;
    const most = Math.max(...holding.map(runsIn));
    return holding.filter((report) => runsIn(report) === most).slice(0, 1);
  }

  /** Over all columns. */
  readonly totals = $derived.by(() =>
    READING_MARKS.map((mark) => {
      const each = this.#holding(mark).map(({ index }) => this.counts.get(index)?.[mark]);
      const sum = (of: 'readings' | 'runs'): number =>
        each.reduce((all, count) => all + (count?.[of] ?? 0), 0);
      return { mark, readings: sum('readings'), runs: sum('runs') };
    }),
  );

  /** Counts the marks of those columns that are read in another way than when they were counted last, one by one. */
  async count(): Promise<void> {
    const asked = {};
    this.#asked = asked;
    for (const report of this.columns) {
      const reading = this.readingOf(report);
      const key = JSON.stringify(reading);
      if (this.#counted[report.index] === key) continue;
      try {
        const counts = await request('countMarks', { datasetId: this.#dataset.id, reading });
        this.#counted[report.index] = key;
        this.counts = withCounts(this.counts, report.index, counts);
      } catch (error) {
        // Another data set was opened meanwhile: its own look counts it.
        if (this.#asked === asked) this.problem = toProblem(error).toData();
        return;
      }
      if (this.#asked !== asked) return;
    }
  }

  /** Nothing more is counted. */
  end(): void {
    this.#asked = {};
  }

  /** The place of the stop among all runs of its mark, from 1; 0 where it is of another mark or none. */
  placeOf(mark: ReadingMark): number {
    if (this.stop?.mark !== mark || this.stop.isPast) return 0;
    const { column, run } = this.stop;
    const before = this.#holding(mark)
      .filter(({ index }) => index < column)
      .reduce((sum, { index }) => sum + (this.counts.get(index)?.[mark].runs ?? 0), 0);
    return before + run.place + 1;
  }

  /** Goes to the next or the last run of a mark, column after column, and selects it. */
  async goTo(mark: ReadingMark, direction: 'earlier' | 'later'): Promise<void> {
    const holding = this.#holding(mark);
    const inOrder = direction === 'later' ? holding : [...holding].reverse();
    const own = this.stop?.mark === mark ? this.stop : null;
    const start = inOrder.findIndex(({ index }) => index === own?.column);
    // Once round, so that one can go on for ever.
    const round =
      start < 0
        ? inOrder
        : [...inOrder.slice(start), ...inOrder.slice(0, start), ...inOrder.slice(start, start + 1)];
    const edge = direction === 'later' ? -EVER : EVER;
    await this.attempt(async () => {
      for (const [at, report] of round.entries()) {
        const near =
          at > 0 || own === null || start < 0 ? edge : direction === 'later' ? own.run.to : own.run.from;
        const ask = { datasetId: this.#dataset.id, reading: this.readingOf(report), mark, near, direction };
        const run = await request('findMark', ask);
        if (run === null) continue;
        this.stop = { mark, column: report.index, run, isPast: false };
        this.select({ column: report.index, from: run.from, to: run.to });
        this.span = spanAround(this.extent, this.span, run);
        return;
      }
    });
  }

  select(selection: Selection | null): void {
    this.selection = selection;
  }

  /** Strikes what is selected, takes it back, or keeps it. */
  edit(how: 'strike' | 'takeBack' | 'keep'): void {
    const { selection } = this;
    if (selection === null) return;
    const { column, from, to } = selection;
    this.leaveStop();
    void this.attempt(() => this.#app.edits[how]([{ column, spans: [{ from, to }] }]));
  }

  leaveStop(): void {
    if (this.stop !== null) this.stop = { ...this.stop, isPast: true };
  }

  /** Keeps all readings that bear a mark, in every column; of those that are struck, takes all back. */
  async editAll(mark: ReadingMark): Promise<void> {
    this.leaveStop();
    await this.attempt(async () => {
      const found: ColumnSpans[] = [];
      for (const report of this.#holding(mark)) {
        const reading = this.readingOf(report);
        const spans = mark === 'struck' ? (reading.choice.struck ?? []) : await this.#list(reading, mark);
        found.push({ column: report.index, spans });
      }
      this.#app.edits[mark === 'struck' ? 'takeBack' : 'keep'](found);
    });
  }

  async #list(reading: ColumnReading, mark: ReadingMark): Promise<readonly Span[]> {
    return request('listMarks', { datasetId: this.#dataset.id, reading, mark });
  }

  /** Does something; the problem there is is shown where the readings are. */
  async attempt(work: () => Promise<void> | void): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (error) {
      this.problem = toProblem(error).toData();
    }
  }
}

/** Beyond all instants that there are, and still one that a request may carry. */
const EVER = 8.64e15;
