import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber, NumberScanner } from './numbers';

const point = new NumberScanner('.');
const comma = new NumberScanner(',');

describe('NumberScanner', () => {
  it.each([
    ['-.8', -0.8],
    ['5.', 5],
    ['1e3', 1000],
    ['+2.50', 2.5],
    ['-0.0', -0],
    ['007', 7],
    ['0.1', 0.1],
    ['123456789012345678', 123456789012345680],
    ['3.14159265358979312', Math.PI],
  ])('reads %s', (text, value) => {
    expect(point.scan(text)).toBe(true);
    expect(point.value).toBe(value);
  });

  it.each([
    '',
    '-',
    '.',
    '-.',
    '1,5',
    '1.2.3',
    '12a',
    '1e',
    'Infinity',
    'NaN',
    '0x10',
    '1 2',
    '12:30',
    '--5',
  ])('does not read %j', (text) => expect(point.scan(text)).toBe(false));

  it('does not take long over digits without end', () => {
    expect(point.scan(`${'1'.repeat(900_000)}x`)).toBe(false);
  });

  it('reads a decimal comma, and then no point', () => {
    expect(comma.scan('-12,75')).toBe(true);
    expect(comma.value).toBe(-12.75);
    expect(comma.scan('12.75')).toBe(false);
    expect(comma.scan('1.5e3')).toBe(false);
  });

  it('gives the same double as JavaScript for any decimal text', () => {
    const text = fc
      .tuple(fc.constantFrom('', '-', '+'), fc.stringMatching(/^\d{0,20}$/), fc.stringMatching(/^\d{0,20}$/))
      .filter(([, whole, decimals]) => whole !== '' || decimals !== '')
      .map(([sign, whole, decimals]) => `${sign}${whole}.${decimals}`);
    fc.assert(
      fc.property(text, (number) => {
        expect(point.scan(number)).toBe(true);
        expect(point.value).toBe(Number(number));
      }),
    );
  });
});

describe('formatNumber', () => {
  it.each(['-.8', '5.', '0.0', '-0.0', '+2.50', '108', '.9', '-12.750', '1234567.8'])(
    'shows %s as it stood',
    (text) => {
      point.scan(text);
      expect(formatNumber(point.value, point.shape, '.')).toBe(text);
    },
  );

  it('shows any plain decimal as it stood, with either sign', () => {
    const digits = fc.tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: 0, max: 8 }));
    fc.assert(
      fc.property(digits, ([value, decimals]) => {
        const text = (value / 1000).toFixed(decimals).replace('.', ',');
        comma.scan(text);
        expect(formatNumber(comma.value, comma.shape, ',')).toBe(text);
      }),
    );
  });
});
