import type { Inside } from '../contract/inside';
import type { NetworkShape } from '../contract/network';
import { parameterCount, randomSource, singleNetwork } from '../network';
import { standardise } from '../series';
import { lookInside } from './inside';

/** The lesson's first numbers: six readings of four inputs, which it gives no names. */
const NUMBERS = [
  [25, 70, 10, 0],
  [22, 80, 5, 0],
  [15, 80, 20, 5],
  [10, 90, 5, 20],
  [5, 85, 30, 10],
  [18, 75, 10, 0],
] as const;
const NAMES = ['x₁', 'x₂', 'x₃', 'x₄'] as const;

const NETWORK: NetworkShape = { inputs: NAMES.length, hidden: 10, layers: 1, outputs: 1 };
/** One whose weights show what the lesson's do: states of 1, of -1, and of next to nothing. */
const SEED = 385;

/** Every weight and bias from a standard normal, as the lesson draws them. */
export function drawLessonWeights(): Float32Array {
  const random = randomSource(SEED, 'the lesson’s first numbers');
  return Float32Array.from({ length: parameterCount(NETWORK) }, () => random.normal());
}

/**
 * A look inside a cell of 10 units with random weights that reads the lesson's first numbers.
 * @param isScaled each input scaled to mean 0 and deviation 1 over the six readings; else as they are, which saturates gates
 */
export function lookInsideNumbers(isScaled: boolean): Inside {
  const readings = Float32Array.from(NUMBERS.flat());
  return lookInside({
    network: NETWORK,
    composite: singleNetwork(drawLessonWeights()),
    inputs: NAMES.map((name) => ({ name, made: false, unit: '' })),
    readings,
    scaled: isScaled ? standardise(readings, NAMES.length) : null,
    time: null,
    stepSeconds: 1,
    outcome: null,
    layer: 0,
    place: 0,
    places: 1,
  });
}
