import { SERVICE_ERROR_LENGTHS, serviceErrorName, type InputName } from './series';
import type { Language } from './language';
import type { ForecastMethod } from './results';
import { SETTINGS } from './settings';

interface SharedWords {
  readonly methods: Readonly<Record<ForecastMethod, string>>;
  /** The model where it is not the LSTM alone. */
  readonly blend: string;
  /** Inputs that Hindcast made, by the names they have among the inputs: of the calendar, and derived from columns. */
  readonly madeInputs: Readonly<Record<string, string>>;
  /** A step by its label, see `TimeStep`. */
  readonly step: (label: string) => string;
  /** Of test windows whose observation one step ahead is missing in the file. @param count as it is to be shown */
  readonly unread: (count: string) => string;
  /** Of windows that the settings keep though a filled gap tells them what came later. @param count as it is to be shown */
  readonly toldByLater: (count: string) => string;
  readonly noIntervals: string;
  readonly withoutService: string;
  /** Where no validation part was kept. */
  readonly tooNarrow: string;
  readonly forecastPicture: {
    readonly title: (target: string, issuedAt: string) => string;
    readonly observed: string;
    readonly forecast: string;
    readonly expectedError: string;
  };
}

const KOREAN_STEPS: Readonly<Record<string, string>> = {
  hourly: '1시간',
  daily: '1일',
  monthly: '1개월',
  yearly: '1년',
};
const KOREAN_UNITS: Readonly<Record<string, string>> = {
  second: '초',
  minute: '분',
  hour: '시간',
  day: '일',
  month: '개월',
};

/** 'N minutes' and the like are made from their number. */
function koreanStep(label: string): string {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?) (\w+?)s?$/.exec(label) ?? [];
  const word = KOREAN_UNITS[unit];
  if (count !== undefined && word !== undefined) return `${count}${word}`;
  return KOREAN_STEPS[label] ?? label;
}

/** The further waves of the year among the calendar inputs: 'sin(2 x day of year)'. */
function koreanWaves(): Record<string, string> {
  const waves = Array.from({ length: SETTINGS.yearHarmonics.max - 1 }, (_, index) => index + 2);
  return Object.fromEntries(
    waves.flatMap((times) =>
      ['sin', 'cos'].map((part) => [`${part}(${times} x day of year)`, `${part}(연중 날짜 × ${times})`]),
    ),
  );
}

/** What the window and the report both say. Sentences made of numbers stand beside their numbers. */
export const SHARED_WORDS: Readonly<Record<Language, SharedWords>> = {
  en: {
    methods: {
      model: 'LSTM',
      persistence: 'Persistence',
      dampedPersistence: 'Damped persistence',
      climatology: 'Climatology',
      seasonalNaive: 'Seasonal naive',
      ridge: 'Ridge',
      service: 'Weather service',
      serviceCorrected: 'Weather service, corrected',
    },
    blend: 'LSTM and simple models',
    madeInputs: {},
    step: (label) => label,
    unread: (count) =>
      `In ${count} of them the value one step ahead was filled, not read. No score counts a filled value.`,
    toldByLater: (count) =>
      `In ${count} of the windows a filled gap tells what was read only later. The lesson keeps them, which lets a little of the future into training and score; every other preset leaves them out.`,
    withoutService:
      'The weather service’s forecast was missing at the last reading: this is the forecast of the model without it, ridge regression on the readings alone.',
    noIntervals: 'There were too few windows to learn intervals from.',
    tooNarrow:
      'No validation part was kept: the intervals were learned from errors on readings that the model was trained on, and are too narrow.',
    forecastPicture: {
      title: (target, issuedAt) => `${target}: forecast from ${issuedAt}`,
      observed: 'Observed',
      forecast: 'Forecast',
      expectedError: '± expected error (RMSE)',
    },
  },
  ko: {
    methods: {
      model: 'LSTM',
      persistence: '지속성 예보',
      dampedPersistence: '감쇠 지속성 예보',
      climatology: '기후값',
      seasonalNaive: '계절 단순 예보',
      ridge: '릿지 회귀',
      service: '기상 기관 예보',
      serviceCorrected: '보정한 기상 기관 예보',
    },
    blend: 'LSTM과 단순 모형',
    madeInputs: {
      'dew point': '이슬점',
      'pressure tendency': '기압 변화량',
      'daily range': '일교차',
      'sun height': '태양 고도',
      'length of day': '낮의 길이',
      'clear-sky radiation': '맑은 하늘의 일사량',
      ...koreanServiceErrors(),
      'wind u': '바람 성분 u',
      'wind v': '바람 성분 v',
      'sin(day of year)': 'sin(연중 날짜)',
      'cos(day of year)': 'cos(연중 날짜)',
      ...koreanWaves(),
      'sin(hour of day)': 'sin(시각)',
      'cos(hour of day)': 'cos(시각)',
    },
    step: koreanStep,
    unread: (count) =>
      `그 가운데 ${count}개는 한 단계 앞의 값을 관측하지 않았습니다. 채운 값은 점수에 넣지 않습니다.`,
    toldByLater: (count) =>
      `윈도 ${count}개는 나중 관측의 도움으로 채운 빈칸이 있어 아직 알 수 없는 값을 미리 압니다. 강의는 이런 윈도도 그대로 쓰므로 학습과 점수에 미래의 정보가 조금 새어 들어갑니다. 다른 설정에서는 뺍니다.`,
    withoutService:
      '마지막 관측 시각에 기상 기관의 예보가 없어, 예보 없이 관측만으로 학습한 릿지 회귀의 예보를 보여 드립니다.',
    noIntervals: '윈도가 너무 적어 예측 구간을 구할 수 없었습니다.',
    tooNarrow:
      '검증 구간을 두지 않아 학습에 쓴 관측의 오차에서 구간을 구했습니다. 그래서 구간이 실제보다 좁습니다.',
    forecastPicture: {
      title: (target, issuedAt) => `${target} 예보(마지막 관측 ${issuedAt})`,
      observed: '관측',
      forecast: '예보',
      expectedError: '± 예상 오차(RMSE)',
    },
  },
};

function koreanServiceErrors(): Record<string, string> {
  return Object.fromEntries(
    SERVICE_ERROR_LENGTHS.map((length) => [serviceErrorName(length), `기상 기관 예보 오차 ${length}`]),
  );
}

/** A second input of the same name has a number, see `makeSeries`: 'dew point (2)'. */
const NUMBERED = /^(.+?)( \(\d+\))?$/s;

/** An input for people: what Hindcast made in their language, a column as it stands in their file. */
export function inputText({ name, made }: InputName, language: Language): string {
  const [, base = name, count = ''] = NUMBERED.exec(name) ?? [];
  const own = made ? SHARED_WORDS[language].madeInputs[base] : undefined;
  return own === undefined ? name : `${own}${count}`;
}

/** Whether a derived input has this name. A column may have it as well: where it is known which is meant, that decides. */
export function isNameOfDerived(name: string): boolean {
  return inputText({ name, made: true }, 'ko') !== name;
}
