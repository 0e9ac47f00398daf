import type { DatasetSummary, ReadingOptions, ReadingProgress } from '../../contract/dataset';
import type { ForecastJoin } from '../../contract/forecast-join';
import type { SourceFile } from '../bytes/source-file';
import type { CellColumn } from './columns';

export interface ReadHooks {
  onProgress(progress: ReadingProgress): void;
  readonly signal: AbortSignal;
}

/** Lines that look like readings and became no rows: how many, and the first of them. */
export interface PassedOver {
  readonly count: number;
  /** 1-based, of the file. */
  readonly line: number;
  readonly text: string;
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
  readonly passedOver?: PassedOver;
}

/** Whole months that stand each for the most typical of many years, laid in one year. */
export interface TypicalYear {
  /** The year in which they are laid. */
  readonly year: number;
  /** How many different years the months are of, and the first and the last. */
  readonly years: number;
  readonly from: number;
  readonly to: number;
}

/** A column of dates, read. */
export interface TimeColumn {
  readonly column: number;
  /** The columns that make up the time; `column` is the first. */
  readonly parts: readonly number[];
  /** For people: 'YYYY-MM-DD HH:mm'. */
  readonly format: string;
  /** The formats in which it could be read, `format` first. */
  readonly formats: readonly string[];
  readonly zone: string | null;
  /** The station's clock as if it were UTC, in milliseconds; one a row, NaN where it cannot be read. */
  readonly times: Float64Array;
  /** Cells that are not empty and yet no date; the first of them. */
  readonly unreadable: number;
  readonly firstUnreadableRow: number;
  readonly typicalYear?: TypicalYear;
}

/** How the forecasts of a step become one: those of a day are its highest, its mean. */
export type ForecastAspect = 'usual' | 'highest' | 'lowest';

/** A column of forecasts: one number a forecast, in the unit of the file; NaN for none. */
export interface ForecastColumn {
  readonly values: Float64Array;
  readonly aspect: ForecastAspect;
}

/** Forecasts with their issue, in order of valid time and, of one valid time, of issue. Times are of the station's clock. */
export interface ForecastArchive {
  readonly valid: Float64Array;
  readonly issued: Float64Array;
  /** From one valid time to the next. */
  readonly stepSeconds: number;
  /** By the place of each in the columns of the table. */
  readonly columns: ReadonlyMap<number, ForecastColumn>;
}

/** A file as it was read, with its time column found. */
export interface RawTable extends ReadCells {
  readonly source: SourceFile;
  readonly bytes: number;
  readonly time: TimeColumn | null;
  /** Where a column of dates is not taken as the time, since most rows share one of theirs: its name. */
  readonly sharedTimes?: { readonly column: string; readonly rows: number };
  readonly options: ReadingOptions;
  /** The first lines as they stand in the file, cut. */
  readonly head: readonly string[];
  readonly files: DatasetSummary['files'];
  /** Where the file holds several stations: their names, that of these rows first. */
  readonly stations: readonly string[];
  /** Where it is one file and these are rows of one of its stations: those of all. */
  readonly whole?: { readonly cells: ReadCells; readonly time: TimeColumn };
  /** Rows of joined files left out since a file before has that time. */
  readonly overlaps: number;
  /** Where files of forecasts were joined. */
  readonly archive?: ForecastArchive;
  readonly forecasts?: ForecastJoin;
  /** Joins those files to the readings of another of its stations. */
  readonly joinForecasts?: (table: RawTable) => RawTable;
}
