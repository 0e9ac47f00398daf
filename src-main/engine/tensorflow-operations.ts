import { rowsRead } from '../network/ahead';
import { DataType, type Tensor } from './graph-builder';
import { buildLossSlopes } from './losses';
import { buildBackward, buildForward, cutWeights } from './lstm';
import type { NetworkOperations } from './network-operations';

/** The network in TensorFlow's operations (BlockLSTMV2 and its gradient): works everywhere, a GPU included. */
export const tensorflowOperations: NetworkOperations = {
  locateWindows(graph, { network, window }, readings, starts, groups, batch) {
    const size = typeof batch === 'number' ? batch : -1;
    const length = rowsRead(network, window);
    const offsets = Array.from({ length }, (_, offset) => offset);
    const rows = graph.binary(
      'AddV2',
      graph.reshape(starts, [groups, 1, size], DataType.int32),
      graph.constant(offsets, [1, length, 1], DataType.int32),
      DataType.int32,
    );
    const gathered = graph.unstack(graph.gatherRows(readings, rows), groups);
    return gathered.map((group): { starts: Tensor; readings: Tensor; batch: typeof batch } => ({
      starts,
      readings: group,
      batch,
    }));
  },

  buildGradient(graph, { network, window, loss }, { theta, inputs, observed, share, masks }) {
    const weights = cutWeights(graph, network, theta);
    const options = { network, window, batch: inputs.batch, ...masks };
    const pass = buildForward(graph, weights, inputs.readings, options);
    const errors = graph.binary('Sub', pass.predictions, observed);
    const slopes = buildLossSlopes(graph, loss, errors, share, network.outputs);
    return { gradient: buildBackward(graph, weights, pass, slopes, options), errors };
  },

  buildPredictions(graph, { network, window }, theta, { readings, batch }) {
    const weights = cutWeights(graph, network, theta);
    return buildForward(graph, weights, readings, { network, window, batch }).predictions;
  },
};
