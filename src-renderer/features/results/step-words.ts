interface StepWords {
  readonly minutes: (count: string) => string;
  readonly hours: (count: string) => string;
  readonly days: (count: string) => string;
  readonly month: string;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time of whole steps in words: 600 s is '10 min', 5400 s '90 min', 86,400 s '1 day'. */
export function stepInWords(seconds: number, words: StepWords): string {
  const count = (unit: number): string => String(Math.round((seconds / unit) * 10) / 10);
  if (seconds >= 28 * day && seconds <= 31 * day) return words.month;
  if (seconds % day === 0) return words.days(count(day));
  if (seconds % hour === 0) return words.hours(count(hour));
  return words.minutes(count(minute));
}
