import { describe, expect, it } from 'vitest';
import { MONTH_SECONDS } from '../contract/derived';
import { parseArguments, UsageError } from './arguments';
import { AXIS_OPTIONS, parseAxis, parseSun } from './axis-arguments';

const axis = (...args: string[]) => parseAxis(parseArguments(args, AXIS_OPTIONS));

describe('parseSun', () => {
  const sun = (zone: string | null, ...args: string[]) =>
    parseSun(parseArguments(args, AXIS_OPTIONS), zone, 24);

  it('takes the place, and how the clock goes by what is told of it', () => {
    const place = { latitude: 37.57, longitude: 126.97, ahead: 24 };
    expect(sun('UTC')).toBeNull();
    expect(sun('Asia/Seoul', '--latitude', '37.57', '--longitude', '126.97')).toEqual({
      ...place,
      utcOffset: 9,
    });
    expect(sun(null, '--latitude=37.57', '--longitude=126.97')).toEqual({ ...place, utcOffset: 8 });
    expect(sun('UTC', '--latitude=37.57', '--longitude=126.97', '--utc-offset=9')).toEqual({
      ...place,
      utcOffset: 9,
    });
  });

  it.each([
    ['--latitude', '37'],
    ['--utc-offset', '9'],
    ['--latitude', '91', '--longitude', '0'],
    ['--latitude', 'north', '--longitude', '0'],
    ['--latitude', '', '--longitude', '0'],
  ])('refuses %s %s %s %s', (...args) => {
    expect(() => sun(null, ...args.filter((arg) => arg !== undefined))).toThrow(UsageError);
  });
});

describe('parseAxis', () => {
  it('takes the step, the longest gap, derived inputs and units', () => {
    expect(axis()).toEqual({ derived: [], units: {}, struck: [], kept: [] });
    expect(axis('--step', '3h', '--gap-limit', '6')).toMatchObject({ stepSeconds: 10_800, gapLimit: 6 });
    const day = Date.UTC(2021, 2, 4);
    expect(axis('--keep', 'temp', '--keep', 'rh=2021-03-04..2021-03-04').kept).toMatchObject([
      ['temp', { from: -8.64e15, to: 8.64e15 }],
      ['rh', { from: day }],
    ]);
    expect(axis('--step', '10min').stepSeconds).toBe(600);
    expect(axis('--step', 'month').stepSeconds).toBe(MONTH_SECONDS);
    expect(axis('--derive', 'dew-point,wind-u/v', '--derive', 'daily range').derived).toEqual([
      'dew point',
      'wind u/v',
      'daily range',
    ]);
    expect(axis('--unit', 'T (out)=°C', '--unit', 'a=b=mm').units).toEqual({ 'T (out)': '°C', 'a=b': 'mm' });
  });

  it('takes what is to be struck, a day or a moment as far as it goes', () => {
    const at = (text: string): number => Date.parse(`${text}Z`);
    expect(axis('--strike', 'T=out=2021-03-04T06:00..2021-03-05', '--strike', 'h=2021-03-04').struck).toEqual(
      [
        ['T=out', { from: at('2021-03-04T06:00'), to: at('2021-03-05T23:59:59.999') }],
        ['h', { from: at('2021-03-04T00:00'), to: at('2021-03-04T23:59:59.999') }],
      ],
    );
  });

  it.each([
    ['--strike', '2021-03-04..2021-03-05'],
    ['--strike', 'T=2021-03-05..2021-03-04'],
    ['--strike', 'T=yesterday'],
    ['--strike', 'T=2021-03-04..2021-03-05..2021-03-06'],
    ['--step', 'weekly'],
    ['--step', '0h'],
    ['--gap-limit', '-1'],
    ['--derive', 'humidex'],
    ['--unit', '=°C'],
  ])('refuses %s %s', (option, value) => {
    expect(() => axis(`${option}=${value}`)).toThrow(UsageError);
  });
});
