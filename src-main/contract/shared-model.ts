import { z } from 'zod';
import type { Language } from './language';
import { discoveries, FALSE_DISCOVERY_RATE } from './leaderboard';

/** How many months of own readings a station has, in the learning curve. */
export const CURVE_MONTHS = [1, 3, 6, 12] as const;

/** What the shared network is told of a station, beside its readings. */
export const STATION_TRAITS = ['latitude', 'altitude', 'climatology'] as const;
export type StationTrait = (typeof STATION_TRAITS)[number];

const name = z.string().min(1).max(200);
const count = z.number().int().min(0);
const error = z.number().min(0);

/** The shared model at a station beside its own, on the same windows of the test part. Errors (RMSE) in the group's unit. */
export const sharedStationSchema = z.strictObject({
  name,
  /** The run of the shared model, tuned on the station; within the folder of the fleet. */
  folder: z.string().min(1).max(300),
  windows: count,
  /** Of what would forecast: with the simple models in their shares, where the settings ask for it. */
  single: error,
  shared: error,
  /** Of the networks alone. */
  singleAlone: error,
  sharedAlone: error,
  /** The network's share in the forecast, 0 to 1. */
  singleShare: z.number().min(0).max(1),
  sharedShare: z.number().min(0).max(1),
  /** Epochs of the tuning; 0: the validation part was forecast better without it. */
  tunedEpochs: count,
  /** Of the Diebold-Mariano test, two-sided; null where there are too few windows. */
  pValue: z.number().min(0).max(1).nullable(),
});
export type SharedStation = z.infer<typeof sharedStationSchema>;

/** A station that the shared network never saw, with so many months of readings. Errors (RMSE) on its whole test part. */
export const curvePointSchema = z.strictObject({
  name,
  months: z.number().int().positive(),
  /** Windows that could be learned from. */
  learned: count,
  windows: count,
  persistence: error,
  /** As the settings train a single station, of these months alone. */
  single: error,
  /** The network that the other stations made: as it is, and tuned on these months. */
  untuned: error,
  tuned: error,
  /** The latter with the simple models of these months in their shares, as the settings have it. */
  shared: error,
});
export type CurvePoint = z.infer<typeof curvePointSchema>;

const groupSchema = z.strictObject({
  target: z.string(),
  unit: z.string(),
  stepSeconds: z.number().positive(),
  window: z.number().int().positive(),
  horizon: z.number().int().positive(),
  /** As they are called at the first station. */
  inputs: z.array(z.string()),
  traits: z.array(z.enum(STATION_TRAITS)),
  /** Windows of all stations that the network learned from, and by which its epoch was chosen. */
  trainWindows: count,
  validationWindows: count,
  epochs: count,
  seconds: z.number().min(0),
  stations: z.array(sharedStationSchema),
  /** Trainings of the curve, each without some of the stations. */
  curveTrainings: count,
  curve: z.array(curvePointSchema),
});
export type SharedGroup = z.infer<typeof groupSchema>;

/** Why a station has no share in it. */
export const NOT_SHARED = ['alone', 'several-targets', 'direction', 'no-input', 'failed'] as const;
export type NotShared = (typeof NOT_SHARED)[number];

export const sharedReportSchema = z.strictObject({
  /** Stations of one step, one quantity and the same settings have one network. */
  groups: z.array(groupSchema),
  left: z.array(z.strictObject({ name, why: z.enum(NOT_SHARED) })),
});
export type SharedReport = z.infer<typeof sharedReportSchema>;

export type SharedVerdict = 'helps' | 'level' | 'hurts';

export interface JudgedShare extends SharedStation {
  readonly unit: string;
  /** Share of the single model's squared error that the shared one saves. */
  readonly saved: number;
  /** As of a test at a false discovery rate over all stations. */
  readonly verdict: SharedVerdict;
}

export interface SharedSummary {
  readonly stations: readonly JudgedShare[];
  readonly counts: Readonly<Record<SharedVerdict, number>>;
  /** Stations at which it has less error, whatever the test says. */
  readonly lower: number;
}

