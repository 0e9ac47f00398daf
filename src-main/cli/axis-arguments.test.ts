import { describe, expect, it } from 'vitest';
import { MONTH_SECONDS } from '../contract/derived';
import { parseArguments, UsageError } from './arguments';
import { axisOptions, parseAxis } from './axis-arguments';

const axis = (...args: string[]) => parseAxis(parseArguments(args, axisOptions));

describe('parseAxis', () => {
  it('takes the step, the longest gap, derived inputs and units', () => {
    expect(axis()).toEqual({ derived: [], units: {} });
    expect(axis('--step', '3h', '--gap-limit', '6')).toMatchObject({ stepSeconds: 10_800, gapLimit: 6 });
    expect(axis('--step', '10min').stepSeconds).toBe(600);
    expect(axis('--step', 'month').stepSeconds).toBe(MONTH_SECONDS);
    expect(axis('--derive', 'dew-point,wind-u/v', '--derive', 'daily range').derived).toEqual([
      'dew point',
      'wind u/v',
      'daily range',
    ]);
    expect(axis('--unit', 'T (out)=°C', '--unit', 'a=b=mm').units).toEqual({ 'T (out)': '°C', 'a=b': 'mm' });
  });

  it.each([
    ['--step', 'weekly'],
    ['--step', '0h'],
    ['--gap-limit', '-1'],
    ['--derive', 'humidex'],
    ['--unit', '=°C'],
  ])('refuses %s %s', (option, value) => {
    expect(() => axis(`${option}=${value}`)).toThrow(UsageError);
  });
});
