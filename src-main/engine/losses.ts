import type { LossSettings } from '../contract/network';
import type { GraphBuilder, Tensor } from './graph-builder';

/** The loss of every single output for errors = predictions - observations, in the errors' shape [..., outputs]. */
export function buildPointLosses(
  graph: GraphBuilder,
  loss: LossSettings,
  errors: Tensor,
  outputs: number,
): Tensor {
  switch (loss.kind) {
    case 'mse':
      return graph.unary('Square', errors);
    case 'mae':
      return graph.unary('Abs', errors);
    case 'huber': {
      const clipped = clipErrors(graph, loss.delta, errors);
      const half = graph.binary('Mul', clipped, graph.scalar(0.5));
      return graph.binary('Mul', clipped, graph.binary('Sub', errors, half));
    }
    case 'pinball': {
      const half = graph.binary('Mul', graph.unary('Abs', errors), graph.scalar(0.5));
      return graph.binary('AddV2', half, graph.binary('Mul', errors, tiltQuantiles(graph, loss, outputs)));
    }
  }
}

/** The derivative of the mean loss by each prediction: `share` is 1 / (windows x outputs). */
export function buildLossSlopes(
  graph: GraphBuilder,
  loss: LossSettings,
  errors: Tensor,
  share: number | Tensor,
  outputs: number,
): Tensor {
  const scaled = (slopes: Tensor, factor: number): Tensor => {
    if (typeof share === 'number') return graph.binary('Mul', slopes, graph.scalar(factor * share));
    return graph.binary(
      'Mul',
      slopes,
      factor === 1 ? share : graph.binary('Mul', share, graph.scalar(factor)),
    );
  };
  switch (loss.kind) {
    case 'mse':
      return scaled(errors, 2);
    case 'mae':
      return scaled(graph.unary('Sign', errors), 1);
    case 'huber':
      return scaled(clipErrors(graph, loss.delta, errors), 1);
    case 'pinball': {
      const half = graph.binary('Mul', graph.unary('Sign', errors), graph.scalar(0.5));
      return scaled(graph.binary('AddV2', half, tiltQuantiles(graph, loss, outputs)), 1);
    }
  }
}

type Pinball = Extract<LossSettings, { kind: 'pinball' }>;

function tiltQuantiles(graph: GraphBuilder, loss: Pinball, outputs: number): Tensor {
  return graph.constant(quantileTilts(loss, outputs), [outputs]);
}

/** 0.5 - quantile, the quantiles again and again. */
function quantileTilts({ quantiles }: Pinball, outputs: number): number[] {
  return Array.from({ length: outputs }, (_, output) => 0.5 - (quantiles[output % quantiles.length] ?? NaN));
}

/** A loss's derivative by the prediction as numbers: gain x error, held within +-limit, + the output's tilt. */
export interface LossSlope {
  readonly gain: number;
  readonly limit: number;
  /** [outputs] */
  readonly tilts: readonly number[];
}

/** So steep that it makes the sign of every error, but 0 of 0; the largest float32. */
const STEEPEST = (2 - 2 ** -23) * 2 ** 127;

export function lossSlope(loss: LossSettings, outputs: number): LossSlope {
  const level = new Array<number>(outputs).fill(0);
  switch (loss.kind) {
    case 'mse':
      return { gain: 2, limit: Infinity, tilts: level };
    case 'mae':
      return { gain: STEEPEST, limit: 1, tilts: level };
    case 'huber':
      return { gain: 1, limit: loss.delta, tilts: level };
    case 'pinball':
      return { gain: STEEPEST, limit: 0.5, tilts: quantileTilts(loss, outputs) };
  }
}

function clipErrors(graph: GraphBuilder, delta: number, errors: Tensor): Tensor {
  return graph.clip(errors, graph.scalar(-delta), graph.scalar(delta));
}
