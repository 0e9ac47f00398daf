import type { ColumnMapping } from './dataset';
import type { TrainingSettings } from './settings';

/** What can be done where no window is left: columns left out, gaps that hold their last reading, a shorter window. */
export const REMEDY_KINDS = ['leave-out', 'hold-last', 'parts', 'window'] as const;
export type RemedyKind = (typeof REMEDY_KINDS)[number];

/** One way out, which was tried: with it, something can be trained. */
export interface Remedy {
  readonly kind: RemedyKind;
  /** The columns left out, or whose gaps hold the last reading; else none. */
  readonly columns: readonly number[];
  /** What is chosen after it. */
  readonly mapping: ColumnMapping;
  readonly settings: TrainingSettings;
  /** As many windows as there are then. */
  readonly windows: number;
}
