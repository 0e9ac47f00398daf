import { formatWithUnit } from './format';
import type { Language } from './language';
import type { EventScore, ZambrettiRecord } from './probability';

/** The true record of the Zambretti forecaster beside the model's; '' where it cannot have one. */
export function describeZambretti(
  record: ZambrettiRecord,
  model: EventScore,
  language: Language = 'en',
): string {
  if (record === null) return '';
  const isKorean = language === 'ko';
  if (record.kind === 'step-too-long') {
    return isKorean
      ? '1915년의 잠브레티 예보기와는 견줄 수 없습니다. 이 예보기에는 3시간 동안의 기압 변화가 필요한데, 관측 간격이 그보다 깁니다.'
      : 'The Zambretti forecaster of 1915 cannot be compared: it needs the change of pressure over 3 hours, and these readings lie further apart.';
  }
  const percent = (share: number): string => formatWithUnit(share * 100, '%', 1, language);
  const { brier, skill, pressure, hasWind } = record;
  if (isKorean) {
    return [
      `1915년의 잠브레티 예보기(기압, 3시간 변화, 풍향, 계절)의 글자를 학습 구간에서 배운 비 확률로 바꾸면 브라이어 점수는 ${brier.toFixed(3)}, ` +
        `기술 점수는 ${percent(skill)}입니다. 모델의 기술 점수는 ${percent(model.skill)}입니다.`,
      pressure === 'as-read'
        ? '기압은 평균이 해면 기압에 가까워 읽은 그대로 썼습니다.'
        : '기압은 현지 기압이고 해발 고도를 알 수 없어, 장기 평균이 1013 hPa이 되도록 옮겨 썼습니다.',
      ...(hasWind ? [] : ['입력에 풍향이 없어 풍향은 쓰지 않았습니다.']),
    ].join(' ');
  }
  return [
    'The Zambretti forecaster of 1915 (pressure, its change over 3 hours, wind direction, season), its letters turned into ' +
      `chances of rain on the learning part: a Brier score of ${brier.toFixed(3)}, a skill of ${percent(skill)}; the model’s skill is ${percent(model.skill)}.`,
    pressure === 'as-read'
      ? 'Pressure was taken as it was read: its mean is one at sea level.'
      : 'Pressure was shifted so that its own long-term mean is 1013 hPa: it is that of the station, whose altitude is not known.',
    ...(hasWind ? [] : ['No wind direction is among the inputs, so it had none.']),
  ].join(' ');
}
