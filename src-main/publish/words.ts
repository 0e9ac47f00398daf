import type { Language } from '../contract/language';

/** What the published page says beyond numbers. */
interface PageWords {
  readonly title: (target: string) => string;
  readonly lastReading: string;
  readonly issued: (station: string, made: string) => string;
  readonly time: string;
  readonly value: string;
  readonly chance: (amount: string) => string;
  readonly warnings: string;
  readonly score: (days: number) => string;
  readonly noScore: string;
  readonly rmseHelp: string;
  readonly compared: (values: number, within: string) => string;
  readonly instead: (method: string) => string;
  readonly worse: (since: string) => string;
  readonly madeBy: string;
  /** Of a sensor: the running score. */
  readonly scoreSensor: string;
  readonly chanceSensor: string;
}

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = {
  en: {
    title: (target) => `${target}: forecast`,
    lastReading: 'Last reading',
    issued: (station, made) => `From the reading of ${station}; made ${made} UTC.`,
    time: 'Time',
    value: 'Forecast',
    chance: (amount) => `At least ${amount}`,
    warnings: 'Warnings',
    score: (days) => `How it did in the last ${days} days`,
    noScore: 'No forecast’s time has come yet.',
    rmseHelp: 'The typical error (RMSE): the smaller the better.',
    compared: (values, within) =>
      `${values === 1 ? '1 value' : `${values} values`} compared; within their 95 % interval: ${within}.`,
    instead: (method) =>
      `The model has done worse than ${method} for too long: what that says is shown instead.`,
    worse: (since) =>
      `Since ${since} the model has been worse than the best simple forecast by more than chance explains.`,
    madeBy: 'Made by Hindcast',
    scoreSensor: 'typical error of the last 30 days',
    chanceSensor: 'chance',
  },
  ko: {
    title: (target) => `${target} 예보`,
    lastReading: '마지막 관측',
    issued: (station, made) => `${station} 관측에서 냄. 만든 때 ${made} UTC.`,
    time: '시각',
    value: '예보',
    chance: (amount) => `${amount} 이상`,
    warnings: '경보',
    score: (days) => `지난 ${days}일의 성적`,
    noScore: '아직 때가 된 예보가 없습니다.',
    rmseHelp: '보통의 오차(RMSE)로, 작을수록 좋습니다.',
    compared: (values, within) => `값 ${values}개를 견주었고, ${within}가 95 % 구간 안에 들었습니다.`,
    instead: (method) => `모형이 너무 오래 ${method}보다 못했으므로 그 값을 대신 보여 줍니다.`,
    worse: (since) => `${since}부터 모형이 가장 나은 단순 예보보다 우연으로 볼 수 없을 만큼 나쁩니다.`,
    madeBy: 'Hindcast가 만듦',
    scoreSensor: '지난 30일의 보통 오차',
    chanceSensor: '확률',
  },
};
