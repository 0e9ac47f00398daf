import type { coverage as english } from '../en/coverage';

export const coverage = {
  title: '예측 구간은 맞았을까요?',
  sentence: (held: string, count: string) =>
    `남겨 둔 구간의 예보 ${count}개에서, 관측이 95 % 구간 안에 든 비율은 ${held}입니다.`,
  promised: '약속한 수준',
  level: (level: string) => `${level} %`,
  held: '실제로 든 비율',
  picture: '약속한 수준과 견준 실제 비율',
  below: '아래로 벗어남',
  above: '위로 벗어남',
  width: '평균 폭',
  score: '구간 점수',
  byLead: '선행시간별로 보기',
  help: (frozen: string) =>
    `구간은 남겨 둔 구간 이전의 오차에서 구하고, 예보할 때까지 알려진 오차를 따라 조금씩 바뀝니다. 처음 그대로 두었다면 95 % 구간에 든 비율은 ${frozen}였습니다. 구간 점수는 폭에 벗어난 만큼을 더한 값으로, 낮을수록 좋습니다.`,
  tooNarrow:
    '검증 구간을 두지 않아 학습에 쓴 관측의 오차에서 구간을 시작했습니다. 그 오차는 실제보다 작습니다. 제대로 된 구간을 보려면 모형 화면에서 검증 비율을 주십시오.',
} satisfies typeof english;
