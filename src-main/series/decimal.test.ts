import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shortestDecimal } from './decimal';

it('writes readings as they were typed', () => {
  for (const typed of [-14.5, 17.1, 1013.25, 0.001, 0, 64, 5.4321, 1e-7]) {
    expect(shortestDecimal(Math.fround(typed))).toBe(typed);
  }
});

it('keeps every bit', () => {
  fc.assert(
    fc.property(fc.float(), (value) => {
      expect(Math.fround(shortestDecimal(value))).toBe(value);
    }),
    { numRuns: 1000 },
  );
});
