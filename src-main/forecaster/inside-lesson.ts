import type { Inside, LessonLook } from '../contract/inside';
import type { NetworkShape } from '../contract/network';
import { forwardComposite, initialiseParameters, singleNetwork } from '../network';
import { scaleValue, unscaleValue } from '../series';
import { lookInside } from './inside';
import { lookInsideNumbers } from './lesson-numbers';

const days = 6;
const secondsPerDay = 86_400;

/** The first window of the course lesson, Seoul from 1 January 2021 on, and the scalers of its two years. */
const inputs = [
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
const observed = -14.5;

/** Few enough units that each can be followed by eye; the weights are those of its first moment, not yet trained. */
const network: NetworkShape = { inputs: inputs.length, hidden: 4, layers: 1, outputs: 1 };
const seed = 42;

/** A look inside a small network that reads what the lesson has it read. */
export function lookInsideLesson(look: LessonLook): Inside {
  return look === 'days' ? lookInsideDays() : lookInsideNumbers(look === 'scaled');
}

function lookInsideDays(): Inside {
  const [, , temperature] = inputs;
  const readings = Float32Array.from(
    { length: days * inputs.length },
    (_, index) => inputs[index % inputs.length]!.values[Math.floor(index / inputs.length)]!,
  );
  const composite = singleNetwork(initialiseParameters(network, { scheme: 'pytorch', seed }));
  const scaled = readings.map((value, index) => scaleValue(inputs[index % inputs.length]!.scaler, value));
  return lookInside({
    network,
    composite,
    inputs: inputs.map(({ name, unit }) => ({ name, made: false, unit })),
    readings,
    scaled,
    time: Float64Array.from({ length: days }, (_, day) => Date.UTC(2021, 0, 1 + day)),
    stepSeconds: secondsPerDay,
    outcome: {
      target: { made: false, name: temperature.name, unit: temperature.unit },
      predicted: unscaleValue(temperature.scaler, forwardComposite(network, composite, scaled)[0]!),
      observed,
    },
    layer: 0,
    place: 0,
    places: 1,
  });
}
