import { expect, it } from 'vitest';
import { prepare } from '../series';
import { fixtureSeries, fixtureSettings, HOURLY, noise } from '../series/series.fixture';
import { foretellingInputs } from './foretelling-inputs';

const ROWS = 600;
const shocks = noise(ROWS + 5, 3);
let anomaly = 0;
const weather = Float64Array.from(
  { length: ROWS + 5 },
  (_, row) => (anomaly = 0.7 * anomaly + 3 * shocks[row]!),
);
const target = { name: 'temperature', values: weather.slice(0, ROWS) };
const label = (later: number, size: number) => ({
  name: `label ${later}`,
  values: Float64Array.from(
    { length: ROWS },
    (_, row) => weather[row + later]! + size * noise(ROWS, 8)[row]!,
  ),
});

it('names what was written afterwards, for any lead time that is forecast, and nothing that was known', () => {
  const series = fixtureSeries([label(1, 0.2), label(3, 0.2), label(0, 0.01), label(1, 4), target]);
  const named = (horizon: number): string[] =>
    foretellingInputs(series, prepare(series, fixtureSettings({ horizon })));
  expect(named(1)).toEqual(['label 1']);
  expect(named(3)).toEqual(['label 1', 'label 3']);
});

it('takes no rhythm for the future: of a smooth day its own past tells as much', () => {
  const wave = (hours: number) =>
    Float64Array.from(
      { length: ROWS },
      (_, row) => 8 * Math.sin((2 * Math.PI * (row + hours)) / 24) + shocks[row]!,
    );
  const series = fixtureSeries(
    [
      { name: 'the sun, which leads by an hour', values: wave(1) },
      { name: 'temperature', values: wave(0) },
    ],
    { step: HOURLY },
  );
  expect(foretellingInputs(series, prepare(series, fixtureSettings({ horizon: 6, window: 12 })))).toEqual([]);
});

it('learns nothing from the test part', () => {
  const series = fixtureSeries([label(1, 0.2), target]);
  const preparation = prepare(series, fixtureSettings());
  const changed = fixtureSeries(
    series.variables.map((variable) => ({
      ...variable,
      values: variable.values.map((value, row) => (row >= preparation.split.test[0]! + 6 ? 0 : value)),
    })),
  );
  expect(foretellingInputs(changed, prepare(changed, fixtureSettings()))).toEqual(['label 1']);
});
