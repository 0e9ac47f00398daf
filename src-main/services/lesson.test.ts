import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DETECT_ALL } from '../contract/dataset';
import type { Series } from '../contract/series';
import { presetSettings } from '../contract/settings';
import { mappingByNames, readTable, seriesOfTable, sourceOfPath, summarise } from '../dataset';
import { randomSource } from '../network';
import { firstWindow, prepare, summarisePreparation } from '../series';

/**
 * The course lesson on a file in the shape of its own: five years of daily readings of which the newest two are used,
 * rain empty on 1,101 days of the five years and on 423 of the two, on the first three of them too.
 */
const [days, used] = [1826, 730];
const EMPTY_DAYS = { before: 1101 - 423, within: 423 };
const start = Date.UTC(2018, 0, 1);
const DAY = 86_400_000;
const tutorial = presetSettings('tutorial');

let folder: string;
let series: Series;
/** Of each day used: whether nothing stands where its rain should. */
let isEmpty: boolean[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-lesson-'));
  const random = randomSource(11, 'lesson');
  const chosen = (from: number, to: number, count: number): number[] =>
    [...random.permutation(to - from).subarray(0, count)].map((place) => from + place);
  const first = days - used;
  const border = first + 584;
  const opening = [first, first + 1, first + 2];
  const empty = new Set([
    ...chosen(0, first, EMPTY_DAYS.before),
    ...opening,
    // The newest day holds a reading, so that every gap has a later one to be filled from, and no gap spans the border.
    ...chosen(first + 5, days - 2, EMPTY_DAYS.within - opening.length).map(
      (row) => row + Number(row >= border),
    ),
  ]);
  const lines = Array.from({ length: days }, (_, row) => {
    const date = new Date(start + row * DAY).toISOString().slice(0, 10);
    const temperature = 12 - 14 * Math.cos((2 * Math.PI * row) / 365) + 2 * random.normal();
    const rain = empty.has(row) ? '' : Math.abs(8 * random.normal()).toFixed(1);
    return `108,서울,${date},${temperature.toFixed(1)},${rain},${(65 + 10 * random.normal()).toFixed(1)}`;
  });
  isEmpty = Array.from({ length: used }, (_, row) => empty.has(first + row));
  const path = join(folder, 'lesson.csv');
  const header = '지점,지점명,일시,평균기온(°C),일강수량(mm),평균 상대습도(%)';
  await writeFile(path, [header, ...lines].join('\n'));

  const reading = { onProgress: () => undefined, signal: new AbortController().signal };
  const table = await readTable(sourceOfPath(path), reading, DETECT_ALL);
  const mapping = mappingByNames(summarise(table, 'lesson'), {
    target: '평균기온(°C)',
    inputs: ['평균 상대습도(%)', '일강수량(mm)', '평균기온(°C)'],
    gaps: { '일강수량(mm)': 'linear' },
    from: Date.UTC(2021, 0, 1),
  });
  series = seriesOfTable(table, mapping);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the lesson’s settings', () => {
  it('keep every window of the lesson, and say how many of them a filled gap tells what came later', () => {
    expect(isEmpty.filter(Boolean)).toHaveLength(423);
    const summary = summarisePreparation(series, tutorial);
    expect(summary).toMatchObject({
      windowsShape: [724, 6, 3],
      train: 579,
      validation: 0,
      test: 145,
      toldByLater: 420,
    });
    const { split, inputs } = prepare(series, tutorial);
    expect([split.train[0], split.train.length, split.test[0], split.test.length]).toEqual([
      0, 579, 579, 145,
    ]);
    expect(inputs.every(Number.isFinite)).toBe(true);
    expect(firstWindow(series, tutorial).x).toHaveLength(6);
  });

  it('leave out, once the guard is on, each window that ends in a day without rain', () => {
    const guarded = { ...tutorial, filledWindows: 'leave-out' as const };
    const { split } = prepare(series, guarded);
    const known = Array.from({ length: 724 }, (_, first) => first).filter((first) => !isEmpty[first + 5]);
    expect([...split.train]).toEqual(known.filter((first) => first < 579));
    expect([...split.test]).toEqual(known.filter((first) => first >= 579));
    expect(summarisePreparation(series, guarded)).toMatchObject({
      windowsShape: [304, 6, 3],
      toldByLater: 0,
    });
  });

  it('are the only ones of ours that keep them', () => {
    const recommended = [presetSettings('recommended'), presetSettings('recommended', 3600)];
    expect(recommended.map(({ filledWindows }) => filledWindows)).toEqual(['leave-out', 'leave-out']);
    expect(tutorial.filledWindows).toBe('keep');
  });
});
