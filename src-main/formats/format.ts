import type { ExportFormat, FormatUnchecked } from '../contract/export-formats';
import type { Series } from '../contract/series';
import type { Forecaster } from '../forecaster';
import type { ModelParts } from './parts';
import type { Said, Windows } from './windows';

/** A trained model on its way out. */
export interface Traveller {
  readonly forecaster: Forecaster;
  readonly series: Series;
  readonly parts: ModelParts;
}

/** What the model in a file forecasts for windows, and the library that opened it. */
export interface Opened {
  readonly kind: 'opened';
  readonly by: string;
  readonly said: Said;
}

/** A format: how its files are written, and how they are opened to be checked. Names of files: `EXPORT_FORMATS`. */
export interface ModelFormat {
  readonly model: (traveller: Traveller) => Uint8Array | string;
  /** A program of at most 30 lines that reads series.csv and prints the forecast. */
  readonly example: (traveller: Traveller) => string;
  /** How the example is run: a line for README.txt. */
  readonly run: string;
  /**
   * Forecasts with the file as it lies on the disk.
   * @param path of the model's file
   */
  readonly open: (path: string, windows: Windows, traveller: Traveller) => Promise<Opened | FormatUnchecked>;
  /** Bytes of memory that forecasting takes beside the model; only where it is known. */
  readonly workingBytes?: (parts: ModelParts) => number;
}

export type ModelFormats = Readonly<Record<ExportFormat, ModelFormat>>;
