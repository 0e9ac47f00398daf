import type { DatasetSummary, ReadingOptions, ReadingProgress } from '../contract/dataset';
import type { CellColumn } from './columns';
import type { TimeColumn } from './time-column';

export interface SourceFile {
  readonly path: string;
  readonly fileName: string;
  readonly bundled: boolean;
}

export interface ReadHooks {
  onProgress(progress: ReadingProgress): void;
  readonly signal: AbortSignal;
}

/** What a reader makes of a file: cells by column, and where each row came from. */
export interface ReadCells {
  readonly format: DatasetSummary['format'];
  readonly encoding: string;
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  /** 1-based; 0 where there is none. */
  readonly headerLine: number;
  readonly columns: readonly CellColumn[];
  readonly rows: number;
  /** The 1-based line of the file in which each row begins. */
  readonly lines: Uint32Array;
}

/** A file as it was read, with its time column found. */
export interface RawTable extends ReadCells {
  readonly source: SourceFile;
  readonly bytes: number;
  readonly time: TimeColumn | null;
  readonly options: ReadingOptions;
  /** The first lines as they stand in the file, cut. */
  readonly head: readonly string[];
  readonly files: DatasetSummary['files'];
  /** Where the file holds several stations: their names, that of these rows first. */
  readonly stations: readonly string[];
  /** Rows of joined files left out since a file before has that time. */
  readonly overlaps: number;
}
