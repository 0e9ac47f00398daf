import { describe, expect, it } from 'vitest';
import { forward, initialiseParameters, singleNetwork } from '../network';
import { networkShape, prepare, unscaleValue } from '../series';
import { fixtureSeries, fixtureSettings, noise } from '../series/series.fixture';
import { lookInsideTrained } from './inside';
import { lookInsideLesson } from './inside-lesson';

const rounded = (values: ArrayLike<number>): number[] =>
  Array.from(values, (value) => Number(value.toFixed(4)));

describe('a look inside a trained network', () => {
  const series = fixtureSeries([
    { name: 'rain', unit: 'mm', values: noise(120, 3) },
    { name: 'temperature', unit: '°C', values: noise(120, 5).map((value) => 9 * value) },
  ]);
  const settings = fixtureSettings({ layers: 2, hidden: 3, calendarYear: true });
  const preparation = prepare(series, settings);
  const network = networkShape(settings, preparation.inputCount);
  const theta = initialiseParameters(network, { scheme: 'keras', seed: 3 });
  const trained = { network, composite: singleNetwork(theta), series, preparation };

  it('shows the readings of a test window in their units, and what the network says of it', () => {
    const start = preparation.split.test[4]!;
    const inside = lookInsideTrained(trained, 4, 1);
    expect(inside).toMatchObject({
      layer: 1,
      layers: 2,
      place: 4,
      places: preparation.split.test.length,
      steps: 6,
    });
    expect(inside.inputs.map(({ unit }) => unit)).toEqual(['mm', '°C', '', '']);
    expect(inside.time?.[0]).toBe(series.time[start]);
    const temperature = inside.readings.filter((_, index) => index % 4 === 1);
    expect(rounded(temperature)).toEqual(rounded(series.variables[1]!.values.slice(start, start + 6)));
    const { outputs } = forward(network, theta, inside.scaled!);
    expect(inside.outcome?.predicted).toBe(Math.fround(unscaleValue(preparation.targetScaler, outputs[0]!)));
    expect(inside.outcome?.observed).toBe(series.variables[1]!.values[start + 6]);
  });

  it('shows the newest window and the last layer where none such is there', () => {
    const newest = lookInsideTrained(trained, null, 0);
    expect(newest.place).toBe(newest.places - 1);
    expect(lookInsideTrained(trained, 9999, 9)).toEqual(lookInsideTrained(trained, newest.place, 1));
  });
});

it('shows the lesson’s own six days as they were read', () => {
  const { readings, units, outcome } = lookInsideLesson('days');
  expect(rounded(readings.slice(-3))).toEqual([54.6, 2.3, -7.4]);
  expect([units, outcome?.target.name, outcome?.observed]).toEqual([4, 'temperature', -14.5]);
});
