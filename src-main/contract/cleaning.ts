import { formatWithUnit } from './format';
import type { Language } from './language';
import { withParticle } from './particles';
import type { Progress } from './progress';

/** How far the two trainings are, each with its look at the test part. */
export interface CleaningProgress extends Progress {
  /** Whether a trained model is being judged, which takes its time and cannot be foreseen; else one is being trained. */
  readonly verifying: boolean;
}

/** What it did to the score that readings were taken out before anything was learned: by their range, or by a person. */
export interface CleaningEffect {
  readonly targetName: string;
  readonly unit: string;
  /** Readings that were taken out, of the target and of the inputs that are read. */
  readonly taken: number;
  /** Both on the same windows of the test part, against what was read and not taken out; null where nothing was taken out. */
  readonly compared: {
    readonly windows: number;
    /** RMSE of the same settings trained on the readings as they are in the file, and on the mended ones. */
    readonly asRead: number;
    readonly mended: number;
  } | null;
}

/** A smaller change, as a share, would be printed as none. */
const LEAST_TOLD = 0.0005;

/** The finding in one sentence, with both errors. */
export function describeCleaning(
  { targetName, unit, taken, compared }: CleaningEffect,
  language: Language = 'en',
): string {
  const isKorean = language === 'ko';
  if (compared === null) {
    return isKorean
      ? '빼거나 지운 관측값이 없어 견줄 것이 없습니다.'
      : 'No reading was taken out, so there is nothing to compare.';
  }
  const { windows, asRead, mended } = compared;
  const count = (value: number): string => value.toLocaleString(isKorean ? 'ko-KR' : 'en-GB');
  const error = (value: number): string => formatWithUnit(value, unit, 3, language);
  const difference = mended / asRead - 1;
  const change = Math.abs(difference) < LEAST_TOLD ? 0 : difference;
  const percent = formatWithUnit(100 * Math.abs(change), '%', 1, language);
  if (isKorean) {
    const told =
      change < 0 ? `${percent} 작아졌습니다` : change > 0 ? `${percent} 커졌습니다` : '그대로입니다';
    return (
      `관측값 ${count(taken)}개를 뺀 자료로 학습하니 ${targetName}의 RMSE가 ${error(asRead)}에서 ` +
      `${withParticle(error(mended), '으로/로')} ${told}(같은 설정, 평가 구간의 같은 윈도 ${count(windows)}개).`
    );
  }
  const told = change < 0 ? `${percent} lower` : change > 0 ? `${percent} higher` : 'the same';
  return (
    `Trained without the ${count(taken)} readings that were taken out, the RMSE of ${targetName} is ${error(mended)}; ` +
    `trained on the readings as they are in the file it is ${error(asRead)}: ${told} ` +
    `(the same settings, the same ${count(windows)} windows of the held-back part).`
  );
}
