import {
  entriesOf,
  type ByMethod,
  type ForecastMethod,
  type MethodScores,
} from '../../../src-main/contract/results';

export const SCORE_COLUMNS = ['rmse', 'mae', 'bias', 'correlation', 'mase', 'skill'] as const;
export type ScoreColumn = (typeof SCORE_COLUMNS)[number];

/** The method that did best in a column of the score table; by as much as the table shows (two digits), so that equals share it. */
export function bestMethods(
  scores: ByMethod<MethodScores>,
  column: ScoreColumn,
): ReadonlySet<ForecastMethod> {
  const costs = entriesOf(scores).map(([method, { [column]: value }]) => ({
    method,
    cost: costOf(column, value),
  }));
  const lowest = Math.min(...costs.map(({ cost }) => cost));
  const best = costs.filter(({ cost }) => Number.isFinite(cost) && cost === lowest);
  return new Set(best.map(({ method }) => method));
}

/** Lower is better for errors; for the bias it is the distance from zero; higher is better for correlation and skill. */
function costOf(column: ScoreColumn, value: number): number {
  if (!Number.isFinite(value)) return Infinity;
  if (column === 'skill') return -Math.round(value * 1000);
  if (column === 'correlation') return -Math.round(value * 100);
  return Math.round(Math.abs(value) * 100);
}
