import type { inside as english } from '../en/inside';

export const inside = {
  title: 'LSTM 들여다보기',
  lead: '윈도 하나를 한 걸음씩 따라가며 모든 게이트와 기억, 다음으로 넘기는 값을 봅니다.',
  subject: '들여다볼 대상',
  lesson: '강의',
  run: '내 모형',
  view: '보여 줄 내용',
  lessonViews: {
    days: '서울의 엿새',
    numbers: '첫 숫자',
    scaled: '정규화한 첫 숫자',
    stateful: '상태 이어 가기',
  },
  runViews: { window: '윈도 하나', stateful: '상태 이어 가기' },
  lessonTexts: {
    days: '아직 학습하지 않은 초기 가중치를 가진 유닛 4개짜리 작은 신경망이, 강의의 첫 윈도인 서울의 엿새를 읽습니다.',
    numbers:
      '강의에 처음 나오는 숫자입니다. 입력 4개의 관측 6개를 그대로, 표준정규분포에서 뽑은 가중치를 가진 유닛 10개짜리 셀에 넣습니다. 게이트는 대부분 활짝 열리거나 꽉 닫히고 상태는 1, −1 또는 0에 가까워서, 이런 셀은 거의 배우지 못합니다.',
    scaled:
      '같은 관측과 같은 가중치이지만, 입력마다 평균 0, 표준편차 1로 맞추었습니다. 이제 게이트가 열림과 닫힘 사이에 있습니다. 정규화는 이것을 위한 것입니다.',
    stateful:
      '초기 가중치를 가진 유닛 10개짜리 신경망이, 강의의 자료와 같은 모양으로 만든 2년치 하루 자료의 윈도 724개를 차례로 읽습니다.',
  },
  runStatefulText:
    '학습한 신경망이 윈도를 차례로 읽습니다. 이 신경망은 0에서 시작하는 윈도로 학습했고, 예보할 때도 0에서 시작합니다.',
  runText: (members: number) =>
    `${members > 1 ? `학습한 신경망 ${members}개 가운데 첫째가` : '학습한 신경망이'}, 한 번도 본 적 없는 남겨 둔 구간의 윈도를 읽습니다.`,
  loading: '들여다보는 중…',
  window: '읽는 값',
  place: (place: string, places: string) => `윈도 ${place} / ${places}`,
  earlier: '이전 윈도',
  later: '다음 윈도',
  step: '걸음',
  scaledHelp: '관측값 아래의 수는 신경망이 보는 값으로, 평균 0, 표준편차 1로 맞춘 것입니다.',
  unscaledHelp: '신경망은 관측값을 그대로 봅니다.',
  predicted: (name: string) => `한 걸음 뒤 ${name}의 예보`,
  observed: '실제 관측',
  equations: '유닛 하나의 계산',
  stepOf: (step: string, steps: string, date: string | null) =>
    `걸음 ${step} / ${steps}${date === null ? '' : `: ${date}`}`,
  stepNumber: (step: string) => `걸음 ${step}`,
  shapesHelp:
    '괄호 안은 모양입니다. 모든 유닛에 대한 게이트의 가중치와, 한 걸음에 게이트가 내는 값의 모양입니다.',
  valuesAt: (step: string) => `한 걸음에서 모든 유닛의 값: ${step}`,
  valuesHelp:
    '세로줄은 유닛 하나이고, 게이트는 유닛마다 수를 하나씩 냅니다. 1.5e−26은 1.5를 10으로 26번 나눈 수입니다.',
  statefulTitle: '윈도를 읽은 뒤의 상태',
  statefulHelp:
    '이어 가면 윈도마다 앞 윈도가 끝난 상태에서 시작하고(h0, c0 = hn, cn), 0에서 시작하면 윈도마다 빈 기억으로 시작합니다.',
  firstWindows: (windows: string, all: string) => `윈도 ${all}개 가운데 처음 ${windows}개만 보입니다.`,
  statefulLabel: (state: string, unit: string, windows: string) =>
    `윈도 ${windows}개를 읽은 뒤마다 유닛 ${unit}의 ${state}. 이어 간 것과 0에서 시작한 것. 백 번째 윈도마다의 수는 표에 있습니다.`,
  whichState: '상태',
  passes: { carried: '이어 감', fromZero: '0에서 시작' },
  windowAxis: '윈도',
  windowNumber: (window: string) => `윈도 ${window}`,
  everyHundredth: '백 번째 윈도마다',
  shapesTitle: '모양과 윈도의 배치',
  shapeNames: {
    windows: '모든 윈도: 윈도, 걸음, 입력',
    input: '윈도 하나: 걸음, 윈도, 입력',
    output: '걸음마다의 은닉 상태',
    state: '읽기 전 h0, c0, 읽은 뒤 hn, cn: 층, 윈도, 유닛',
  },
  batches: (count: string, size: string) => `윈도 ${size}개짜리 배치 ${count}개`,
  lastBatch: (size: string) => `마지막 배치, 윈도 ${size}개`,
  shapesNote:
    '학습할 때처럼 배치로 읽으면: 윈도, 걸음, 입력 → 윈도, 예보값. 한 배치 안의 윈도는 모두 나란히 0에서 시작하므로 상태를 이어 가지 않습니다.',
  whichLayer: '층',
  layer: (layer: string) => `${layer}층`,
  whichUnit: '유닛',
  unit: (unit: string) => `유닛 ${unit}`,
  values: {
    input: '입력 게이트',
    forget: '망각 게이트',
    candidate: '후보값',
    output: '출력 게이트',
    cell: '셀 상태',
    hidden: '은닉 상태',
  },
  help: {
    input: '후보값을 기억에 얼마나 들일지',
    forget: '지난 기억을 얼마나 남길지',
    candidate: '지금 기억에 쓸 수 있는 값',
    output: '기억을 밖으로 얼마나 보일지',
    cell: '기억: 남긴 것과 새로 들인 것',
    hidden: '다음 걸음과 위층으로 넘기는 값',
  },
  maps: '모든 유닛을 한 걸음씩',
  mapsHelp: '세로줄은 윈도의 한 걸음, 가로줄은 유닛 하나입니다. 테두리는 위에서 고른 유닛과 걸음입니다.',
  cut: (units: string, steps: string) => `처음 유닛 ${units}개와 가장 최근 ${steps}걸음만 보입니다.`,
  scales: {
    input: '0 닫힘, 1 열림',
    forget: '0 잊음, 1 간직',
    candidate: '−1에서 1까지',
    output: '0 닫힘, 1 열림',
    cell: '0보다 작으면 주황, 크면 파랑',
    hidden: '−1에서 1까지',
  },
  mapLabel: (name: string) =>
    `열지도: 모든 걸음에서 모든 유닛의 ${name}. 한 유닛과 걸음의 수는 수식에 있습니다.`,
} satisfies typeof english;
