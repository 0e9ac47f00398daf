import type { LossSettings, NetworkShape } from '../contract/network';
import type { TrainingSettings } from '../contract/settings';
import type { Kernels } from './native';

/** What the engine takes out of the settings of a training, as it stands there; the second list may be left out, and is off then. */
type EngineSettings = Pick<
  TrainingSettings,
  'window' | 'horizon' | 'batchSize' | 'dropout' | 'clipNorm' | 'learningRate' | 'seed'
> &
  Partial<Pick<TrainingSettings, 'inputDropout' | 'weightDecay' | 'residual'>>;

export interface TrainingPlan extends Readonly<EngineSettings> {
  /** `outputs` is horizon x targetCount (x quantiles of the pinball loss), lead time by lead time, quantiles innermost. */
  readonly network: NetworkShape;
  readonly loss: LossSettings;
  /** Windows of an epoch, if known: only tunes the speed. */
  readonly trainingWindows?: number;
}

/** Everything that shapes the graph; numbers that may change while it runs are fed instead. */
export interface GraphPlan extends Omit<TrainingPlan, 'learningRate' | 'seed' | 'trainingWindows'> {
  readonly targetCount: number;
  readonly rows: number;
  readonly kernels: Kernels;
}

export const dropsHidden = (plan: GraphPlan): boolean => plan.dropout > 0 && plan.network.layers > 1;
export const usesDropout = (plan: GraphPlan): boolean => dropsHidden(plan) || (plan.inputDropout ?? 0) > 0;
