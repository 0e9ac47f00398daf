import { array, assert, constantFrom, integer, oneof, property } from 'fast-check';
import { expect, it } from 'vitest';
import { repeatsOf } from './samples';

it('repeats of times are counted in any order as a set counts them', () => {
  const times = array(oneof(integer({ min: -9, max: 9 }), constantFrom(NaN)), { maxLength: 40 });
  const order = constantFrom('up', 'down', 'none');
  const cases = property(times, order, (given, way) => {
    const sorted = way === 'none' ? given : [...given].sort((a, b) => (way === 'up' ? a - b : b - a));
    const readable = sorted.filter((time) => !Number.isNaN(time));
    const counts = readable.map((time) => readable.filter((other) => other === time).length);
    expect(repeatsOf(Float64Array.from(sorted))).toEqual({
      readable: readable.length,
      repeats: readable.length - new Set(readable).size,
      mostAtOnce: Math.max(0, ...counts),
    });
  });
  assert(cases);
});
