export type SpanUnit = 'months' | 'days' | 'hours' | 'minutes' | 'seconds';

const FIXED_UNITS: readonly (readonly [SpanUnit, number])[] = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
  ['seconds', 1],
];
const SECONDS_PER_MONTH = 28 * 86_400;

/** How long a number of steps is, in the largest unit that goes into it without a rest. Months have no fixed length. */
export function spanOf(steps: number, stepSeconds: number): { count: number; unit: SpanUnit } {
  if (stepSeconds >= SECONDS_PER_MONTH) {
    return { count: steps * Math.round(stepSeconds / (30.44 * 86_400)), unit: 'months' };
  }
  const seconds = steps * stepSeconds;
  const [unit, length] = FIXED_UNITS.find(([, size]) => seconds % size === 0) ?? ['seconds', 1];
  return { count: seconds / length, unit };
}
