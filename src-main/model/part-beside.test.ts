import { expect, it } from 'vitest';
import { forwardComposite } from '../network';
import { prepare } from '../series';
import { partBeside } from './part-beside';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';

it('added to a network that says 0 the last reading is persistence, at each lead time', () => {
  const series = weatherSeries(80);
  const { settings } = weatherRun({ residual: true, horizon: 2, window: 5, validationShare: 0 });
  const preparation = prepare(series, settings);
  const { inputs, inputCount, targets } = preparation;
  const shape = { inputs: inputCount, hidden: 1, layers: 1, outputs: 2 };
  const still = new Float32Array(4 * (inputCount + 2) + 4);
  const composite = { members: [still], ...partBeside(settings, series, preparation) };
  for (const start of [0, 17]) {
    const window = inputs.subarray(start * inputCount, (start + 5) * inputCount);
    const [first, second] = forwardComposite(shape, composite, window);
    expect(first).toBe(targets[start + 4]);
    expect(second).toBe(targets[start + 4]);
  }
  expect(() => partBeside(settings, { inputs: [0], target: 1 }, preparation)).toThrow(RangeError);
});
