import type { forecastLog as english } from '../en/forecast-log';

export const forecastLog = {
  title: '새 관측과 지난 예보의 성적',
  add: '새 관측 더하기…',
  help: '같은 관측소의, 마지막 관측 뒤로 이어지는 파일이며, 모형이 예보를 쓴다면 더 새로운 기상 기관 예보도 함께 고릅니다. 모형을 다시 학습하지 않고 가장 새로운 관측에서 예보하며, 지금까지 낸 모든 예보를 그 뒤의 관측과 견줍니다.',
  added: (rows: string, from: string, to: string) => `새 관측 ${rows}개를 더했습니다: ${from} ~ ${to}.`,
  setAside: (file: string) =>
    `이전 예보 기록이 손상되어 있어 학습 기록 폴더에 ${file} 이름으로 남겨 두고 새 기록을 시작했습니다.`,
  none: (issued: string) =>
    `지금까지 낸 예보: ${issued}개. 아직 때가 된 예보가 없습니다. 새 관측이 생기면 더하세요.`,
  scores: (points: string, rmse: string, persistence: string, bias: string) =>
    `때가 된 예보값 ${points}개의 성적: RMSE ${rmse}, 지속성 예보 ${persistence}, 편향 ${bias}.`,
  within: (share: string) => `그 가운데 ${share}가 95 % 구간 안에 있었습니다.`,
  overService: (points: string, service: string, model: string) =>
    `기상 기관의 예보도 있는 값 ${points}개에서 기상 기관의 RMSE는 ${service}, 이 모형은 ${model}입니다.`,
  service: '기상 기관',
  table: '때가 된 예보, 최근 것부터',
  date: '날짜',
  lead: '선행시간',
  issuedAt: '예보한 관측 시각',
  forecast: '예보',
  observed: '관측',
  error: '오차',
} satisfies typeof english;