/** Whether the shared model helps, station by station, as many tests at once allow to say. */
export function summariseShared({ groups }: SharedReport): SharedSummary {
  const all = groups.flatMap(({ unit, stations }) => stations.map((station) => ({ ...station, unit })));
  const significant = discoveries(
    all.map(({ pValue }) => pValue),
    FALSE_DISCOVERY_RATE,
  );
  const stations = all.map((station, index): JudgedShare => {
    const saved = station.single === 0 ? 0 : 1 - (station.shared / station.single) ** 2;
    const told = saved > 0 ? 'helps' : 'hurts';
    return { ...station, saved, verdict: significant[index] === true && saved !== 0 ? told : 'level' };
  });
  const of = (verdict: SharedVerdict): number => stations.filter((each) => each.verdict === verdict).length;
  return {
    stations,
    counts: { helps: of('helps'), level: of('level'), hurts: of('hurts') },
    lower: stations.filter(({ shared, single }) => shared < single).length,
  };
}

export interface CurveRow extends Pick<
  CurvePoint,
  'months' | 'persistence' | 'single' | 'untuned' | 'tuned' | 'shared'
> {
  readonly stations: number;
  /** Stations at which the shared network, as it is and alone, has less error than the model of their own. */
  readonly lower: number;
}

/** The learning curve of a group: errors as the root of the mean square over its stations. */
export function curveRows({ curve }: SharedGroup): CurveRow[] {
  return CURVE_MONTHS.flatMap((months) => {
    const points = curve.filter((point) => point.months === months);
    if (points.length === 0) return [];
    const over = (key: 'persistence' | 'single' | 'untuned' | 'tuned' | 'shared'): number =>
      Math.sqrt(points.reduce((sum, point) => sum + point[key] ** 2, 0) / points.length);
    return [
      {
        months,
        stations: points.length,
        persistence: over('persistence'),
        single: over('single'),
        untuned: over('untuned'),
        tuned: over('tuned'),
        shared: over('shared'),
        lower: points.filter(({ untuned, single }) => untuned < single).length,
      },
    ];
  });
}

/** What the window and the report both say of a shared model. */
interface SharedText {
  readonly title: string;
  readonly about: string;
  readonly columns: Readonly<
    Record<'station' | 'single' | 'shared' | 'saved' | 'verdict' | 'singleAlone' | 'sharedAlone', string>
  >;
  readonly verdicts: Readonly<Record<SharedVerdict, string>>;
  readonly counts: (helps: number, level: number, hurts: number, lower: number, all: number) => string;
  readonly curve: (target: string) => string;
  readonly curveColumns: Readonly<
    Record<'months' | 'persistence' | 'single' | 'untuned' | 'lower' | 'tuned' | 'shared', string>
  >;
  readonly months: (months: number) => string;
  readonly lowerAt: (lower: number, of: number) => string;
  readonly notShared: string;
  readonly left: Readonly<Record<NotShared, string>>;
}

