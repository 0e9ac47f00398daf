/** The shape of the network: LSTM layers of equal width, then a dense head. */
export interface NetworkShape {
  /** Features at each step of the window, calendar inputs included. */
  readonly inputs: number;
  /** Units of each LSTM layer. */
  readonly hidden: number;
  readonly layers: number;
  /** Outputs of the dense head: one per lead time, target and (with the pinball loss) quantile. */
  readonly outputs: number;
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
