import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coversTime, mergeSpans, withoutSpan, type Span } from './readings';

const span = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 }))
  .map(([from, length]): Span => ({ from, to: from + length }));
const spans = fc.array(span, { maxLength: 12 });
const instants = Array.from({ length: 80 }, (_, time) => time);
const isIn = (all: readonly Span[], time: number): boolean =>
  all.some(({ from, to }) => from <= time && time <= to);

it('makes spans one where they touch, and loses no instant', () => {
  fc.assert(
    fc.property(spans, (given) => {
      const merged = mergeSpans(given);
      merged.slice(1).forEach(({ from }, at) => expect(from).toBeGreaterThan((merged[at]?.to ?? 0) + 1));
      for (const time of instants) expect(coversTime(merged, time)).toBe(isIn(given, time));
    }),
  );
});

it('takes a span out, and nothing else', () => {
  fc.assert(
    fc.property(spans, span, (given, taken) => {
      const rest = withoutSpan(mergeSpans(given), taken);
      for (const time of instants)
        expect(coversTime(rest, time)).toBe(isIn(given, time) && !isIn([taken], time));
    }),
  );
});
