interface StepWords {
  readonly minutes: (count: string) => string;
  readonly hours: (count: string) => string;
  readonly days: (count: string) => string;
  readonly month: string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time of whole steps in words: 600 s is '10 min', 5400 s '90 min', 86,400 s '1 day'. */
export function stepInWords(seconds: number, words: StepWords): string {
  const count = (unit: number): string => String(Math.round((seconds / unit) * 10) / 10);
  if (seconds >= 28 * DAY && seconds <= 31 * DAY) return words.month;
  if (seconds % DAY === 0) return words.days(count(DAY));
  if (seconds % HOUR === 0) return words.hours(count(HOUR));
  return words.minutes(count(MINUTE));
}
