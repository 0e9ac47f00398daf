import { MOST_UNITS_INSIDE, MOST_WINDOWS_INSIDE, type StatefulPass } from '../contract/inside';
import type { NetworkShape } from '../contract/network';
import {
  initialiseParameters,
  layerInputs,
  randomSource,
  statesAfterWindows,
  type Composite,
  type Numbers,
} from '../network';
import { standardise, type Preparation } from '../series';

/** Multiplications that one pass may cost; some seconds of the float64 reference. */
const PASS_BUDGET = 2e8;

/** How many windows are read one after another: fewer of a network that takes long over each. */
export function windowsToRead(network: NetworkShape, window: number, allWindows: number): number {
  const { hidden, layers } = network;
  let each = 0;
  for (let layer = 0; layer < layers; layer++) {
    each += window * 4 * hidden * (layerInputs(network, layer) + hidden);
  }
  return Math.min(allWindows, MOST_WINDOWS_INSIDE, Math.max(1, Math.floor(PASS_BUDGET / each)));
}

/** All windows of a trained network, whichever part they serve, one after another. Its first network is taken. */
export function passTrained({
  network,
  composite,
  preparation,
  batchSize,
}: {
  readonly network: NetworkShape;
  readonly composite: Composite;
  readonly preparation: Preparation;
  readonly batchSize: number;
}): StatefulPass {
  const { split, window, inputCount, inputs } = preparation;
  const starts = [...split.train, ...split.validation, ...split.test];
  return pass({
    network,
    theta: composite.members[0]!,
    window,
    batchSize,
    allWindows: starts.length,
    windowAt: (index) => inputs.subarray(starts[index]! * inputCount, (starts[index]! + window) * inputCount),
  });
}

/** The lesson's own numbers: two years of days, windows of six, a layer of ten units, batches of 32. */
const [days, window, batchSize, seed] = [730, 6, 32, 42];
const NETWORK: NetworkShape = { inputs: 3, hidden: 10, layers: 1, outputs: 1 };

/** The same for days as the lesson has them, drawn by a seed, and a network with its first weights. */
export function passLesson(): StatefulPass {
  const inputs = lessonDays();
  return pass({
    network: NETWORK,
    theta: initialiseParameters(NETWORK, { scheme: 'pytorch', seed }),
    window,
    batchSize,
    allWindows: days - window,
    windowAt: (index) => inputs.subarray(index * NETWORK.inputs, (index + window) * NETWORK.inputs),
  });
}

/** Humidity, rain and temperature with the seasons of Seoul and weather that lasts, scaled. [days, 3], row-major. */
function lessonDays(): Float32Array {
  const random = randomSource(seed, 'the lesson’s days');
  let weather = 0;
  const rows = Array.from({ length: days }, (_, day) => {
    const season = -Math.cos((2 * Math.PI * (day - 20)) / 365);
    weather = 0.7 * weather + 2.5 * random.normal();
    const rain =
      random.uniform(0, 1) < 0.3 + 0.1 * season ? -(8 + 6 * season) * Math.log(1 - random.uniform(0, 1)) : 0;
    return [62 + 10 * season + 0.6 * rain + 8 * random.normal(), rain, 12.5 + 14 * season + weather];
  });
  return standardise(Float32Array.from(rows.flat()), NETWORK.inputs);
}

function pass(work: {
  readonly network: NetworkShape;
  readonly theta: Float32Array;
  readonly window: number;
  readonly batchSize: number;
  readonly allWindows: number;
  /** [window, inputs], row-major, scaled. */
  readonly windowAt: (index: number) => Numbers;
}): StatefulPass {
  const { network: shape, theta, allWindows, windowAt } = work;
  const count = windowsToRead(shape, work.window, allWindows);
  const windows = Array.from({ length: count }, (_, index) => windowAt(index));
  return {
    carried: statesAfterWindows(shape, theta, windows, 'carried'),
    fromZero: statesAfterWindows(shape, theta, windows, 'zero'),
    windows: count,
    allWindows,
    units: Math.min(shape.hidden, MOST_UNITS_INSIDE),
    hidden: shape.hidden,
    layers: shape.layers,
    window: work.window,
    inputs: shape.inputs,
    outputs: shape.outputs,
    batchSize: work.batchSize,
  };
}
