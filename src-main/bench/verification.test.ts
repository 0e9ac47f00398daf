import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mapLevels } from '../contract/intervals';
import { parseDataSet, type DataSetResult } from './verification';
import { verificationDocument } from './verification-report';

describe('a data set of the table', () => {
  it('is a name, a file, a target and perhaps a first day', () => {
    expect(parseDataSet('Seoul, two years=a/b.csv::기온(°C)::2021-01-01')).toEqual({
      name: 'Seoul, two years',
      file: resolve('a/b.csv'),
      target: '기온(°C)',
      from: Date.UTC(2021, 0, 1),
    });
    expect(parseDataSet('x=a.csv::t')).toEqual({ name: 'x', file: resolve('a.csv'), target: 't' });
    for (const wrong of ['a.csv::t', '=a.csv::t', 'x=a.csv', 'x=::t', 'x=a.csv::t::soon']) {
      expect(parseDataSet(wrong)).toBeNull();
    }
  });
});

describe('the table', () => {
  const result = (rmse: number, held: number): DataSetResult => ({
    name: 'here',
    rows: 100,
    step: 'daily',
    testWindows: 20,
    unit: '°C',
    horizon: 1,
    persistence: 2,
    bestBaseline: 'ridge',
    bestRmse: 1.8,
    seeds: [1, 2].map((seed) => ({
      seed,
      rmse: rmse + (seed === 1 ? 0.01 : -0.01),
      lstmRmse: 1.9,
      share: 0.5,
      seconds: 1,
      coverage: mapLevels((level) => level / 100 + held),
      frozenCoverage: mapLevels(() => 0.5),
      width: mapLevels((level) => level / 10),
    })),
  });
  const machine = { processor: 'P', cores: 2, node: '20', platform: 'linux', date: '2026-01-01' };
  const lines = (each: DataSetResult): string[] =>
    verificationDocument(machine, [1, 2], [each])
      .split('\n')
      .filter((line) => line.startsWith('| here'));

  it('says of each goal whether it holds', () => {
    const [, scores, coverage] = lines(result(1.815, 0.02));
    expect(scores).toContain('| 1.815 (1.805 to 1.825) |');
    expect(scores).toMatch(/\| \+0\.8 % \| -9\.3 % \| 50 \(50 to 50\) \| yes \|$/);
    expect(coverage).toMatch(/\| yes \|$/);
    const [, lost, off] = lines(result(1.83, 0.04));
    expect(lost).toMatch(/\*\*no\*\* \|$/);
    expect(off).toMatch(/\*\*no\*\* \|$/);
  });
});
