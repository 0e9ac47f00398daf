import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StatefulPass } from '../../../src-main/contract/inside';
import { batchesOf, passShapes, placesToList, statesOfUnit } from './stateful';

it('cuts the lesson’s windows into 22 batches of 32 and a last of 20', () => {
  expect(batchesOf(724, 32)).toEqual([
    { count: 22, size: 32 },
    { count: 1, size: 20 },
  ]);
  expect(batchesOf(64, 32)).toEqual([{ count: 2, size: 32 }]);
  expect(batchesOf(20, 32)).toEqual([{ count: 1, size: 20 }]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 512 }), (windows, size) => {
      const batches = batchesOf(windows, size);
      expect(batches.reduce((sum, batch) => sum + batch.count * batch.size, 0)).toBe(windows);
    }),
  );
});

it('lists every hundredth window, and the last', () => {
  expect(placesToList(724)).toEqual([99, 199, 299, 399, 499, 599, 699, 723]);
  expect(placesToList(200)).toEqual([99, 199]);
  expect(placesToList(7)).toEqual([6]);
});

it('takes the states of one unit', () => {
  expect(statesOfUnit(Float64Array.of(1, 2, 3, 4, 5, 6), 2, 1)).toEqual(Float64Array.of(2, 4, 6));
});

it('tells the shapes of the lesson', () => {
  const lesson = { allWindows: 724, window: 6, inputs: 3, hidden: 10, layers: 1 } as StatefulPass;
  expect(passShapes(lesson)).toEqual({
    windows: [724, 6, 3],
    input: [6, 1, 3],
    output: [6, 1, 10],
    state: [1, 1, 10],
  });
});
