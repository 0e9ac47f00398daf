import type { Language } from './index.svelte';

const SECONDS_PER_DAY = 86_400;
const SECONDS_PER_MONTH = 28 * SECONDS_PER_DAY;

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = numberFormats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(language, options);
  numberFormats.set(key, made);
  return made;
}

/** A number with the separators of the language; at most `digits` places after the point. */
export function formatNumber(value: number, language: Language, digits = 0): string {
  return numberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** A statistic of readings: as many places as its size makes sense of, '–' for none. */
export function formatReading(value: number | null, language: Language): string {
  if (value === null) return '–';
  const size = Math.abs(value);
  return formatNumber(value, language, size >= 1000 ? 0 : size >= 100 ? 1 : 2);
}

/** A share from 0 to 1 as a percentage; a small share that is not nothing is never shown as 0 %. */
export function formatPercent(share: number, language: Language, digits = 0): string {
  const smallest = 10 ** -(digits + 2);
  const format = numberFormat(language, { style: 'percent', maximumFractionDigits: digits });
  if (share > 0 && share < smallest) return `< ${format.format(smallest)}`;
  return format.format(share);
}

/**
 * A time of a series, which is the station's own clock read as UTC: '2022-12', '2022-12-31' or '2022-12-31 13:00',
 * as fine as the step (in seconds) wants it.
 */
export function formatDate(ms: number, stepSeconds = SECONDS_PER_DAY): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return '–';
  const iso = date.toISOString();
  const day = iso.slice(0, iso.indexOf('T'));
  if (stepSeconds >= SECONDS_PER_MONTH) return day.slice(0, -3);
  if (stepSeconds >= SECONDS_PER_DAY) return day;
  const time = iso.slice(iso.indexOf('T') + 1);
  return `${day} ${time.slice(0, stepSeconds >= 60 ? 5 : 8)}`;
}

const DURATION_WORDS = {
  en: { h: ' h', min: ' min', s: ' s' },
  ko: { h: '시간', min: '분', s: '초' },
} as const;

/** A duration in at most two units: '1 h 20 min', '3 min 5 s', '12 s', '0.4 s'. */
export function formatDuration(seconds: number, language: Language): string {
  const words = DURATION_WORDS[language];
  if (seconds < 9.95) return `${formatNumber(seconds, language, 1)}${words.s}`;
  const whole = Math.round(seconds);
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const parts: [number, string][] =
    h > 0
      ? [
          [h, words.h],
          [min, words.min],
        ]
      : [
          [min, words.min],
          [s, words.s],
        ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatNumber(count, language)}${word}`)
    .join(' ');
}