export const SHARED_TEXT: Readonly<Record<Language, SharedText>> = {
  en: {
    title: 'One model for all stations',
    about:
      'One LSTM learned from all stations of a kind together and was then tuned on each. What it learned comes from the training parts alone: moments at which any station is tested taught it nothing. Both models are compared on the same windows of the test part (RMSE).',
    columns: {
      station: 'Station',
      single: 'Its own model',
      shared: 'Shared, tuned',
      saved: 'Squared error saved',
      verdict: 'The shared model',
      singleAlone: 'Its own LSTM alone',
      sharedAlone: 'Shared LSTM alone',
    },
    verdicts: { helps: 'helps', level: 'cannot be told apart', hurts: 'is worse' },
    counts: (helps, level, hurts, lower, all) =>
      `The shared model is better at ${helps}, cannot be told apart at ${level}, and is worse at ${hurts} of ${all} stations; its error is the lower one at ${lower}. ${
        helps > hurts
          ? 'Sharing pays here.'
          : helps < hurts
            ? 'The single models are the better choice here.'
            : 'There is no reason here to give up the single models.'
      }`,
    curve: (target) =>
      `${target} at a station that the shared model never saw, by its months of readings (RMSE over the stations):`,
    curveColumns: {
      months: 'Readings',
      persistence: 'Persistence',
      single: 'A model of its own',
      untuned: 'Shared LSTM, as it is',
      lower: 'That is lower',
      tuned: 'Shared LSTM, tuned',
      shared: 'Tuned, in a blend',
    },
    months: (months) => (months === 1 ? '1 month' : `${months} months`),
    lowerAt: (lower, of) => `at ${lower} of ${of}`,
    notShared: 'Not in the shared model',
    left: {
      alone: 'no other station has its step, quantity and settings, so it shares no model.',
      'several-targets': 'has several targets or a weather service’s forecast, so it shares no model.',
      direction: 'forecasts a direction, so it shares no model.',
      'no-input': 'what it forecasts is not among its inputs, so it shares no model.',
      failed: 'no shared model could be trained: outside of all test parts too few windows are left.',
    },
  },
  ko: {
    title: '모든 지점을 위한 하나의 모형',
    about:
      '같은 종류의 모든 지점에서 LSTM 하나를 함께 학습한 뒤 지점마다 조정했습니다. 학습 구간에서만 배웠으며, 어느 지점이든 평가하는 시각은 배우지 않았습니다. 두 모형은 평가 구간의 같은 구간들에서 견줍니다(RMSE).',
    columns: {
      station: '지점',
      single: '지점 모형',
      shared: '공동 모형(조정)',
      saved: '줄인 제곱 오차',
      verdict: '공동 모형',
      singleAlone: '지점 LSTM만',
      sharedAlone: '공동 LSTM만',
    },
    verdicts: { helps: '도움', level: '우열 없음', hurts: '못함' },
    counts: (helps, level, hurts, lower, all) =>
      `공동 모형이 지점 ${all}곳 가운데 나은 곳 ${helps}, 우열을 가릴 수 없는 곳 ${level}, 못한 곳 ${hurts}이며, 오차가 더 작은 곳은 ${lower}입니다. ${
        helps > hurts
          ? '여기서는 함께 학습하는 것이 이롭습니다.'
          : helps < hurts
            ? '여기서는 지점 모형이 더 낫습니다.'
            : '여기서는 지점 모형을 버릴 까닭이 없습니다.'
      }`,
    curve: (target) => `공동 모형이 배우지 않은 지점의 ${target}, 관측 개월 수에 따라(지점 전체의 RMSE):`,
    curveColumns: {
      months: '관측 기간',
      persistence: '지속성 예보',
      single: '지점 모형',
      untuned: '공동 LSTM 그대로',
      lower: '그것이 더 작은 곳',
      tuned: '공동 LSTM 조정',
      shared: '조정하여 섞음',
    },
    months: (months) => `${months}개월`,
    lowerAt: (lower, of) => `${of}곳 중 ${lower}곳`,
    notShared: '공동 모형에 없는 지점',
    left: {
      alone: '간격, 양, 설정이 같은 다른 지점이 없어 공동 모형이 없습니다.',
      'several-targets': '예보 대상이 여럿이거나 기상청 예보가 있어 공동 모형이 없습니다.',
      direction: '방향을 예보하므로 공동 모형이 없습니다.',
      'no-input': '예보 대상이 입력에 없어 공동 모형이 없습니다.',
      failed: '모든 평가 구간을 빼면 남는 구간이 너무 적어 공동 모형을 학습할 수 없었습니다.',
    },
  },
};

/** In one paragraph: whether it helps, plainly. */
export function describeSharedCounts(
  { counts: { helps, level, hurts }, lower, stations }: SharedSummary,
  language: Language = 'en',
): string {
  return SHARED_TEXT[language].counts(helps, level, hurts, lower, stations.length);
}
