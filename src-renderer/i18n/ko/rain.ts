import { describeThreshold } from '../../../src-main/contract/probability';
import type { rain as english } from '../en/rain';

export const rain = {
  title: (amount: string) => `${amount} 이상의 비가 올 확률은 얼마나 맞았을까요?`,
  sentence: (amount: string, frequency: string, skill: string, isBetter: boolean) =>
    `남겨 둔 구간에서 ${amount} 이상의 비가 온 비율은 ${frequency}입니다. 확률 예보는 기후값의 브라이어 점수를 ${
      isBetter ? `${skill} 줄였습니다` : `줄이지 못했습니다(${skill})`
    }. 비의 양까지 보장하지는 않습니다.`,
  brier: '브라이어 점수',
  model: '이 모델',
  zambretti: '잠브레티(1915)',
  climatology: '기후값',
  skill: '브라이어 기술 점수',
  reliability: '확률이 말한 만큼 맞았을까요?',
  reliabilityLabel: (count: string) =>
    `신뢰도 그림, 점 ${count}개: 예보한 확률과 실제로 비가 온 비율을 견줍니다. 대각선 위에 있으면 확률이 말한 그대로입니다.`,
  chart: { said: '예보한 확률(%)', happened: '실제로 온 비율(%)' },
  help: '브라이어 점수는 확률과 실제(0 또는 1)의 차이를 제곱해 평균한 값으로, 낮을수록 좋습니다. 기후값은 그 무렵에 그런 비가 온 날의 비율입니다. 점이 클수록 예보가 많으며, 작은 점은 우연히 대각선을 벗어날 수 있습니다. 아래 끝이 0인 강수 구간에는 약속한 수준보다 많은 관측이 듭니다.',
  column: (threshold: number, unit: string) => describeThreshold(threshold, unit, 'ko'),
} satisfies typeof english;
