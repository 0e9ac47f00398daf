import type { common as english } from '../en/common';

const stepWords: Readonly<Record<string, string>> = {
  hourly: '1시간',
  daily: '1일',
  monthly: '1개월',
  yearly: '1년',
};
const unitWords: Readonly<Record<string, string>> = {
  second: '초',
  minute: '분',
  hour: '시간',
  day: '일',
  month: '개월',
};

export const common = {
  appName: 'Hindcast',
  steps: '단계',
  stepNames: {
    data: '자료',
    columns: '열',
    model: '모형',
    train: '학습',
    verify: '검증',
    forecast: '예보',
    export: '내보내기',
    search: '탐색',
    inside: '들여다보기',
    runs: '학습 기록',
  },
  locked: {
    data: '',
    columns: '먼저 자료를 여세요.',
    model: '먼저 자료를 열고 열을 정하세요.',
    train: '먼저 모형을 정하고 학습을 누르세요.',
    verify: '먼저 모형을 학습하거나 학습 기록을 여세요.',
    forecast: '먼저 모형을 학습하거나 학습 기록을 여세요.',
    export: '먼저 모형을 학습하거나 학습 기록을 여세요.',
    search: '먼저 자료를 열고 열을 정하세요.',
    inside: '',
    runs: '',
  },
  done: '완료',
  theme: '화면 모드',
  themes: { system: '시스템 설정', light: '밝게', dark: '어둡게' },
  language: '언어',
  settings: '화면 모드와 언어',
  cancel: '취소',
  dismiss: '닫기',
  next: (step: string) => `다음: ${step}`,
  target: (name: string) => `목표: ${name}`,
  targetChoice: '이 학습의 목표 선택',
  loading: '불러오는 중',
  rows: (count: string) => `${count}행`,
  quantities: {
    temperature: '기온',
    'dew point': '이슬점온도',
    'relative humidity': '상대습도',
    pressure: '기압',
    'wind speed': '풍속',
    'wind gust': '순간풍속',
    'wind direction': '풍향',
    rain: '강수량',
    'rain rate': '강수강도',
    'solar radiation': '일사',
    'UV index': '자외선지수',
    sunshine: '일조시간',
    'snow depth': '적설',
    cloud: '운량',
    visibility: '시정',
    other: '기타',
  },
  presets: { tutorial: '강의용', recommended: '권장' },
  stepLabel: (label: string) => {
    const [, count, unit = ''] = /^(\d+(?:\.\d+)?) (\w+?)s?$/.exec(label) ?? [];
    const word = unitWords[unit];
    if (count !== undefined && word !== undefined) return `${count}${word}`;
    return stepWords[label] ?? label;
  },
} satisfies typeof english;
