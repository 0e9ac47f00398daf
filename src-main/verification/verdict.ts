import type { MeasuredScores, Verdict } from '../contract/results';
import { SIGNIFICANCE } from '../contract/verdict';
import type { ForecastComparison } from './scores/diebold-mariano';

/** About the 5 % of `SIGNIFICANCE`, a probability decides nothing by itself. */
const CLOSE = { from: SIGNIFICANCE / 2, to: SIGNIFICANCE * 2 };

/**
 * Who won, the model or the best of the baselines: where both the Diebold-Mariano test and the interval of the skill say
 * that the difference is more than chance. Where they disagree, or the test is near its limit, it is close.
 * @param lstmShare of the model's forecasts; the rest is of simple models
 * @param comparison of the model (first) with the best baseline
 */
export function judge(
  { bestBaseline, methods }: MeasuredScores,
  { pValue, statistic, windows }: ForecastComparison,
  unit: string,
  lstmShare = 1,
): Verdict {
  const skill = methods.model.skillOverBest;
  const byTest = pValue < SIGNIFICANCE ? -Math.sign(statistic) : 0;
  const byInterval = skill.low > 0 ? 1 : skill.high < 0 ? -1 : 0;
  const isIntervalKnown = Number.isFinite(skill.low);
  const won = !isIntervalKnown || byTest === byInterval ? byTest : 0;
  const isNearLimit = pValue >= CLOSE.from && pValue <= CLOSE.to;
  return {
    kind: won === 0 ? 'level' : won > 0 ? 'beats' : 'loses',
    isClose: isNearLimit || (isIntervalKnown && Number.isFinite(pValue) && byTest !== byInterval),
    bestBaseline,
    modelRmse: methods.model.rmse.value,
    baselineRmse: methods[bestBaseline]?.rmse.value ?? NaN,
    persistenceRmse: methods.persistence.rmse.value,
    unit,
    lstmShare,
    windows,
    skill,
    pValue,
  };
}
