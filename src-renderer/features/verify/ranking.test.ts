import { describe, expect, it } from 'vitest';
import type { MethodScores } from '../../../src-main/contract/results';
import { bestMethods } from './ranking';

const scores = (rmse: number, mae: number, bias: number, skill: number): MethodScores => ({
  rmse,
  mae,
  bias,
  correlation: 0.9,
  mase: 1,
  skill,
  byLead: [],
});

describe('bestMethods', () => {
  const table = {
    model: scores(2.5, 2.004, -0.3, 0.05),
    persistence: scores(2.57, 2.001, 0.01, 0),
    climatology: scores(4, 3, 0.2, -1.4),
    ridge: scores(2.4, 2.1, -0.01, 0.13),
  };

  it('takes the lowest error, the bias nearest to zero and the highest skill', () => {
    expect([...bestMethods(table, 'rmse')]).toEqual(['ridge']);
    expect([...bestMethods(table, 'bias')]).toEqual(['persistence', 'ridge']);
    expect([...bestMethods(table, 'skill')]).toEqual(['ridge']);
  });

  it('lets those share it that the table shows as equal', () => {
    expect([...bestMethods(table, 'mae')]).toEqual(['model', 'persistence']);
  });

  it('passes over what is not a number', () => {
    const damaged = { ...table, ridge: scores(Number.NaN, 1, 0, Number.NaN) };
    expect([...bestMethods(damaged, 'rmse')]).toEqual(['model']);
  });
});
