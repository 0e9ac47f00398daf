import type {
  ColumnMapping,
  DatasetSummary,
  PreparationSummary,
  ReadingOptions,
  ReadingProgress,
  RowsPage,
} from '../contract/dataset';
import type { ProblemData } from '../contract/problems';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import type { SourceFile } from './bytes/source-file';

/** What the worker is asked; each request has a number, and its reply bears the same. */
export type ReaderRequest =
  | {
      readonly kind: 'open';
      readonly request: number;
      readonly datasetId: string;
      readonly sources: readonly SourceFile[];
      readonly options: ReadingOptions;
    }
  | {
      readonly kind: 'rows';
      readonly request: number;
      readonly datasetId: string;
      readonly from: number;
      readonly count: number;
    }
  | {
      readonly kind: 'series';
      readonly request: number;
      readonly datasetId: string;
      readonly mapping: ColumnMapping;
    }
  | {
      readonly kind: 'check';
      readonly request: number;
      readonly datasetId: string;
      readonly mapping: ColumnMapping;
      readonly settings: TrainingSettings;
    }
  /** Ends the reading that is under way; the request that opened it fails with 'cancelled'. */
  | { readonly kind: 'cancel' };

export type ReaderValue = DatasetSummary | RowsPage | Series | PreparationSummary;

export type ReaderReply =
  | { readonly kind: 'progress'; readonly request: number; readonly progress: ReadingProgress }
  | { readonly kind: 'done'; readonly request: number; readonly value: ReaderValue }
  | { readonly kind: 'failed'; readonly request: number; readonly problem: ProblemData };
