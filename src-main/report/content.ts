import type { InputName } from '../contract/series';
import type { Forecast, Verification } from '../contract/results';
import type { Span } from '../contract/readings';
import type { TrainingSettings } from '../contract/settings';

/** All that a report says of a run. Times as `Series.time`, unless it says UTC. */
export interface ReportContent {
  readonly name: string;
  readonly sourceFile: string;
  /** When it was trained and when the report was made; milliseconds since 1970, UTC. */
  readonly trainedAt: number;
  readonly madeAt: number;
  readonly data: {
    readonly rows: number;
    readonly from: number;
    readonly to: number;
    readonly stepLabel: string;
    /** Values of the target that were filled, not read. */
    readonly filled: number;
    /** Windows that a filled gap tells what was read only later; 0 where such are left out. */
    readonly toldByLater: number;
    /** What a person took out of the columns. */
    readonly struck: readonly (Span & { readonly column: string })[];
  };
  readonly inputNames: readonly InputName[];
  readonly settings: TrainingSettings;
  readonly parameterCount: number;
  readonly epochs: number;
  readonly keptEpoch: number;
  /** Target times of each part; null where it has no windows. */
  readonly parts: Readonly<
    Record<'train' | 'validation' | 'test', { readonly from: number; readonly to: number } | null>
  >;
  readonly windows: Readonly<Record<'train' | 'validation' | 'test', number>>;
  readonly verification: Verification;
  readonly forecast: Forecast;
  readonly versions: Readonly<Record<string, string>>;
}
