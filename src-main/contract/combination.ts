import { z } from 'zod';
import { formatWithUnit } from './format';
import type { Language } from './language';
import { upgradeCombination } from './upgrades';

/**
 * What a forecast may hold beside the LSTM, all straight-line models of the same window. `dailyCycle` repeats the last
 * day, with what the newest reading departs from the day before fading; `recentMean` is the mean of the readings in the window,
 * and `recentDeparture` what the newest reading departs from it, fading; `departures` is a ridge regression that is drawn
 * towards damped persistence instead of towards no dependence at all; `serviceErrors` one that is drawn towards the weather
 * service's forecast; `serviceCorrected` is that forecast less the mean of its last errors.
 */
export const BLEND_PARTS = [
  'persistence',
  'climatology',
  'dampedPersistence',
  'dailyCycle',
  'recentMean',
  'recentDeparture',
  'ridge',
  'departures',
  'service',
  'serviceCorrected',
  'serviceErrors',
] as const;
export type BlendPartName = (typeof BLEND_PARTS)[number];

/** What the forecast of a run is made of, chosen on the training and the validation part alone. */
export const combinationSchema = z.preprocess(
  upgradeCombination,
  z.strictObject({
    /** Share of the LSTM (the mean of its networks), 0 to 1; the others' shares are the rest. */
    share: z.number().min(0).max(1),
    parts: z
      .array(
        z.strictObject({
          name: z.enum(BLEND_PARTS),
          share: z.number().gt(0).max(1),
          /** Of a ridge regression; null: it has none. */
          penalty: z.number().gt(0).nullable(),
        }),
      )
      .max(BLEND_PARTS.length),
    /** Where it stands: the readings to learn from hold no whole day, so that nothing was learned. */
    withoutDay: z.literal(true).optional(),
    /** RMSE on the validation part in the target's unit: of the LSTM alone, of the others alone, of all together. */
    errors: z.strictObject({
      lstm: z.number().min(0),
      others: z.number().min(0),
      chosen: z.number().min(0),
    }),
  }),
);
export type Combination = Readonly<z.infer<typeof combinationSchema>>;
export type BlendPart = Combination['parts'][number];

const NAMES: Readonly<Record<Language, Readonly<Record<BlendPartName, string>>>> = {
  en: {
    persistence: 'persistence',
    climatology: 'climatology',
    dampedPersistence: 'damped persistence',
    dailyCycle: 'the course of the last day',
    recentMean: 'the mean of the newest readings',
    recentDeparture: 'a return to the mean of the newest readings',
    ridge: 'ridge regression',
    departures: 'ridge regression of the departures from damped persistence',
    service: 'the weather service’s forecast',
    serviceCorrected: 'the weather service’s forecast less its running error',
    serviceErrors: 'ridge regression of the weather service’s errors',
  },
  ko: {
    persistence: '지속성 예보',
    climatology: '기후값',
    dampedPersistence: '감쇠 지속성 예보',
    dailyCycle: '지난 하루의 변화',
    recentMean: '최근 관측값의 평균',
    recentDeparture: '최근 평균으로 되돌아가는 예보',
    ridge: '릿지 회귀',
    departures: '감쇠 지속성에서 벗어난 값의 릿지 회귀',
    service: '기상 기관의 예보',
    serviceCorrected: '최근 평균 오차를 뺀 기상 기관의 예보',
    serviceErrors: '기상 기관 예보 오차의 릿지 회귀',
  },
};

const WITHOUT_DAY: Readonly<Record<Language, string>> = {
  en: 'The readings to learn from hold no whole day, so nothing can be learned of its course: the forecast is persistence alone, the last reading. Add more days of readings.',
  ko: '학습할 관측값이 하루를 다 담지 못해 하루의 변화를 배울 수 없습니다. 이 예보는 마지막 관측값을 그대로 쓰는 지속성 예보뿐입니다. 며칠 더 모은 관측값을 넣어 주세요.',
};

/** 'The forecast is 70 % LSTM, 20 % ridge regression and 10 % climatology. On the validation part its RMSE is 2.41 °C, ...'. */
export function describeCombination(
  { share, parts, errors, withoutDay }: Combination,
  unit: string,
  language: Language = 'en',
): string {
  if (withoutDay === true) return WITHOUT_DAY[language];
  const percent = (part: number): string => `${Math.round(part * 100)} %`;
  const lstm = { share, words: language === 'ko' ? `LSTM ${percent(share)}` : `${percent(share)} LSTM` };
  const others = parts.map((part) => ({
    share: part.share,
    words:
      language === 'ko'
        ? `${NAMES.ko[part.name]} ${percent(part.share)}`
        : `${percent(part.share)} ${NAMES.en[part.name]}`,
  }));
  const all = (share === 0 ? others : [lstm, ...others]).sort((a, b) => b.share - a.share);
  const rmse = (error: number): string => formatWithUnit(error, unit, 2, language);
  const list = new Intl.ListFormat(language === 'ko' ? 'ko-KR' : 'en-GB', { type: 'conjunction' });
  const made = list.format(all.map(({ words }) => words));
  if (language === 'ko') {
    const nothing = share === 0 ? ' LSTM은 여기에 보태는 것이 없어 비율이 0입니다.' : '';
    return (
      `이 예보의 구성은 다음과 같습니다: ${made}.${nothing} 비율은 시험 구간을 보지 않고 골랐고, ` +
      `검증 구간의 RMSE는 혼합 ${rmse(errors.chosen)}, LSTM만 ${rmse(errors.lstm)}, 나머지만 ${rmse(errors.others)}입니다.`
    );
  }
  const nothing = share === 0 ? ' The LSTM adds nothing to them, so its share is 0.' : '';
  return (
    `The forecast is ${made}.${nothing} The shares were chosen without the test part; on the validation part ` +
    `its RMSE is ${rmse(errors.chosen)}, that of the LSTM alone ${rmse(errors.lstm)}, that of the others alone ${rmse(errors.others)}.`
  );
}
