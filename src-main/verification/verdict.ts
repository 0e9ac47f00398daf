import type { MeasuredScores, Verdict } from '../contract/results';
import { SIGNIFICANCE } from '../contract/verdict';
import type { ForecastComparison } from './scores/diebold-mariano';

/**
 * Who won, the model or the best of the baselines: the Diebold-Mariano test says whether the difference is more than
 * chance.
 * @param lstmShare of the model's forecasts; the rest is of simple models
 * @param comparison of the model (first) with the best baseline
 */
export function judge(
  { bestBaseline, methods }: MeasuredScores,
  { pValue, statistic, windows }: ForecastComparison,
  unit: string,
  lstmShare = 1,
): Verdict {
  const isTold = pValue < SIGNIFICANCE;
  return {
    kind: !isTold ? 'level' : statistic < 0 ? 'beats' : 'loses',
    bestBaseline,
    modelRmse: methods.model.rmse.value,
    baselineRmse: methods[bestBaseline]?.rmse.value ?? NaN,
    persistenceRmse: methods.persistence.rmse.value,
    unit,
    lstmShare,
    windows,
    skill: methods.model.skillOverBest,
    pValue,
  };
}
