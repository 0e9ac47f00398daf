import { formatWithUnit } from '../../../src-main/contract/format';
import { withParticle } from '../../../src-main/contract/particles';
import type { RollingHindcast } from '../../../src-main/contract/rolling';
import { formatPValue, SIGNIFICANCE } from '../../../src-main/contract/verdict';
import type { analysis as english } from '../en/analysis';

function describeRolling({ frozen, retrained, unit, trainings, pValue }: RollingHindcast): string {
  const [before, after] = [frozen.model.rmse, retrained.model.rmse].map((rmse) =>
    formatWithUnit(rmse, unit, 2, 'ko'),
  );
  if (trainings === 0) return '평가 구간이 그보다 짧아 다시 학습하지 않았습니다.';
  if (!(pValue < SIGNIFICANCE)) {
    return `${trainings}번 다시 학습하면 LSTM의 RMSE는 ${before}에서 ${withParticle(after ?? '', '으로/로')} 바뀝니다. 우연일 수 있는 차이입니다.`;
  }
  const kind = retrained.model.rmse < frozen.model.rmse ? '나아집니다' : '나빠집니다';
  return `${trainings}번 다시 학습하면 LSTM이 ${kind}. RMSE는 ${before}에서 ${withParticle(after ?? '', '으로/로')} 바뀝니다(디볼드-마리아노 검정, ${formatPValue(pValue)}).`;
}

export const analysis = {
  starting: '시작하는 중…',
  range: (low: string, high: string) => `${low} ~ ${high}`,
  importance: '어떤 입력이 없어도 될까요?',
  importanceHelp:
    '입력을 하나씩 남겨 둔 구간의 다른 시기 값으로 바꾸어 모형에 보여 줍니다(여러 날을 한 덩어리로 섞습니다). 오차가 크게 늘수록 모형이 그 입력에 많이 기댄 것입니다. 같은 것을 알려 주는 입력끼리는 중요도를 나누어 가집니다.',
  measure: '측정',
  measureAgain: '다시 측정',
  measuring: '입력을 섞는 중',
  byInput: '입력별 RMSE 증가',
  byLag: '관측 시점별 RMSE 증가',
  input: '입력',
  lagColumn: '예보보다 몇 번째 앞의 관측',
  rise: 'RMSE 증가',
  spread: '최소 ~ 최대',
  lag: (from: number, to: number) => {
    if (from === to) return from === 1 ? '1(가장 최근)' : String(from);
    return `${from} ~ ${to}`;
  },
  circles: { 'day of year': '계절(연중 날짜)', 'hour of day': '하루 중 시각' } as Readonly<
    Record<string, string>
  >,
  allHelp: (least: string, rise: string) =>
    `모든 입력이 도움이 됩니다. 가장 적게 돕는 입력은 다음과 같으며, 그 정보가 없으면 RMSE가 ${rise} 늘어납니다: ${least}.`,
  couldSpare: (names: string, most: string) =>
    `다음 입력은 없어도 됩니다: ${names}. 섞어도 RMSE는 많아야 ${most} 늘어납니다.`,
  importanceNote: (windows: string, rmse: string, repeats: string) =>
    `남겨 둔 구간의 윈도 ${windows}개에서 RMSE는 ${rmse}입니다. ${repeats}번 섞은 평균과 범위입니다.`,
  rolling: '다시 학습하면 나아질까요?',
  rollingHelp:
    '위의 점수는 한 번도 다시 학습하지 않은 모형의 것입니다. 여기서는 남겨 둔 구간을 차례로 지나며, 그때까지 관측된 것만으로(그 뒤의 값은 전혀 쓰지 않고) 모형과 기준 예보를 다시 학습합니다.',
  every: '다시 학습하는 간격',
  everyHelp: '두 학습 사이의 예보 개수입니다.',
  everyError: (most: string) => `1부터 ${most} 사이의 정수를 입력하세요.`,
  trainings: (count: string, _one: boolean) => `개 예보마다: 학습 ${count}번`,
  restart: '시작 가중치',
  restartHelp: '이어서 학습할 때는 에포크의 10분의 1만 씁니다.',
  restarts: { warm: '지금의 가중치', anew: '새 가중치' },
  roll: '시작',
  rollingOn: '다시 학습하는 중',
  frozen: 'RMSE(다시 학습하지 않음)',
  retrained: 'RMSE(다시 학습함)',
  rolled: describeRolling,
} satisfies typeof english;
