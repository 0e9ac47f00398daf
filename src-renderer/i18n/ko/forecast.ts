import type { forecast as english } from '../en/forecast';

export const forecast = {
  title: '예보',
  lead: '마지막 관측 이후를 예보하고, 선행시간마다 예상되는 오차를 함께 보여 드립니다.',
  lockedTitle: '아직 예보할 모형이 없습니다',
  lockedText: '모형을 학습하거나 학습 기록을 열면, 마지막 관측 이후의 예보가 여기에 나옵니다.',
  toTrain: '학습으로 가기',
  toRuns: '학습 기록으로 가기',
  loading: '예보하는 중…',
  retry: '다시 시도',
  plot: (name: string) => `${name} 예보`,
  plotLabel: (name: string, first: string, date: string) =>
    `마지막 관측 이후의 ${name} 예보: ${date}에 ${first}. 모든 값은 표에 있습니다.`,
  pictureTitle: (name: string, issuedAt: string) => `${name} 예보(마지막 관측 ${issuedAt})`,
  issuedAt: '마지막 관측',
  table: '값',
  date: '날짜',
  leadTime: '선행시간',
  value: '예보',
  expectedError: '예상 오차',
  expectedErrorHelp:
    '예상 오차는 남겨 둔 구간에서 그 선행시간에 LSTM이 보인 RMSE입니다. 흔히 이만큼 빗나간다는 뜻이며 한계값은 아닙니다.',
  saveCsv: 'CSV로 저장',
  savePng: 'PNG로 저장',
  saved: '저장했습니다:',
  showInFolder: '폴더에서 보기',
} satisfies typeof english;
