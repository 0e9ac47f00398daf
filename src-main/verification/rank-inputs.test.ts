import { describe, expect, it } from 'vitest';
import { prepare } from '../series';
import { fixtureSeries, fixtureSettings, noise } from '../series/series.fixture';
import { rankInputs } from './rank-inputs';

const ROWS = 600;
const settings = fixtureSettings({ window: 4, horizon: 2, validationShare: 0.2, scalerFit: 'training' });

/** `strong` explains the target two steps later, `weak` a little of it. */
function weather() {
  const [strong, weak, idle] = [noise(ROWS, 3), noise(ROWS, 17), noise(ROWS, 71)];
  const before = (values: Float64Array, row: number, steps: number): number => values[row - steps] ?? 0;
  const target = Float64Array.from(
    { length: ROWS },
    (_, row) => 3 * before(strong, row, 2) + before(weak, row, 2) + 0.1 * before(idle, row, 5),
  );
  return { strong, weak, idle, target };
}

describe('inputs in the order of what they add', () => {
  const { strong, weak, idle, target } = weather();
  const series = fixtureSeries([
    { name: 'idle', values: idle },
    { name: 'weak', values: weak },
    { name: 'echo', values: strong.map((value) => 5 - 2 * value) },
    { name: 'strong', values: strong.map((value, row) => value + 0.001 * idle[row]!) },
    { name: 'target', values: target },
  ]);
  const preparation = prepare(series, settings);
  const names = ['idle', 'weak', 'echo', 'strong'];

  it('begin with what tells most; what another tells already comes late', () => {
    const ranked = rankInputs(series, preparation, names);
    expect(['echo', 'strong']).toContain(ranked[0]);
    expect(ranked[1]).toBe('weak');
    expect([...ranked].sort()).toEqual([...names].sort());
  });

  it('come after what is not to choose from', () => {
    // The echo is an input in any case: of the strong one nothing is left to tell.
    expect(rankInputs(series, preparation, ['strong', 'weak'])).toEqual(['weak', 'strong']);
    expect(rankInputs(series, preparation, [])).toEqual([]);
  });

  it('are found without the validation and the test part', () => {
    const border = preparation.split.validation[0]! + preparation.window;
    const spoiled = {
      ...series,
      variables: series.variables.map((variable, place) => ({
        ...variable,
        values: variable.values.map((value, row) => (row < border ? value : place)),
      })),
    };
    expect(rankInputs(spoiled, prepare(spoiled, settings), names)).toEqual(
      rankInputs(series, preparation, names),
    );
  });
});
