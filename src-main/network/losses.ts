import type { LossSettings } from '../contract/network';

/** Outputs of the network for each target and lead time: the pinball loss has one for each quantile, innermost. */
export const outputsPerTarget = (loss: LossSettings): number =>
  loss.kind === 'pinball' ? loss.quantiles.length : 1;

/**
 * Loss of one output and its derivative by the prediction, for error = prediction - observation (scaled units).
 * @param output number of the output: the pinball loss differs from quantile to quantile
 */
export function pointLoss(
  loss: LossSettings,
  error: number,
  output = 0,
): { readonly value: number; readonly slope: number } {
  switch (loss.kind) {
    case 'mse':
      return { value: error * error, slope: 2 * error };
    case 'mae':
      return { value: Math.abs(error), slope: Math.sign(error) };
    case 'huber': {
      // Quadratic (error^2 / 2) within delta, then linear: the same as PyTorch's HuberLoss and Keras' Huber.
      const clipped = Math.max(-loss.delta, Math.min(loss.delta, error));
      return { value: clipped * (error - clipped / 2), slope: clipped };
    }
    case 'pinball': {
      // max(-quantile x error, (1 - quantile) x error), written so that an error of 0 has the slope in the middle.
      const tilt = 0.5 - (loss.quantiles[output % loss.quantiles.length] ?? NaN);
      return { value: Math.abs(error) / 2 + tilt * error, slope: Math.sign(error) / 2 + tilt };
    }
  }
}
