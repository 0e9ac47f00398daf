import { expect, it } from 'vitest';
import { formatBytes, formatWithUnit } from './format';

it('a number stands with its unit, and what rounds to nothing has no sign', () => {
  expect(formatWithUnit(2.567, '°C')).toBe('2.57 °C');
  expect(formatWithUnit(1234.5, 'mm', 1)).toBe('1,234.5 mm');
  expect(formatWithUnit(3, '', 0)).toBe('3');
  expect(formatWithUnit(-0.001, '°C')).toBe('0.00 °C');
  expect(formatWithUnit(-0.01, '°C')).toBe('-0.01 °C');
});

it('a size is in powers of 1024, as the limits are that it is held against', () => {
  expect([0, 712, 1023, 1024, 38_211].map((bytes) => formatBytes(bytes))).toEqual([
    '0 B',
    '712 B',
    '1,023 B',
    '1 KB',
    '37.3 KB',
  ]);
  expect(formatBytes(1024 ** 2 - 1)).toBe('1 MB');
  expect(formatBytes(1.5 * 1024 ** 2, 'ko')).toBe('1.5 MB');
  expect(formatBytes(2 * 1024 ** 3)).toBe('2 GB');
  expect(formatBytes(5000 * 1024 ** 4)).toBe('5,000 TB');
});
