import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import type { LinearShare } from '../library';
import { networkShape, type Preparation } from '../series';

/**
 * What the networks of a training need beside them to make a forecast: nothing where they learned the value itself; where
 * they learned its change since the last reading, the newest reading of the target in the window, added to each output.
 * Input and target are scaled alike, for they are the same readings.
 * @throws RangeError when the target is not among the inputs
 */
export function partBeside(
  settings: TrainingSettings,
  { inputs, target }: Pick<Series, 'inputs' | 'target'>,
  { window, inputCount }: Pick<Preparation, 'window' | 'inputCount'>,
): LinearShare {
  if (!settings.residual) return { lstmShare: 1, linear: null };
  const column = inputs.indexOf(target);
  if (column < 0) throw new RangeError('The target is not among the inputs.');
  const { outputs } = networkShape(settings, inputCount);
  const kernel = new Float32Array(window * inputCount * outputs);
  const newest = ((window - 1) * inputCount + column) * outputs;
  kernel.fill(1, newest, newest + outputs);
  return { lstmShare: 1, linear: { kernel, bias: new Float32Array(outputs) } };
}
