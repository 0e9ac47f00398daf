import type { AttributeValue } from './saved-model';
import { attribute, DataType } from './graph-builder';
import type { GraphPlan } from './graph-plan';
import { lossSlope } from './losses';
import type { NetworkOperations } from './network-operations';

/** The network in our own operations (kernels/operations.cc), each of which reads its windows where they lie. */
export const ownOperations: NetworkOperations = {
  locateWindows(graph, _plan, variable, starts, groups, batch) {
    // Reading a variable copies nothing.
    const readings = graph.read(variable);
    const size = typeof batch === 'number' ? batch : -1;
    const grouped = graph.reshape(starts, [groups, size], DataType.int32);
    return graph
      .unstack(grouped, groups, DataType.int32)
      .map((group) => ({ starts: group, readings, batch }));
  },

  buildGradient(graph, plan, { theta, inputs, observed, share, masks }) {
    const { gain, limit, tilts } = lossSlope(plan.loss, plan.network.outputs);
    const inputMasks = masks.inputMask === undefined ? [] : [masks.inputMask];
    const gradient = graph.operation(
      'HindcastGradient',
      [
        ...[inputs.readings, theta, inputs.starts, observed],
        typeof share === 'number' ? graph.scalar(share) : share,
        ...inputMasks,
        ...masks.dropoutMasks,
      ],
      {
        ...shapeAttributes(plan),
        gain: attribute.float(gain),
        limit: attribute.float(limit),
        tilts: attribute.floats(tilts),
        input_masks: attribute.int(inputMasks.length),
        hidden_masks: attribute.int(masks.dropoutMasks.length),
      },
    );
    return { gradient, errors: graph.output(gradient, 1) };
  },

  buildPredictions(graph, plan, theta, { starts, readings }) {
    return graph.operation('HindcastPredict', [readings, theta, starts], shapeAttributes(plan));
  },
};

function shapeAttributes({ network, window }: GraphPlan): Readonly<Record<string, AttributeValue>> {
  const { inputs, hidden, layers, outputs, ahead } = network;
  return {
    inputs: attribute.int(inputs),
    hidden: attribute.int(hidden),
    layers: attribute.int(layers),
    outputs: attribute.int(outputs),
    window: attribute.int(window),
    ...(ahead === undefined || ahead === null
      ? {}
      : { ahead: attribute.int(ahead.horizon), known: attribute.ints(ahead.known) }),
  };
}
