import { expect, it } from 'vitest';
import { scoresSchema } from './score-schema';

const OLD = { rmse: 2.5, mae: 2, bias: null };
const OLD_METHOD = { ...OLD, skill: 0.1, byLead: [OLD] };

it('reads what version 0.1 kept: four methods, three errors each', () => {
  const scores = scoresSchema.parse({
    model: OLD_METHOD,
    persistence: OLD_METHOD,
    climatology: OLD_METHOD,
    ridge: OLD_METHOD,
  });
  expect(Object.keys(scores)).toEqual(['model', 'persistence', 'climatology', 'ridge']);
  expect(scores.model).toEqual({
    rmse: 2.5,
    mae: 2,
    bias: NaN,
    correlation: NaN,
    mase: NaN,
    skill: 0.1,
    byLead: [{ rmse: 2.5, mae: 2, bias: NaN, correlation: NaN, mase: NaN }],
  });
});

it('reads what is kept now, and nothing that it does not know', () => {
  const now = {
    ...OLD_METHOD,
    correlation: 0.9,
    mase: null,
    byLead: [{ ...OLD, correlation: 0.9, mase: 1 }],
  };
  const table = { model: now, persistence: now, dampedPersistence: now, climatology: now, ridge: now };
  expect(scoresSchema.parse(table).dampedPersistence?.byLead[0]?.correlation).toBe(0.9);
  expect(scoresSchema.safeParse({ ...table, astrology: now }).success).toBe(false);
  expect(scoresSchema.safeParse({ model: now }).success).toBe(false);
});
