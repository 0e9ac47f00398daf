import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextStore } from './text-store';

it('gives every text back by its number, and the same number for the same text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
      const store = new TextStore();
      const numbers = texts.map((text) => store.add(text));
      expect(numbers.map((id) => store.at(id))).toEqual(texts);
      expect(new Set(numbers).size).toBe(new Set(texts).size);
    }),
  );
});

it('keeps on beyond the texts that it finds again', () => {
  const store = new TextStore();
  const numbers = Array.from({ length: 10_100 }, (_, row) => store.add(`일시 ${row}`));
  expect(store.at(numbers[10_050] ?? -1)).toBe('일시 10050');
  expect(store.add('일시 3')).toBe(3);
});
