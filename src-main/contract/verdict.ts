import { formatWithUnit } from './format';
import type { Language } from './language';
import { withParticle } from './particles';
import type { Baseline, MemberScores, ServiceComparison, Verdict } from './results';

/** What is said above all else of a model whose inputs carry the future. @param names of those inputs, at least one */
export function describeForetelling(names: readonly string[], language: Language = 'en'): string {
  const quoted = names.map((name) => `“${name}”`).join(', ');
  if (language === 'ko') {
    return `이 점수를 믿지 마십시오. 입력 ${quoted}에는 예보 대상의 나중 값이 들어 있어, 예보할 때는 알 수 없습니다. 열 화면에서 빼고 다시 학습하십시오.`;
  }
  const verb = names.length === 1 ? 'tells' : 'tell';
  const leave = names.length === 1 ? 'Leave it' : 'Leave them';
  return `Do not trust these scores: ${quoted} ${verb} what comes later, which nobody knows when a forecast is issued. ${leave} out in Columns and train again.`;
}

/** Above this probability that chance alone makes such a difference, two forecasts are called level. */
export const SIGNIFICANCE = 0.05;

/** The baselines in a sentence, each with what it does. */
const BASELINES: Readonly<Record<Language, Readonly<Record<Baseline, string>>>> = {
  en: {
    persistence: 'persistence (“tomorrow will be like today”)',
    dampedPersistence: 'damped persistence (today’s departure from the usual, fading)',
    climatology: 'climatology (the usual value of that day of the year)',
    seasonalNaive: 'seasonal naive (the value one season before)',
    ridge: 'ridge regression (a straight-line model on the same window)',
    service: 'the weather service’s forecast as it stands',
    serviceCorrected: 'the weather service’s forecast less its mean error of the last days',
  },
  ko: {
    persistence: '지속성 예보(“내일도 오늘과 같다”)',
    dampedPersistence: '감쇠 지속성 예보(오늘의 편차가 차츰 줄어든다)',
    climatology: '기후값(그날의 평년 값)',
    seasonalNaive: '계절 단순 예보(한 계절 주기 전의 값)',
    ridge: '릿지 회귀(같은 윈도의 선형 모형)',
    service: '기상 기관의 예보(그대로)',
    serviceCorrected: '기상 기관의 예보(최근 며칠의 평균 오차를 뺀 값)',
  },
};

/** 'p = 0.012', 'p < 0.001'. */
export function formatPValue(pValue: number): string {
  if (pValue < 0.001) return 'p < 0.001';
  return `p = ${pValue.toFixed(pValue < 0.1 ? 3 : 2)}`;
}

/** How much higher or lower the model's RMSE is, in per cent of the baseline's: '3.1'. */
function percentApart({ modelRmse, baselineRmse }: Verdict): string {
  return Math.abs((1 - modelRmse / baselineRmse) * 100).toFixed(1);
}

/** Where the model is a blend, what of it is the LSTM's in per cent; null for the LSTM alone. */
export function blendPercent({ lstmShare }: Pick<Verdict, 'lstmShare'>): number | null {
  return lstmShare === 1 ? null : Math.round(lstmShare * 100);
}

const NOTHING_READ: Readonly<Record<Language, string>> = {
  en: 'No model can be judged: the held-back part holds no reading of the target: its values were filled. Choose another period, or let the test begin at another date.',
  ko: '모형을 평가할 수 없습니다. 떼어 둔 구간에는 목표의 관측값이 없고 채운 값뿐입니다. 다른 기간이나 다른 시험 시작일을 고르세요.',
};

/** The sentence of a verdict. */
export function describeVerdict(verdict: Verdict, language: Language = 'en'): string {
  if (verdict.windows === 0) return NOTHING_READ[language];
  return language === 'ko' ? inKorean(verdict) : inEnglish(verdict);
}

function inEnglish(verdict: Verdict): string {
  const rmse = formatWithUnit(verdict.modelRmse, verdict.unit);
  const baseline = formatWithUnit(verdict.baselineRmse, verdict.unit);
  const name = BASELINES.en[verdict.bestBaseline];
  const percent = percentApart(verdict);
  const isTested = Number.isFinite(verdict.pValue);
  const test = `Diebold-Mariano test, ${formatPValue(verdict.pValue)}`;
  const lstm = blendPercent(verdict);
  const model =
    lstm === null ? 'The LSTM' : `The blend of LSTM (${lstm} %) and simple models (${100 - lstm} %)`;
  switch (verdict.kind) {
    case 'beats': {
      const verb = verdict.isClose ? 'seems to beat' : 'beats';
      const chance = verdict.isClose
        ? `It is close: chance alone makes such a difference now and then (${test}).`
        : `Chance alone would seldom make such a difference (${test}).`;
      return `${model} ${verb} every baseline: its RMSE of ${rmse} is ${percent} % below that of the best, ${name}, with ${baseline}. ${chance}`;
    }
    case 'level': {
      const windows = formatWithUnit(verdict.windows, '', 0);
      const lead = verdict.modelRmse < verdict.baselineRmse ? 'the model' : 'the baseline';
      const reason = !isTested
        ? `${windows} windows are too few to tell`
        : verdict.isClose
          ? `it is close, and on ${windows} windows the lead of ${lead} may be chance (${test})`
          : `on ${windows} windows the difference may well be chance (${test})`;
      return `${model} cannot be told apart from the best baseline, ${name}: its RMSE is ${rmse}, the baseline’s ${baseline}; ${reason}.`;
    }
    case 'loses':
      if (verdict.isClose) {
        return `${model} seems to lose: its RMSE of ${rmse} is ${percent} % above that of ${name}, which has ${baseline}. It is close: chance alone makes such a difference now and then (${test}).`;
      }
      return `${model} loses: its RMSE of ${rmse} is ${percent} % above that of ${name}, which has ${baseline} (${test}). For this target the simpler method is the better forecast.`;
  }
}

