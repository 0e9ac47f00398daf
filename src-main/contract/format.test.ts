import { expect, it } from 'vitest';
import { formatWithUnit } from './format';

it('a number stands with its unit, and what rounds to nothing has no sign', () => {
  expect(formatWithUnit(2.567, '°C')).toBe('2.57 °C');
  expect(formatWithUnit(1234.5, 'mm', 1)).toBe('1,234.5 mm');
  expect(formatWithUnit(3, '', 0)).toBe('3');
  expect(formatWithUnit(-0.001, '°C')).toBe('0.00 °C');
  expect(formatWithUnit(-0.01, '°C')).toBe('-0.01 °C');
});
