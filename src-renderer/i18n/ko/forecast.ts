import { describeCoverage, type ByLevel } from '../../../src-main/contract/intervals';
import { SHARED_WORDS } from '../../../src-main/contract/words';
import type { forecast as english } from '../en/forecast';

const { noIntervals, tooNarrow, withoutService } = SHARED_WORDS.ko;

export const forecast = {
  title: '예보',
  lead: '마지막 관측 이후를 예보합니다. 선행시간마다 예측 구간과, 그런 구간이 실제로 얼마나 맞았는지 함께 보여 드립니다.',
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
  coverage: (coverage: ByLevel<number>) => describeCoverage(coverage, 'ko'),
  intervalsHelp: '구간의 폭은 계절과 최근의 오차를 따라가며, 물리적으로 가능한 범위를 벗어나지 않습니다.',
  tooNarrow: `${tooNarrow} 제대로 된 구간을 보려면 모형 화면에서 검증 비율을 주십시오.`,
  noIntervals,
  withoutService,
  withoutServiceError: '예상 오차는 떼어 둔 구간에서 같은 선행 시간의 RMSE입니다.',
  saveCsv: 'CSV로 저장',
  copy: '표 복사',
  copied: '복사함',
  saveSvg: 'SVG로 저장',
  savePng: 'PNG로 저장',
  saved: '저장했습니다:',
  showInFolder: '폴더에서 보기',
} satisfies typeof english;
