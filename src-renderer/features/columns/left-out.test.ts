import { expect, it } from 'vitest';
import { leftOutNow } from './left-out';

const TIME = { column: 0, parts: [0, 1], format: 'YYYY-MM-DD', zone: null };
const LEFT_OUT = [
  { column: 1, why: 'date', params: {} },
  { column: 2, why: 'words', params: {} },
  { column: 3, why: 'indoors', params: {} },
  { column: 4, why: 'constant', params: { value: 0 } },
] as const;

it('lists what is not used, and offers what could be', () => {
  const shown = leftOutNow({ leftOut: LEFT_OUT, time: TIME }, (column) => column !== 4);
  expect(shown.map(({ column, canBeUsed }) => [column, canBeUsed])).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ]);
});
