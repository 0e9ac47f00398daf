import { expect, it } from 'vitest';
import { parseWords, writeWords } from './missing-words';

it('words for missing are parted by blanks, and kept whole in quotation marks', () => {
  expect(parseWords('  -99.9 NA  "no data" NA "" ')).toEqual(['-99.9', 'NA', 'no data']);
  expect(parseWords(' ')).toEqual([]);
  expect(parseWords(writeWords(['-99,9', 'no data']))).toEqual(['-99,9', 'no data']);
});
