import type {
  ColumnMapping,
  ColumnReading,
  DatasetSummary,
  PreparationSummary,
  ReadingOptions,
  ReadingProgress,
  RowsPage,
} from '../contract/dataset';
import type { ProblemData } from '../contract/problems';
import type { Question } from '../contract/plan';
import type { Answer } from '../contract/question';
import type { Course, MarkCounts, MarkedRun, ReadingMark, Span } from '../contract/readings';
import type { Remedy } from '../contract/remedy';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import type { TaskReply, TaskRequest } from '../processes/tasks';
import type { SourceFile } from './bytes/source-file';
import type { ReadingLimits } from './reading-watch';
import type { SeriesPiece } from './series-pieces';

export interface CourseAsk extends Span {
  readonly reading: ColumnReading;
  /** As many as there are to draw the span on. */
  readonly pixels: number;
}

export interface ListMarksAsk {
  readonly reading: ColumnReading;
  readonly mark: ReadingMark;
}

export interface FindMarkAsk extends ListMarksAsk {
  readonly near: number;
  readonly direction: 'earlier' | 'later';
}

/** What a process that reads can be asked, each with what it answers. It holds one table, the one it opened. */
export interface ReaderTasks {
  readonly open: {
    readonly ask: {
      readonly datasetId: string;
      readonly sources: readonly SourceFile[];
      readonly options: ReadingOptions;
    };
    readonly answer: DatasetSummary;
  };
  readonly rows: {
    readonly ask: { readonly from: number; readonly count: number };
    readonly answer: RowsPage;
  };
  /** Of one column, as it is read in the mapping. */
  readonly course: { readonly ask: CourseAsk; readonly answer: Course };
  readonly countMarks: { readonly ask: { readonly reading: ColumnReading }; readonly answer: MarkCounts };
  readonly findMark: { readonly ask: FindMarkAsk; readonly answer: MarkedRun | null };
  readonly listMarks: { readonly ask: ListMarksAsk; readonly answer: readonly Span[] };
  /** Its arrays come before it, piece by piece: it has none itself. */
  readonly series: { readonly ask: { readonly mapping: ColumnMapping }; readonly answer: Series };
  readonly check: {
    readonly ask: { readonly mapping: ColumnMapping; readonly settings: TrainingSettings };
    readonly answer: PreparationSummary;
  };
  readonly answer: { readonly ask: { readonly question: Question }; readonly answer: Answer };
  /** The mapping with forecasts of a weather service among its inputs, where the table has some for the target. */
  readonly forecasts: {
    readonly ask: { readonly mapping: ColumnMapping; readonly horizon: number };
    readonly answer: ColumnMapping;
  };
  /** Every forecast that was joined, with its issue, as CSV; null where there are none. */
  readonly archive: { readonly ask: Record<string, never>; readonly answer: string | null };
  readonly remedies: {
    readonly ask: { readonly mapping: ColumnMapping; readonly settings: TrainingSettings };
    readonly answer: readonly Remedy[];
  };
}

export type ReaderWork =
  | { readonly kind: 'progress'; readonly progress: ReadingProgress }
  | { readonly kind: 'piece'; readonly piece: SeriesPiece };

export type ReaderRequest =
  | TaskRequest<ReaderTasks>
  /** What it may take: the first that a process hears. */
  | { readonly kind: 'limits'; readonly limits: ReadingLimits };

/** All work is over, also what was running: the parent ends the process. */
export interface ReaderEnded {
  readonly kind: 'ended';
  readonly problem: ProblemData;
}

export type ReaderReply = TaskReply<ReaderTasks, ReaderWork>;
