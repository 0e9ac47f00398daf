import { expect, it } from 'vitest';
import { clockAhead } from './sun';

it('the clock of a place is that of its zone without summer time, or that of its longitude', () => {
  expect(clockAhead('Europe/Berlin', 13.4)).toBe(1);
  expect(clockAhead('Australia/Sydney', 151.2)).toBe(10);
  expect(clockAhead('Asia/Kathmandu', 85.3)).toBe(5.75);
  expect(clockAhead('America/New_York', -74)).toBe(-5);
  expect(clockAhead('+09:00', 127)).toBe(9);
  expect(clockAhead('-03:30', -52)).toBe(-3.5);
  expect(clockAhead('UTC', 127)).toBe(0);
  expect([127, -74, 0, 179].map((longitude) => clockAhead(null, longitude))).toEqual([8, -5, 0, 12]);
});
