import type { GraphBuilder, Tensor } from './graph-builder';
import type { GraphPlan } from './graph-plan';
import type { BatchCount } from './lstm';

/** What of the windows of one shard the network reads. */
export interface WindowInputs {
  /** int32 [batch]: the first row of each window. */
  readonly starts: Tensor;
  /** Where they lie: the readings of all rows, [rows, inputs], or gathered, [rowsRead, batch, inputs]. */
  readonly readings: Tensor;
  readonly batch: BatchCount;
}

/** What is dropped in one step; empty without dropout. */
export interface Masks {
  /** [rowsRead, batch, hidden] for each gap between layers. */
  readonly dropoutMasks: readonly Tensor[];
  /** [rowsRead, batch, inputs] */
  readonly inputMask: Tensor | undefined;
}

export interface GradientRequest {
  /** Flat. */
  readonly theta: Tensor;
  readonly inputs: WindowInputs;
  /** [batch, outputs] */
  readonly observed: Tensor;
  /** 1 / (windows of the whole batch x outputs). */
  readonly share: number | Tensor;
  readonly masks: Masks;
}

export interface ShardGradient {
  /** Flat, by theta: this shard's part of the gradient of the mean loss. */
  readonly gradient: Tensor;
  /** Predictions minus observations, [batch, outputs]. */
  readonly errors: Tensor;
}

/** A way to have the network computed. */
export interface NetworkOperations {
  /** @param starts int32 [groups x batch]; the answer has an entry for each group */
  locateWindows(
    graph: GraphBuilder,
    plan: GraphPlan,
    readings: Tensor,
    starts: Tensor,
    groups: number,
    batch: BatchCount,
  ): WindowInputs[];
  buildGradient(graph: GraphBuilder, plan: GraphPlan, request: GradientRequest): ShardGradient;
  /** [batch, outputs] */
  buildPredictions(graph: GraphBuilder, plan: GraphPlan, theta: Tensor, inputs: WindowInputs): Tensor;
}
