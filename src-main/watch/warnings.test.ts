import { expect, it } from 'vitest';
import type { WarningForecast } from '../contract/events';
import { issuedFixture } from '../publish/publication.fixture';
import { warningsOf } from './warnings';

it('publishes the warnings that are out, in words', () => {
  const frost: WarningForecast = {
    event: { column: 'temp', comparison: '<', threshold: 0, of: 'lowest', lead: 3 },
    costs: { cost: 1, loss: 5 },
    unit: '°C',
    stepSeconds: 3600,
    probability: 0.4,
    warnAbove: 0.2,
    isOut: true,
    record: { windows: 9, hits: 1, misses: 1, falseAlarms: 1, correctNegatives: 6, brierSkill: 0.1 },
  };
  const forecast = {
    ...issuedFixture.forecast,
    warnings: [frost, { ...frost, probability: 0.1, isOut: false }],
  };
  expect(warningsOf({ forecast })).toEqual([
    { text: 'the lowest temp of the next 3 hours below 0 °C', probability: 0.4 },
  ]);
});