function inKorean(verdict: Verdict): string {
  const rmse = formatWithUnit(verdict.modelRmse, verdict.unit, 2, 'ko');
  const baseline = formatWithUnit(verdict.baselineRmse, verdict.unit, 2, 'ko');
  const name = BASELINES.ko[verdict.bestBaseline];
  const percent = percentApart(verdict);
  const isTested = Number.isFinite(verdict.pValue);
  const test = `디볼드-마리아노 검정, ${formatPValue(verdict.pValue)}`;
  const lstm = blendPercent(verdict);
  const model = lstm === null ? 'LSTM' : `LSTM(${lstm} %)과 단순 모형(${100 - lstm} %)의 혼합`;
  switch (verdict.kind) {
    case 'beats': {
      const better = verdict.isClose ? '나은 것으로 보입니다' : '낫습니다';
      const chance = verdict.isClose
        ? `차이가 아슬아슬하여 우연만으로도 가끔 이만한 차이가 납니다(${test}).`
        : `우연만으로는 이만한 차이가 좀처럼 나지 않습니다(${test}).`;
      return `${model}이 모든 기준 예보보다 ${better}. RMSE ${withParticle(rmse, '은/는')} 기준 가운데 가장 좋은 ${name}의 ${baseline}보다 ${percent} % 낮습니다. ${chance}`;
    }
    case 'level': {
      const windows = formatWithUnit(verdict.windows, '', 0, 'ko');
      const lead = verdict.modelRmse < verdict.baselineRmse ? '모형' : '기준';
      const reason = !isTested
        ? `윈도 ${windows}개로는 우열을 가릴 수 없습니다`
        : verdict.isClose
          ? `차이가 아슬아슬하여, 윈도 ${windows}개로는 ${lead} 쪽의 우세가 우연일 수 있습니다(${test})`
          : `윈도 ${windows}개로는 이 차이가 우연일 수 있습니다(${test})`;
      return `${model}과 가장 좋은 기준인 ${name}의 우열을 가릴 수 없습니다. RMSE는 ${rmse}, 기준이 ${baseline}이며, ${reason}.`;
    }
    case 'loses':
      if (verdict.isClose) {
        return `${model}이 진 것으로 보입니다. RMSE ${withParticle(rmse, '은/는')} ${name}의 ${baseline}보다 ${percent} % 높습니다. 차이가 아슬아슬하여 우연만으로도 가끔 이만한 차이가 납니다(${test}).`;
      }
      return `${model}이 졌습니다. RMSE ${withParticle(rmse, '은/는')} ${name}의 ${baseline}보다 ${percent} % 높습니다(${test}). 이 목표에는 더 단순한 방법이 더 나은 예보입니다.`;
  }
}

/** How the judgement falls over the seeds: how many of the networks are better than the best baseline on their own. */
export function describeSeeds(
  { rmse }: MemberScores,
  { bestBaseline, baselineRmse }: Verdict,
  language: Language = 'en',
): string {
  const better = rmse.filter((value) => value < baselineRmse).length;
  const name = BASELINES[language][bestBaseline];
  if (language === 'ko') {
    const among = `씨앗값만 다른 신경망 ${rmse.length}개 가운데`;
    return better === 0
      ? `${among} 혼자서 가장 좋은 기준인 ${name}보다 나은 것은 없습니다.`
      : `${among} ${better}개가 혼자서도 가장 좋은 기준인 ${name}보다 낫습니다.`;
  }
  const which = better > 1 ? `${better} on their own are` : `${better === 0 ? 'none' : '1'} on its own is`;
  return `Of the ${rmse.length} networks, which differ by their seed alone, ${which} better than the best baseline, ${name}.`;
}

/** 'What your station adds to the weather service’s forecast: 23 % less error (RMSE 1.46 °C instead of 1.89 °C, ...).' */
export function describeService(
  { modelRmse, serviceRmse, statistic, pValue }: ServiceComparison,
  unit: string,
  language: Language = 'en',
): string {
  const percent = Math.round(Math.abs(1 - modelRmse / serviceRmse) * 100);
  const [model, service] = [modelRmse, serviceRmse].map((rmse) => formatWithUnit(rmse, unit, 2, language));
  const isTold = pValue < SIGNIFICANCE;
  const adds = isTold && statistic < 0;
  if (language === 'ko') {
    const test = Number.isFinite(pValue) ? `, 디볼드-마리아노 검정 ${formatPValue(pValue)}` : '';
    const numbers = `(RMSE ${service} → ${model}${test})`;
    if (adds) return `이 관측소의 자료를 더하면 기상 기관 예보의 오차가 ${percent} % 줄어듭니다${numbers}.`;
    return isTold
      ? `기상 기관의 예보를 그대로 쓰십시오. 이 모형의 오차가 ${percent} % 더 큽니다${numbers}.`
      : `이 관측소의 자료가 기상 기관의 예보에 보태는 것은 우연과 구별되지 않습니다${numbers}.`;
  }
  const test = Number.isFinite(pValue) ? `; Diebold-Mariano test, ${formatPValue(pValue)}` : '';
  const numbers = `(RMSE ${model} instead of ${service}${test})`;
  if (adds)
    return `What your station adds to the weather service’s forecast: ${percent} % less error ${numbers}.`;
  return isTold
    ? `Take the weather service’s forecast as it stands: the model has ${percent} % more error ${numbers}.`
    : `Your station adds nothing to the weather service’s forecast that can be told from chance ${numbers}.`;
}
