import { formatWithUnit } from './format';
import type { Baseline, Estimate } from './results';

/** Who won on the held-back part, by squared error over all lead times, against the baseline that did best. */
export interface Verdict {
  /** 'level': the two cannot be told apart, the difference may well be chance. */
  readonly kind: 'beats' | 'level' | 'loses';
  readonly bestBaseline: Baseline;
  readonly modelRmse: number;
  readonly baselineRmse: number;
  readonly persistenceRmse: number;
  readonly unit: string;
  /** Share of the LSTM in the model's forecasts, 0 to 1; the rest is ridge regression's. */
  readonly lstmShare: number;
  /** Windows compared. */
  readonly windows: number;
  /** Share of the best baseline's squared error that the model saves. */
  readonly skill: Estimate;
  /** Of the Diebold-Mariano test, two-sided; NaN where there are too few windows. */
  readonly pValue: number;
}

/** Above this probability that chance alone makes such a difference, two forecasts are called level. */
export const SIGNIFICANCE = 0.05;

const baselineNames: Readonly<Record<Baseline, string>> = {
  persistence: 'persistence (“tomorrow will be like today”)',
  dampedPersistence: 'damped persistence (today’s departure from the usual, fading)',
  climatology: 'climatology (the usual value of that day of the year)',
  seasonalNaive: 'seasonal naive (the value one season before)',
  ridge: 'ridge regression (a straight-line model on the same window)',
};

/** 'p = 0.012', 'p < 0.001'. */
export function formatPValue(pValue: number): string {
  if (pValue < 0.001) return 'p < 0.001';
  return `p = ${pValue.toFixed(pValue < 0.1 ? 3 : 2)}`;
}

/** How much higher or lower the model's RMSE is, in per cent of the baseline's: '3.1'. */
export function percentApart({ modelRmse, baselineRmse }: Verdict): string {
  return Math.abs((1 - modelRmse / baselineRmse) * 100).toFixed(1);
}

/** Where the model is a blend, what of it is the LSTM's in per cent; null for the LSTM alone. */
export function blendPercent({ lstmShare }: Pick<Verdict, 'lstmShare'>): number | null {
  return lstmShare === 1 ? null : Math.round(lstmShare * 100);
}

/** The English verdict sentence. */
export function describeVerdict(verdict: Verdict): string {
  const rmse = formatWithUnit(verdict.modelRmse, verdict.unit);
  const baseline = formatWithUnit(verdict.baselineRmse, verdict.unit);
  const name = baselineNames[verdict.bestBaseline];
  const percent = percentApart(verdict);
  const isTested = Number.isFinite(verdict.pValue);
  const test = `Diebold-Mariano test, ${formatPValue(verdict.pValue)}`;
  const lstm = blendPercent(verdict);
  const model = lstm === null ? 'The LSTM' : `The blend of LSTM (${lstm} %) and ridge (${100 - lstm} %)`;
  switch (verdict.kind) {
    case 'beats':
      return `${model} beats every baseline: its RMSE of ${rmse} is ${percent} % below that of the best, ${name}, with ${baseline}. Chance alone would seldom make such a difference (${test}).`;
    case 'level': {
      const windows = formatWithUnit(verdict.windows, '', 0);
      const reason = isTested
        ? `on ${windows} windows the difference may well be chance (${test})`
        : `${windows} windows are too few to tell`;
      return `${model} cannot be told apart from the best baseline, ${name}: its RMSE is ${rmse}, the baseline’s ${baseline}; ${reason}.`;
    }
    case 'loses':
      return `${model} loses: its RMSE of ${rmse} is ${percent} % above that of ${name}, which has ${baseline} (${test}). For this target the simpler method is the better forecast.`;
  }
}
