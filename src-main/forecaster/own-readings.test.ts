import { expect, it } from 'vitest';
import { fixtureSeries } from '../series/series.fixture';
import { withMadeKnown } from './own-readings';

it('an exported model knows a derived input from a column that is called alike', () => {
  const named = fixtureSeries(
    ['dew point', 'wind u', 'dew point (2)'].map((name) => ({ name, values: [1] })),
  );
  const { variables } = withMadeKnown(named, [{ name: 'dew point' }]);
  expect(variables.map(({ made = false }) => made)).toEqual([false, true, true]);
});
