import { describeCombination, type Combination } from '../../../src-main/contract/combination';
import { withParticle } from '../../../src-main/contract/particles';
import type { MemberScores, ServiceComparison, Verdict } from '../../../src-main/contract/results';
import {
  describeForetelling,
  describeSeeds,
  describeService,
  describeVerdict,
} from '../../../src-main/contract/verdict';
import { SHARED_WORDS } from '../../../src-main/contract/words';
import type { verify as english } from '../en/verify';

const { methods, blend } = SHARED_WORDS.ko;

export const verify = {
  title: '검증',
  lead: '한 번도 보지 못한 관측값을 얼마나 잘 맞힐까요? 모든 점수를 더 단순한 예보와 나란히 보여 드립니다.',
  lockedTitle: '아직 검증할 것이 없습니다',
  lockedText: '모형을 학습하거나 학습 기록을 열면, 남겨 둔 구간에서의 점수가 여기에 나옵니다.',
  toTrain: '학습으로 가기',
  toRuns: '학습 기록으로 가기',
  loading: '남겨 둔 구간을 예보하는 중…',
  retry: '다시 시도',
  verdict: (verdict: Verdict) => describeVerdict(verdict, 'ko'),
  overService: (comparison: ServiceComparison, unit: string) => describeService(comparison, unit, 'ko'),
  foretelling: (names: readonly string[]) => describeForetelling(names, 'ko'),
  combination: (combination: Combination, unit: string) =>
    `${describeCombination(combination, unit, 'ko')} 아래 그림의 ‘LSTM’은 이 혼합 예보이며, 모형 화면에서 끌 수 있습니다.`,
  scores: '점수',
  scoresCaption: (count: string, from: string, to: string) =>
    `남겨 둔 구간: ${from}부터 ${to}까지, 윈도 ${count}개. 가장 좋은 값은 굵게 표시합니다.`,
  unread: SHARED_WORDS.ko.unread,
  method: '예보 방법',
  rmse: 'RMSE',
  mae: 'MAE',
  bias: '편향',
  skill: '기술 점수',
  best: '최고',
  skillOverBest: '최고 기준 대비 기술',
  saved: (share: string, interval: string | null) =>
    `가장 좋은 기준 예보보다 줄인 제곱 오차: ${share} %${interval === null ? '' : `(95 % 구간: ${interval} %)`}.`,
  range: (low: string, high: string) => `${low} ~ ${high}`,
  byLeadScores: '선행시간별 점수',
  byLeadTable: '선행시간마다의 점수와 구간',
  scoresOf: '점수를 볼 예보',
  allLeads: '전체',
  intervalsHelp:
    '각 수 아래는 95 % 구간입니다. 여러 날을 한 덩어리로 1,000번 다시 뽑아 구했습니다. ‘최고 기준 대비 기술’은 그 선행시간에서 가장 좋았던 기준 예보(아래에 표시)보다 줄인 제곱 오차의 비율입니다.',
  rmseHelp: '평균 제곱근 오차: 크게 빗나갈수록 더 크게 반영됩니다.',
  maeHelp: '평균 절대 오차: 평균적으로 얼마나 빗나가는지 나타냅니다.',
  biasHelp: '예측에서 관측을 뺀 값의 평균: 0보다 크면 높게 예보하는 편입니다.',
  correlation: '상관',
  correlationHelp: '예측과 관측이 함께 오르내리는 정도: 1이면 완전히 같이 움직입니다.',
  mase: 'MASE',
  maseHelp: '학습 구간에서 한 단계 사이의 평균 변화를 1로 본 평균 절대 오차입니다.',
  skillHelp: '지속성 예보보다 줄인 제곱 오차의 비율: 100 %는 완벽, 0 %는 지속성 예보와 같습니다.',
  ...methods,
  modelHelp: '직접 학습한 신경망입니다.',
  blend,
  blendHelp: '학습한 신경망과 단순 모형을 섞은 예보입니다.',
  persistenceHelp: '내일도 오늘과 같다: 마지막 관측값을 그대로 씁니다.',
  dampedPersistenceHelp: '평년 값에서 벗어난 마지막 정도가 단계마다 줄어든다고 봅니다.',
  climatologyHelp: '한 해 중 그날의 평년 값입니다.',
  seasonalNaiveHelp: '1년 전의 값입니다(2년이 안 되는 시간별 자료에서는 하루 전).',
  serviceHelp: '기상 기관의 예보를 그대로 쓴 것입니다.',
  serviceCorrectedHelp: '그 예보에서, 발표 때까지 알려진 최근 며칠의 평균 오차를 뺀 것입니다.',
  ridgeHelp: '같은 윈도를 쓰는 선형 회귀 모형입니다.',
  plot: '관측과 예측',
  plotLabel: (name: string, from: string, to: string, rmse: string) =>
    `${from}부터 ${to}까지 ${name}의 관측값과 LSTM 예측값. RMSE는 ${rmse}입니다.`,
  show: '표시',
  leadTime: '선행시간',
  thinned: (every: string, count: string) => `예보 ${count}개 가운데 ${every}개마다 하나를 그렸습니다.`,
  residuals: '잔차: 예측에서 관측을 뺀 값',
  residualsLabel: (from: string, to: string, mean: string, largest: string) =>
    `${from}부터 ${to}까지 LSTM의 잔차: 평균 ${mean}, 최대 ${largest}입니다.`,
  histogram: '얼마나 자주, 얼마나 빗나갔나',
  histogramLabel: (share: string, size: string) =>
    `잔차의 히스토그램: ${share}가 0에서 ${size} 안에 있습니다.`,
  autocorrelation: '한 오차가 다음 오차를 알려 주나',
  autocorrelationLabel: (first: string) => `잔차의 자기상관: 한 단계 뒤와는 ${first}입니다.`,
  autocorrelationHelp:
    '우연만으로도 막대 스무 개 가운데 하나쯤은 점선을 넘습니다. 더 많이 넘거나 첫 막대가 길면 아직 배울 것이 남아 있습니다.',
  byMonth: '월별 오차',
  byHour: '시각별 오차',
  byGroupLabel: (count: string, worst: string, rmse: string) =>
    `LSTM의 RMSE는 ${worst}에서 ${withParticle(rmse, '으로/로')} 가장 큽니다. 점 ${count}개를 보여 드립니다.`,
  worstDays: '가장 많이 빗나간 열흘',
  worstCaption: '남겨 둔 구간에서 LSTM의 오차가 가장 컸던 날을 큰 순서로 보여 드립니다.',
  date: '날짜',
  observed: '관측',
  predicted: '예측',
  error: '오차',
  scatter: '관측 대비 예측',
  scatterLabel: (count: string) =>
    `예측 ${count}개를 관측값과 견준 그림. 대각선 위의 점은 완벽한 예보입니다.`,
  byLead: '선행시간별 오차',
  byLeadLabel: (rmseFirst: string, last: string, rmseLast: string) =>
    `선행시간별 RMSE: LSTM은 선행시간 1에서 ${rmseFirst}, 선행시간 ${last}에서 ${rmseLast}입니다.`,
  members: '신경망 하나씩',
  membersText:
    '예보를 평균하기 전 신경망마다의 RMSE입니다. 서로 다른 만큼이 학습에서 우연이 만드는 차이입니다.',
  seeds: (members: MemberScores, verdict: Verdict) => describeSeeds(members, verdict, 'ko'),
  membersMean: '평균 RMSE',
  membersSd: '표준편차',
  network: (number: string) => `신경망 ${number}`,
  lesson: '강의에 나오는 수',
  lessonText: '평가 구간의 정규화 단위 평균 제곱 오차로, 강의에서 출력하는 바로 그 수입니다.',
  lessonModel: 'LSTM',
  lessonPersistence: '지속성 예보',
} satisfies typeof english;
