import { attribute, DataType, type GraphBuilder, type Tensor } from './graph-builder';

/** Adam's decay rates, as float32 holds them: the corrections below are then exact for what the graph computes. */
const beta1 = Math.fround(0.9);
const beta2 = Math.fround(0.999);
const EPSILON = 1e-8;

/** Numbers that change from step to step and are fed to the graph, one row a step. */
export const SCHEDULE_COLUMNS = 3;

/**
 * Step size and epsilon of Adam's step number `step` (from 0), bias corrections included: with them TensorFlow's
 * kernel computes theta -= rate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + 1e-8), as PyTorch does. Then the
 * share of the weights that decays in this step.
 */
export function scheduleRow(
  learningRate: number,
  step: number,
  weightDecay = 0,
): readonly [stepSize: number, epsilon: number, decay: number] {
  const secondCorrection = Math.sqrt(1 - beta2 ** (step + 1));
  return [
    (learningRate * secondCorrection) / (1 - beta1 ** (step + 1)),
    EPSILON * secondCorrection,
    learningRate * weightDecay,
  ];
}

export interface AdamVariables {
  readonly theta: Tensor;
  readonly firstMoment: Tensor;
  readonly secondMoment: Tensor;
}

/** Scales the flat gradient down so that its Euclidean norm is at most `norm`. */
export function clipByNorm(graph: GraphBuilder, gradient: Tensor, norm: number): Tensor {
  const squares = graph.sum(graph.unary('Square', gradient), [0]);
  const largest = graph.scalar(norm);
  const divisor = graph.binary('Maximum', graph.unary('Sqrt', squares), largest);
  return graph.binary('Mul', gradient, graph.binary('RealDiv', largest, divisor));
}

/**
 * Decoupled weight decay (AdamW, Loshchilov and Hutter 2019), of all parameters as PyTorch has it: theta loses the
 * share `decay`. Returns the node that the step of Adam must come after.
 * @param gradient was computed from theta as it is before, so it comes first
 */
export function decayWeights(graph: GraphBuilder, theta: Tensor, gradient: Tensor, decay: Tensor): Tensor {
  const lost = graph.binary('Mul', graph.read(theta, { after: [gradient] }), decay);
  return graph.operation('AssignSubVariableOp', [theta, lost], { dtype: attribute.type(DataType.float) });
}

/** One step of Adam on the variables; returns the node that later reads must come after. */
export function applyAdam(
  graph: GraphBuilder,
  variables: AdamVariables,
  gradient: Tensor,
  stepSize: Tensor,
  stepEpsilon: Tensor,
  after: readonly Tensor[] = [],
): Tensor {
  // The kernel's own bias correction is switched off by powers of zero: it would take it in float32.
  const power = graph.scalar(0);
  return graph.operation(
    'ResourceApplyAdam',
    [
      variables.theta,
      variables.firstMoment,
      variables.secondMoment,
      power,
      power,
      stepSize,
      graph.scalar(beta1),
      graph.scalar(beta2),
      stepEpsilon,
      gradient,
    ],
    {
      T: attribute.type(DataType.float),
      use_locking: attribute.bool(false),
      use_nesterov: attribute.bool(false),
    },
    { after },
  );
}
