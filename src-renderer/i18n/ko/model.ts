import type { model as english } from '../en/model';

export const model = {
  title: '모형',
  text: '미리 정한 설정에서 시작하거나 모두 직접 정하세요. 오른쪽에 자료가 어떻게 나뉘는지 보입니다.',
  train: '학습',
  questions: {
    title: '무엇을 알고 싶나요?',
    names: {
      'next-hours': '앞으로 몇 시간',
      tomorrow: '내일, 한 시간마다',
      'next-days': '앞으로 7일',
      'highs-and-lows': '앞으로 7일의 최고와 최저',
      'rain-tomorrow': '내일의 비',
      own: '직접 정하기',
    },
    about: (names: string, span: string, step: string) => `${names}: ${span} 앞까지, ${step} 간격`,
    ownText: '목표는 열 화면에서, 입력 길이와 예보 길이는 아래에서 정합니다.',
    cannot: {
      'next-hours': '관측이 너무 드뭅니다.',
      tomorrow: '관측이 하루에 한 번이거나 더 드뭅니다.',
      'next-days': '관측이 하루에 한 번보다 드뭅니다.',
      'highs-and-lows': '세 시간마다 또는 더 자주 잰 기온이나, 날마다의 최고기온과 최저기온이 필요합니다.',
      'rain-tomorrow': '강수 열이 필요합니다.',
      own: '',
    },
  },
  remedies: {
    'leave-out': (names: string) => `${names} 열 빼기`,
    'hold-last': (names: string) => `${names} 열의 빈 곳을 마지막 관측값으로 채우기`,
    parts: (_names: string) => '윈도가 있는 곳에서 구간 시작하기',
    window: (window: string) => `입력 길이를 ${window}로 줄이기`,
  },
  settings: '설정',
  showSettings: '설정 펼치기',
  hideSettings: '설정 접기',
  presets: '미리 정한 설정',
  presetCards: {
    tutorial: {
      what: '한국어 LSTM 강의의 설정: 입력 길이 6, 은닉 유닛 10개, 200에포크, 조기 종료 없음.',
      honest:
        '2년치 자료를 거의 외우지만, 정작 ‘내일도 오늘과 같다’는 예보에 지는 일이 많습니다. 바로 그것이 이 강의의 교훈입니다.',
    },
    recommended: {
      what: '더 긴 입력, 계절 입력, 검증 구간, 조기 종료를 씁니다.',
      honest: '보지 못한 날을 잘 맞히도록 학습합니다. 여기서 시작하세요.',
    },
  },
  own: '직접 정한 설정',
  groups: {
    sees: '무엇을 보는가',
    network: '신경망',
    training: '학습',
    test: '정직한 평가',
  },
  fields: {
    window: { label: '입력 길이', help: '예보할 때 되돌아보는 관측 개수입니다.' },
    horizon: { label: '예보 길이', help: '한 번에 몇 개 앞의 관측까지 예보할지 정합니다.' },
    residual: {
      label: '변화량 예보',
      help: '마지막 관측에서 얼마나 변하는지를 배우고 그 관측값을 더합니다. 목표가 입력에도 있어야 합니다.',
    },
    calendarYear: { label: '계절을 입력으로', help: '연중 날짜를 사인과 코사인으로 더합니다.' },
    yearHarmonics: {
      label: '계절 파동 수',
      help: '연중 날짜를 얼마나 자세히 알려줄지 정합니다. 1은 단순한 파동이고, 2는 짧은 여름이나 장마까지 나타냅니다.',
    },
    calendarDay: {
      label: '하루 중 시각을 입력으로',
      help: '시각을 사인과 코사인으로 더합니다. 하루에 여러 번 관측한 자료에 알맞습니다.',
    },
    hidden: {
      label: '은닉 유닛',
      help: 'LSTM 층마다 기억할 수 있는 양입니다. 많을수록 더 배우지만 과적합도 빨라집니다.',
    },
    layers: { label: '층', help: '쌓아 올린 LSTM 층의 수입니다. 대부분 하나면 충분합니다.' },
    dropout: {
      label: '드롭아웃',
      help: '과적합을 줄이려고 층 사이의 값을 무작위로 끄는 비율입니다. 층이 둘 이상일 때 작동합니다.',
    },
    inputDropout: {
      label: '입력 드롭아웃',
      help: '입력값을 무작위로 평균으로 바꾸는 비율입니다. 어느 한 입력에만 기대지 않게 합니다.',
    },
    leadSteps: {
      label: '선행 시간',
      help: '기상 기관의 예보가 있을 때, 모든 선행 시간을 윈도의 마지막 단계에서 함께 예보할지 차례로 읽어 가며 예보할지 정합니다.',
      choices: { together: { label: '함께' }, stepped: { label: '차례로' } },
    },
    initialisation: {
      label: '초기 가중치',
      help: '학습 전에 가중치를 뽑는 방법입니다. 강의는 PyTorch 방식을 씁니다.',
      choices: { keras: { label: 'Keras 방식' }, pytorch: { label: 'PyTorch 방식' } },
    },
    epochs: { label: '에포크', help: '모든 학습 윈도를 최대 몇 번 되풀이할지 정합니다.' },
    batchSize: {
      label: '배치 크기',
      help: '한 번의 학습 단계에 쓰는 윈도의 수입니다. 작으면 에포크당 빨리 배우지만 덜 안정적입니다.',
    },
    learningRate: {
      label: '학습률',
      help: '한 단계에 얼마나 움직일지 정합니다. 너무 크면 손실이 튀고, 너무 작으면 더딥니다.',
    },
    schedule: {
      label: '학습률 변화',
      help: '학습하는 동안 학습률을 어떻게 바꿀지 정합니다.',
      choices: {
        constant: { label: '일정하게', help: '처음부터 끝까지 같습니다.' },
        cosine: {
          label: '점점 낮게(코사인)',
          help: '천천히 줄다가 빨라져 마지막 에포크에 0이 됩니다. 에포크 수를 정해 두고 학습할 때 좋습니다.',
        },
        plateau: {
          label: '정체되면 절반으로',
          help: '검증 손실이 5에포크 동안 나아지지 않으면 절반으로 줄입니다.',
        },
      },
    },
    warmupEpochs: {
      label: '준비 에포크',
      help: '처음에 학습률을 0에서부터 올리는 에포크 수입니다. 0이면 처음부터 온전한 학습률로 시작합니다.',
    },
    weightDecay: {
      label: '가중치 감쇠',
      help: '단계마다 모든 가중치를 0 쪽으로 조금씩 당겨 과적합을 줄입니다(AdamW). 보통 0.01이며, 0이면 쓰지 않습니다.',
    },
    loss: {
      label: '손실 함수',
      help: '학습이 줄이려는 값입니다.',
      choices: {
        mse: { label: '평균제곱오차(MSE)', help: '크게 빗나간 예보를 가장 무겁게 봅니다.' },
        mae: { label: '평균절대오차(MAE)', help: '오차의 크기만큼 셉니다. 이상값의 영향이 작습니다.' },
        huber: { label: '후버(Huber)', help: '작은 오차는 제곱으로, 큰 오차는 절댓값으로 셉니다.' },
        pinball: {
          label: '핀볼(분위수)',
          help: '분위수 일곱 개를 한꺼번에 배웁니다. 중앙값이 예보가 되고, 나머지는 예측 구간의 출발점이 됩니다.',
        },
      },
    },
    clipNorm: {
      label: '기울기 한계',
      help: '이보다 큰 기울기를 잘라, 이상한 배치 하나가 학습을 망치지 않게 합니다.',
    },
    patience: {
      label: '인내 에포크',
      help: '검증 손실이 이만큼의 에포크 동안 나아지지 않으면 멈추고 가장 좋은 가중치를 남깁니다.',
    },
    seed: { label: '시드', help: '같은 시드는 같은 학습을 다시 만듭니다.' },
    members: {
      label: '신경망 수',
      help: '시드를 하나씩 늘려 가며 이만큼을 나란히 학습하고 그 평균으로 예보합니다. 더 안정되지만 시간이 더 듭니다.',
    },
    trainShare: {
      label: '학습 비율',
      help: '오래된 쪽의 관측으로 배우고, 최근 쪽은 예보를 평가하려고 남겨 둡니다.',
    },
    validationShare: {
      label: '검증 비율',
      help: '학습 구간 가운데 최근 부분으로, 언제 멈출지 정합니다. 0이면 강의처럼 평가 구간으로 곡선을 그립니다.',
    },
    testFrom: { label: '평가 시작' },
    validationFrom: { label: '검증 시작' },
    scalerFit: {
      label: '정규화 기준',
      help: '모든 행을 쓰면 평가 구간의 정보가 학습에 조금 새어 들어갑니다. 강의가 이렇게 합니다.',
      choices: { training: { label: '학습 구간만' }, all: { label: '모든 행' } },
    },
    filledWindows: {
      label: '빈칸을 채운 윈도',
      help: '나중 관측의 도움으로 채운 빈칸은 나중 값을 미리 알려 줍니다. 이를 알게 되는 윈도는 뺍니다. 강의는 그대로 씁니다.',
      choices: { 'leave-out': { label: '빼기' }, keep: { label: '그대로 쓰기' } },
    },
    rainThreshold: {
      label: '강수 기준량',
      help: '목표가 강수량일 때: 몇 mm 이상의 비가 올 확률을 예보할지 정합니다.',
    },
    combine: {
      label: '예보 구성',
      help: '어느 한쪽만 쓰는 것보다 섞는 편이 나을 때가 많습니다. 비율은 검증 구간에서 고릅니다. 검증 구간이 없거나 핀볼 손실을 쓰면 LSTM만 씁니다.',
      choices: {
        none: { label: 'LSTM만', help: '학습한 신경망만 씁니다.' },
        best: {
          label: 'LSTM과 단순 모형',
          help: '지속성, 기후값, 릿지 회귀를 지난 관측에서 가장 잘 맞은 비율로 섞습니다.',
        },
      },
    },
  },
  clip: '기울기 자르기',
  clipHelp: '배치 하나가 가중치를 크게 흔드는 것을 막습니다.',
  earlyStopping: '조기 종료',
  earlyStoppingHelp: '검증 손실이 더 나아지지 않으면 학습을 끝냅니다.',
  readings: (_count: number) => '개 관측',
  meaning: (_count: number, duration: string) => `개 = ${duration}`,
  stoppingOnTest:
    '검증 구간이 없으면 조기 종료가 평가 구간을 보고 가중치를 골라 점수가 실제보다 좋아 보입니다. 검증 비율을 정하거나 조기 종료를 끄세요.',
  plateauOnTest:
    '검증 구간이 없으면 평가 구간을 보고 학습률을 고르게 되어 점수가 실제보다 좋아 보입니다. 검증 비율을 정하거나 다른 학습률 변화를 고르세요.',
  days: (count: string, _one: boolean) => `${count}일`,
  hours: (count: string, _one: boolean) => `${count}시간`,
  minutes: (count: string, _one: boolean) => `${count}분`,
  months: (count: string, _one: boolean) => `${count}개월`,
  seconds: (count: string, _one: boolean) => `${count}초`,
  errors: {
    missing: '숫자를 입력하세요.',
    whole: '정수를 입력하세요.',
    range: (min: string, max: string) => `${min}에서 ${max} 사이의 숫자를 입력하세요.`,
  },
  summary: '이 설정으로 자료가 되는 모습',
  checking: '확인하는 중',
  blocked: '아직 학습할 수 없습니다',
  fixFields: '왼쪽 설정 가운데 고쳐야 할 값이 있습니다.',
  windows: '윈도',
  windowsNote: '윈도 × 관측 × 입력',
  inputs: '입력',
  moreInputs: (count: string) => `그 밖에 ${count}개`,
  filled: (count: string, name: string) => `${name}: 값 ${count}개를 채웠습니다`,
  parts: '오래된 것부터 나눈 구간',
  partNames: { train: '학습', validation: '검증', test: '평가' },
  partsLabel: (train: string, validation: string, test: string) =>
    `학습 윈도 ${train}개, 검증 윈도 ${validation}개, 평가 윈도 ${test}개`,
  splitTitle: (name: string) =>
    `${name}: 손잡이를 끌거나 화살표 키로 옮겨 각 구간이 시작하는 날짜를 정하세요.`,
  splitChart: (from: string, to: string) => `${from}부터 ${to}까지의 관측값을 구간으로 나눈 그림`,
  byShare: '비율로 정함',
  byDate: '날짜로 정함',
  backToShares: '비율로 되돌리기',
  noWindows: '없음',
  windowsCount: (count: string) => `윈도 ${count}개`,
  parameters: '매개변수',
  parameter: '매개변수',
  shape: '모양',
  count: '개수',
  total: '합계',
} satisfies typeof english;
