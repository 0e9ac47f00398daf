import type { LossSettings, NetworkShape } from '../contract/network';
import type { Kernels } from './native';

/** Everything that shapes the graph; numbers that may change while it runs are fed instead. */
export interface GraphPlan {
  readonly network: NetworkShape;
  readonly window: number;
  readonly horizon: number;
  readonly targetCount: number;
  readonly rows: number;
  readonly batchSize: number;
  readonly loss: LossSettings;
  readonly dropout: number;
  readonly inputDropout?: number;
  readonly weightDecay?: number;
  readonly residual?: boolean;
  readonly clipNorm: number | null;
  readonly kernels: Kernels;
}

export const dropsHidden = (plan: GraphPlan): boolean => plan.dropout > 0 && plan.network.layers > 1;
export const usesDropout = (plan: GraphPlan): boolean => dropsHidden(plan) || (plan.inputDropout ?? 0) > 0;
