import type { Inside } from '../../../src-main/contract/inside';
import { formatDate, formatNumber } from '../../i18n/format';
import type { Language } from '../../i18n/index.svelte';

/** What a step is called: its date, or its number where the steps are only counted. @param step from 0 */
export function stepName(
  { time, stepSeconds }: Pick<Inside, 'time' | 'stepSeconds'>,
  step: number,
  words: { readonly stepNumber: (step: string) => string },
): string {
  return time === null ? words.stepNumber(String(step + 1)) : formatDate(time[step] ?? NaN, stepSeconds);
}

/** Three places; a number that they would round to nothing as a power of ten: '1.5e−26'. */
export function formatState(value: number, language: Language): string {
  const isTiny = value !== 0 && Math.abs(value) < 0.0005;
  return (isTiny ? value.toExponential(1) : formatNumber(value, language, 3)).replaceAll('-', '−');
}
