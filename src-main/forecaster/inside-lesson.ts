import type { Inside, LessonLook } from '../contract/inside';
import type { NetworkShape } from '../contract/network';
import { forwardComposite, initialiseParameters, singleNetwork } from '../network';
import { scaleValue, unscaleValue } from '../series';
import { lookInside } from './inside';
import { lookInsideNumbers } from './lesson-numbers';

const DAYS = 6;
const SECONDS_PER_DAY = 86_400;

/** The first window of the course lesson, Seoul from 1 January 2021 on, and the scalers of its two years. */
const INPUTS = [
  {
    name: 'humidity',
    unit: '%',
    scaler: { mean: 65.0281, scale: 13.5391 },
    values: [64, 38.5, 45, 51.4, 52.8, 54.6],
  },
  { name: 'rainfall', unit: 'mm', scaler: { mean: 7.9389, scale: 17.9555 }, values: [0, 0, 0, 0, 0, 2.3] },
  {
    name: 'temperature',
    unit: '°C',
    scaler: { mean: 13.5241, scale: 10.7204 },
    values: [-4.2, -5, -5.6, -3.5, -5.5, -7.4],
  },
] as const;
const OBSERVED = -14.5;

/** Few enough units that each can be followed by eye; the weights are those of its first moment, not yet trained. */
const NETWORK: NetworkShape = { inputs: INPUTS.length, hidden: 4, layers: 1, outputs: 1 };
const SEED = 42;

/** A look inside a small network that reads what the lesson has it read. */
export function lookInsideLesson(look: LessonLook): Inside {
  return look === 'days' ? lookInsideDays() : lookInsideNumbers(look === 'scaled');
}

function lookInsideDays(): Inside {
  const [, , temperature] = INPUTS;
  const readings = Float32Array.from(
    { length: DAYS * INPUTS.length },
    (_, index) => INPUTS[index % INPUTS.length]!.values[Math.floor(index / INPUTS.length)]!,
  );
  const composite = singleNetwork(initialiseParameters(NETWORK, { scheme: 'pytorch', seed: SEED }));
  const scaled = readings.map((value, index) => scaleValue(INPUTS[index % INPUTS.length]!.scaler, value));
  return lookInside({
    network: NETWORK,
    composite,
    inputs: INPUTS.map(({ name, unit }) => ({ name, made: false, unit })),
    readings,
    scaled,
    time: Float64Array.from({ length: DAYS }, (_, day) => Date.UTC(2021, 0, 1 + day)),
    stepSeconds: SECONDS_PER_DAY,
    outcome: {
      target: { made: false, name: temperature.name, unit: temperature.unit },
      predicted: unscaleValue(temperature.scaler, forwardComposite(NETWORK, composite, scaled)[0]!),
      observed: OBSERVED,
    },
    layer: 0,
    place: 0,
    places: 1,
  });
}
