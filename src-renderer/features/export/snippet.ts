import type { TrainingSettings } from '../../../src-main/contract/settings';

/** A few lines of JavaScript that load the exported model and forecast with it. */
export function loadingSnippet({ window, horizon }: Pick<TrainingSettings, 'window' | 'horizon'>): string {
  return `import * as tf from '@tensorflow/tfjs';

const model = await tf.loadLayersModel('model.json');
// rows: the last ${window} readings, each a list of scaled inputs
// gives the scaled forecast, shape [1, ${horizon}]
const scaled = model.predict(tf.tensor3d([rows]));`;
}
