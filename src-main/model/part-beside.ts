import type { Series } from '../contract/series';
import { quantilesLearned, type TrainingSettings } from '../contract/settings';
import type { LinearShare } from '../library';
import { networkShape, type Preparation } from '../series';

/**
 * What the networks of a training need beside them to make a forecast: nothing where they learned the value itself; where
 * they learned its change since the last reading, the newest reading of the target in the window, added to each output
 * (input and target are scaled alike, for they are the same readings); where they learned what it departs from the weather
 * service's forecast, that forecast of the output's lead time.
 * @throws RangeError when the target or the service's forecast is not among the inputs
 */
export function partBeside(
  settings: TrainingSettings,
  { inputs, target, service = [] }: Pick<Series, 'inputs' | 'target' | 'service'>,
  preparation: Pick<Preparation, 'window' | 'inputCount' | 'inputScalers' | 'targetScaler' | 'service'>,
): LinearShare {
  const followsService = preparation.service !== null;
  if (!settings.residual && !followsService) return { lstmShare: 1, linear: null };
  const { window, inputCount, inputScalers, targetScaler } = preparation;
  const { outputs } = networkShape(settings, inputCount);
  const perLead = quantilesLearned(settings)?.length ?? 1;
  const kernel = new Float32Array(window * inputCount * outputs);
  const bias = new Float32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    const variable = followsService ? service[Math.floor(output / perLead)] : target;
    const column = variable === undefined ? -1 : inputs.indexOf(variable);
    const scaler = inputScalers[column];
    if (scaler === undefined) throw new RangeError('What the forecast starts from is not among the inputs.');
    kernel[((window - 1) * inputCount + column) * outputs + output] = followsService
      ? scaler.scale / targetScaler.scale
      : 1;
    if (followsService) bias[output] = (scaler.mean - targetScaler.mean) / targetScaler.scale;
  }
  return { lstmShare: 1, linear: { kernel, bias } };
}
