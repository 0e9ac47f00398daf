import type { report as english } from '../en/report';

export const report = {
  save: '보고서 저장…',
  saved: '보고서를 저장했습니다:',
  showInFolder: '폴더에서 보기',
} satisfies typeof english;
