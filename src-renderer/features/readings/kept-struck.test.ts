import { expect, it } from 'vitest';
import type { ColumnMapping, DatasetSummary } from '../../../src-main/contract/dataset';
import { DETECT_ALL } from '../../../src-main/contract/dataset';
import { keptStruckSchema, MOST_KEPT_STRUCK } from '../../../src-main/contract/readings';
import { keepStruck, recallStruck } from './kept-struck';

const dataset = (...names: string[]) =>
  ({ columns: names.map((name, index) => ({ name, index })) }) as unknown as DatasetSummary;
const mapping = (struck?: readonly { from: number; to: number }[]): ColumnMapping => ({
  time: 0,
  target: 1,
  alsoTargets: [],
  inputs: [1],
  columns: [
    {
      index: 1,
      quantity: 'temperature',
      unit: '',
      useUnit: '',
      gapPolicy: 'linear',
      ...(struck && { struck }),
    },
  ],
  from: null,
  to: null,
  stepSeconds: null,
  gapLimit: null,
  derived: [],
  sun: null,
});
const file = (path: string) => ({ kind: 'file' as const, paths: [path] });
const SPANS = [{ from: 1, to: 2 }];

it('brings back what was struck in a file, by the names of its columns', () => {
  const kept = keepStruck([], file('/a.csv'), dataset('time', 'temp'), mapping(SPANS));
  const other = keepStruck(kept, file('/b.csv'), dataset('time', 'temp'), mapping());
  expect(recallStruck(other, file('/a.csv'), dataset('temp', 'time'))).toEqual(new Map([[0, SPANS]]));
  expect(recallStruck(other, file('/b.csv'), dataset('time', 'temp'))).toEqual(new Map());
});

it('forgets what was taken back, and does not strike at other times where the clock is another', () => {
  const kept = keepStruck([], file('/a.csv'), dataset('time', 'temp'), mapping(SPANS));
  const zoned = { ...file('/a.csv'), options: { ...DETECT_ALL, zone: 'Asia/Seoul' } };
  expect(recallStruck(kept, zoned, dataset('time', 'temp')).size).toBe(0);
  expect(keepStruck(kept, file('/a.csv'), dataset('time', 'temp'), mapping())).toEqual([]);
});

it('keeps no more than can be read back, the newest', () => {
  let kept: ReturnType<typeof keepStruck> = [];
  const many = Array.from({ length: 1500 }, (_, at) => ({ from: 10 * at, to: 10 * at }));
  for (let at = 0; at < MOST_KEPT_STRUCK + 20; at += 1) {
    kept = keepStruck(
      kept,
      file(`/${at}.csv`),
      dataset('time', 'temp'),
      mapping(at % 5 === 0 ? many : SPANS),
    );
  }
  expect(keptStruckSchema.parse(kept)).toEqual(kept);
  const last = file(`/${MOST_KEPT_STRUCK + 19}.csv`);
  expect(recallStruck(kept, last, dataset('time', 'temp')).size).toBe(1);
});
