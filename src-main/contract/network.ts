/** The shape of the network: LSTM layers of equal width, then a dense head. */
export interface NetworkShape {
  /** Features at each step, calendar inputs included; where something is known ahead, what is known of it is one feature. */
  readonly inputs: number;
  /** Units of each LSTM layer. */
  readonly hidden: number;
  readonly layers: number;
  /** Outputs: one per lead time, target and (with the pinball loss) quantile. */
  readonly outputs: number;
  /** Null or left out: the network reads the window alone, and the head gives all outputs from its newest step. */
  readonly ahead?: Ahead | null;
}

/**
 * What is known of the time after the window. The network steps through the lead times too, with what is known there and
 * one further input, lead / horizon (0 within the window); the head, the same for every lead time, gives the outputs of
 * each from the state of its own step.
 */
export interface Ahead {
  /** Lead times, each a step after the window. */
  readonly horizon: number;
  /**
   * For each feature, how many steps before the time of its row it is known, at most the horizon: a forecast, seen at lead
   * time L where this is at least L, and not within the window. 0: a reading, seen within the window alone.
   */
  readonly known: readonly number[];
  /**
   * Where a window stands as inputs by row alone, with what was known in each row of the times after it: the inputs that each
   * feature is read from. Of a reading its one input; of a forecast that of lead time 1, 2, ... of the window's last row, as
   * many as it is known. Left out: rows of the lead times stand behind those of the window.
   */
  readonly byRow?: ByRow;
}

export interface ByRow {
  /** Inputs in each row. */
  readonly width: number;
  /** Those that each feature is read from. */
  readonly columns: readonly (readonly number[])[];
}

/** The loss that training minimises, in scaled units, a mean over windows and outputs. */
export type LossSettings =
  | { readonly kind: 'mse' }
  | { readonly kind: 'mae' }
  | { readonly kind: 'huber'; readonly delta: number }
  /** One output for each quantile (between 0 and 1, ascending): several quantiles are learnt at once. */
  | { readonly kind: 'pinball'; readonly quantiles: readonly number[] };

/** How the weights start: as Keras does it, or as PyTorch does it. */
export type Initialisation = 'keras' | 'pytorch';

/** Networks that one model may take the mean of. */
export const MOST_MEMBERS = 16;
