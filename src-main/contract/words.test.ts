import { describe, expect, it } from 'vitest';
import { describeCombination, type Combination } from './combination';
import { describeCoverage } from './intervals';
import { describeThreshold } from './probability';
import type { Verdict } from './results';
import { describeVerdict } from './verdict';
import { inputText, SHARED_WORDS } from './words';

const VERDICT: Verdict = {
  kind: 'beats',
  isClose: false,
  bestBaseline: 'dampedPersistence',
  modelRmse: 1.9,
  baselineRmse: 2,
  persistenceRmse: 2.5,
  unit: '°C',
  lstmShare: 0.7,
  windows: 1450,
  skill: { value: 0.1, low: 0.05, high: 0.15 },
  pValue: 0.0131,
};

describe('what the window and the report both say', () => {
  it('is the same in Korean, with the same numbers', () => {
    expect(describeVerdict(VERDICT, 'ko')).toBe(
      'LSTM(70 %)과 단순 모형(30 %)의 혼합이 모든 기준 예보보다 낫습니다. RMSE 1.90 °C는 기준 가운데 가장 좋은 감쇠 지속성 예보(오늘의 편차가 차츰 줄어든다)의 2.00 °C보다 5.0 % 낮습니다. 우연만으로는 이만한 차이가 좀처럼 나지 않습니다(디볼드-마리아노 검정, p = 0.013).',
    );
    expect(describeVerdict({ ...VERDICT, kind: 'level', lstmShare: 1, pValue: NaN }, 'ko')).toMatch(
      /^LSTM과 가장 좋은 기준인 감쇠 지속성 예보.*윈도 1,450개로는 우열을 가릴 수 없습니다\.$/,
    );
    expect(describeVerdict({ ...VERDICT, kind: 'loses', modelRmse: 2.1 }, 'ko')).toMatch(
      /혼합이 졌습니다\. RMSE 2\.10 °C는 .*의 2\.00 °C보다 5\.0 % 높습니다/,
    );
    const combination = {
      share: 0.5,
      parts: [
        { name: 'climatology', share: 0.1, penalty: null },
        { name: 'departures', share: 0.4, penalty: 1 },
      ],
      errors: { lstm: 2.5, others: 2.75, chosen: 2.25 },
    } satisfies Combination;
    expect(describeCombination(combination, 'mm')).toBe(
      'The forecast is 50 % LSTM, 40 % ridge regression of the departures from damped persistence and 10 % climatology. The shares were chosen without the test part; on the validation part its RMSE is 2.25 mm, that of the LSTM alone 2.50 mm, that of the others alone 2.75 mm.',
    );
    expect(describeCombination({ ...combination, share: 0 }, 'mm')).toContain(
      'The LSTM adds nothing to them, so its share is 0.',
    );
    expect(describeCombination(combination, 'mm', 'ko')).toBe(
      '이 예보의 구성은 다음과 같습니다: LSTM 50 %, 감쇠 지속성에서 벗어난 값의 릿지 회귀 40 % 및 기후값 10 %. 비율은 시험 구간을 보지 않고 골랐고, 검증 구간의 RMSE는 혼합 2.25 mm, LSTM만 2.50 mm, 나머지만 2.75 mm입니다.',
    );
    expect(describeCoverage({ 50: 0.512, 80: 0.794, 95: 0.9381 }, 'ko')).toContain(
      '50 % 구간에 든 비율은 51.2 %, 80 % 구간은 79.4 %, 95 % 구간은 93.8 %입니다',
    );
  });

  it('never rounds a threshold of rain to nothing', () => {
    expect(describeThreshold(1, 'mm')).toBe('At least 1.0 mm');
    expect(describeThreshold(1 / 25.4, 'in', 'ko')).toBe('0.04 in 이상');
  });

  it('names what Hindcast made in the language, and a column as it stands in the file', () => {
    const koreanOf = (name: string, made: boolean): string => inputText({ name, made }, 'ko');
    expect(koreanOf('dew point', true)).toBe('이슬점');
    expect(koreanOf('dew point (2)', true)).toBe('이슬점 (2)');
    for (const name of ['dew point', 'sin(hour of day)', 'toString', 'wind u (2)'])
      expect(koreanOf(name, false)).toBe(name);
    expect(inputText({ name: 'dew point', made: true }, 'en')).toBe('dew point');
  });

  it('knows the steps of a time axis', () => {
    const steps = ['hourly', 'daily', 'monthly', '10 minutes', '3 hours', '2 days'];
    expect(steps.map(SHARED_WORDS.ko.step)).toEqual(['1시간', '1일', '1개월', '10분', '3시간', '2일']);
    expect(steps.map(SHARED_WORDS.en.step)).toEqual(steps);
  });
});
