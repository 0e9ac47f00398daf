import { describe, expect, it } from 'vitest';
import { charts } from '../../i18n/en/charts';
import { stepInWords } from './step-words';

describe('stepInWords', () => {
  it('takes the largest unit that fits', () => {
    const cases = [600, 3600, 5400, 3 * 3600, 86_400, 2 * 86_400, 31 * 86_400];
    expect(cases.map((seconds) => stepInWords(seconds, charts.step))).toEqual([
      '10 min',
      '1 h',
      '90 min',
      '3 h',
      '1 day',
      '2 days',
      '1 month',
    ]);
  });
});
