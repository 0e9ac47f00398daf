import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable, sourceOfPath, summarise } from '../dataset';
import { differences, journeyFiles, type Journey } from './journeys';
import { journeyLine, journeysDocument } from './journeys-report';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-journeys-'));
  await mkdir(join(folder, 'stations'));
  await mkdir(join(folder, 'hostile'));
  const days = Array.from({ length: 40 }, (_, day) => {
    const date = new Date(Date.UTC(2022, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},${(day % 7) - 3},${50 + (day % 5)}`;
  });
  await writeFile(join(folder, 'stations', 'a.csv'), ['date,temp (°C),hum (%)', ...days].join('\n'));
  await writeFile(join(folder, 'hostile', 'b.csv'), 'x');
  await writeFile(join(folder, 'README.md'), 'x');
  await writeFile(
    join(folder, 'expected.json'),
    JSON.stringify({ about: 'x', files: { 'stations/a.csv': { rows: 40, target: '^temp' } } }),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the files of a folder', () => {
  it('are those with readings, each with what is right for it', async () => {
    const files = await journeyFiles([folder], ['hostile']);
    expect(files.map(({ name, expected }) => [name, expected])).toEqual([
      ['stations/a.csv', { rows: 40, target: '^temp' }],
    ]);
    const [alone] = await journeyFiles([join(folder, 'stations', 'a.csv')], []);
    expect(alone).toMatchObject({ name: 'a.csv', expected: null });
    const known = new Map([['stations/a.csv', { rows: 41 }]]);
    const [told] = await journeyFiles([folder], ['hostile'], known);
    expect(told?.expected).toEqual({ rows: 41 });
  });
});

describe('what differs from what is right', () => {
  const differing = async (expected: Parameters<typeof differences>[1]): Promise<readonly string[]> => {
    const hooks = { onProgress: () => undefined, signal: new AbortController().signal };
    const source = sourceOfPath(resolve(folder, 'stations', 'a.csv'));
    return differences(summarise(await readTable(source, hooks), 'test'), expected);
  };

  it('is nothing where all is as it should be', async () => {
    const right = { rows: 40, from: '2022-01-01', to: '2022-02-09', target: '^temp', unit: '°C' };
    expect(await differing({ ...right, min: -3, max: 3, trainable: true })).toEqual([]);
  });

  it('is reported one by one', async () => {
    expect(await differing({ rows: 41, from: '2021-01-01' })).toEqual([
      '40 rows, not 41',
      'from 2022-01-01, not 2021-01-01',
    ]);
    expect(await differing({ target: 'hum' })).toEqual(['target temp (°C), not hum']);
    expect(await differing({ target: null })).toEqual(['target temp (°C), not none']);
    expect(await differing({ unit: '°F', min: -30 })).toEqual(['in °C, not °F', 'min -3, not -30']);
    expect(await differing({ stations: 2, typicalYear: true })).toEqual([
      '0 stations, not 2',
      'not known as a typical year',
    ]);
  });
});

describe('the table', () => {
  const journey = (name: string, rmse: number, bestRmse: number): Journey => ({
    name,
    differs: [],
    question: 'next-days',
    target: 'a|b',
    inputs: ['a|b', 'c'],
    readings: 120,
    windows: 100,
    unit: '°C',
    trained: { rmse, best: 'ridge', bestRmse, share: 0.25, canTell: true },
    sentence: '',
  });
  const short: Journey = {
    ...journey('short', 0, 1),
    readings: 59,
    differs: ['10 rows, not 12'],
    trained: null,
    sentence: 'Too few.',
  };
  const machine = { processor: 'p', cores: 2, node: '20', platform: 'linux', date: '2026-01-01' };

  it('counts what holds, and says where nothing was trained', () => {
    const night = journey('night', 3, 1);
    const all = [journey('a', 1, 1), journey('b', 1.3, 1), journey('exact', 1, 0), short];
    const document = journeysDocument(machine, [
      ...all,
      { ...night, readings: 40, trained: { ...night.trained!, canTell: false } },
    ]);
    expect(document).toContain('- Read right: 4 of 5 ');
    const [counted, small] = document.split('## Smaller files');
    expect(counted).toContain('- Trained: 3 of 3.');
    expect(counted).toContain('1 of 2; above 1.1: 1; in the median 1.150.');
    expect(small).toContain('- Trained: 1 of 2.');
    expect(small).toContain('0 of 1; above 1.1: 1; in the median 3.000.');
    expect(small).toMatch(/\| night +\|.*\*\*3\.000\*\* \(short\) \|/);
    expect(document).toMatch(/\| b +\|.*\*\*1\.300\*\* \|/);
    expect(document).toMatch(/\| exact +\|.*\| exact +\|/);
    expect(document).toContain('a\\|b in °C');
    expect(document).toContain('**10 rows, not 12**');
    expect(document).toContain('- short: Too few.');
  });

  it('is reported line by line while it grows', () => {
    expect(journeyLine(journey('b', 1.3, 1))).toBe(
      'b, read right: a|b (next-days, 100 windows) 1.300 / ridge 1.000 = 1.300',
    );
    expect(journeyLine(short)).toBe('short, 10 rows, not 12: Too few.');
  });
});
