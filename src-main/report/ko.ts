import type { ReportWords } from './en';

/** The report's own words in Korean, in the terms of the window. */
export const ko: ReportWords = {
  title: (target) => `${target}, 얼마나 잘 예보할 수 있을까요?`,
  made: (time) => `Hindcast 보고서, ${time} UTC`,
  range: (from, to) => `${from} ~ ${to}`,
  data: '자료',
  model: '모형',
  scores: (from, to) => `남겨 둔 구간의 점수, ${from} ~ ${to}`,
  scoresNote:
    '괄호 안은 여러 날을 한 덩어리로 다시 뽑아 구한 95 % 구간입니다. 기술 점수는 지속성 예보보다 줄인 제곱 오차의 비율입니다.',
  hindcast: '관측과 예보',
  forecast: (issuedAt) => `마지막 관측 이후의 예보, ${issuedAt}`,
  values: '값',
  errorNote:
    '예상 오차는 남겨 둔 구간에서 그 선행시간에 보인 RMSE입니다. 흔히 이만큼 빗나간다는 뜻이며 한계값은 아닙니다.',
  facts: {
    file: '파일',
    readings: '관측',
    filled: '채운 목표 값',
    struck: '직접 지운 관측값',
    training: '학습',
    validation: '검증',
    test: '평가(남겨 둠)',
    toldByLater: '새어 드는 정보',
    network: '신경망',
    window: '입력 길이',
    horizon: '예보 길이',
    inputs: '입력',
    trained: '학습한 때',
  },
  readings: (count, step, range) => `${count}개, ${step} 간격, ${range}`,
  moreStruck: (count) => `그 밖에 ${count}개`,
  noWindows: '없음',
  part: (windows, range) => `윈도 ${windows}개, ${range}`,
  network: (layers, hidden, parameters) =>
    `LSTM ${layers}층, 층마다 은닉 유닛 ${hidden}개, 매개변수 ${parameters}개`,
  meanOf: (members, network) => `신경망 ${members}개의 평균, 저마다 ${network}`,
  window: (readings) => `관측 ${readings}개`,
  horizon: (steps) => `${steps}단계 앞까지`,
  epochs: (epochs, kept) => `${epochs}에포크, 에포크 ${kept}의 가중치`,
  epochsOfMembers: (epochs, kept) => `최대 ${epochs}에포크, 에포크 ${kept} 또는 그 전의 가중치`,
  learning: (rate, seeds) => `학습률 ${rate}, ${seeds}`,
  seed: (seed) => `시드 ${seed}`,
  seeds: (first, last) => `시드 ${first} ~ ${last}`,
  columns: {
    rmse: 'RMSE',
    mae: 'MAE',
    bias: '편향',
    skill: '지속성 예보 대비 기술 점수',
    time: '시각',
    forecast: '예보',
    expectedError: '예상 오차',
  },
  someLeads: (every, count) =>
    `선행시간 ${every}개마다 하나만 보여 드립니다. ${count}개 모두는 예보를 저장한 CSV에 있습니다.`,
  hindcastPicture: {
    label: '남겨 둔 구간의 관측과 예보',
    observed: '관측',
    oneStepAhead: (model) => `${model}, 한 단계 앞`,
  },
};
