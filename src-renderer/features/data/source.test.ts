import { describe, expect, it } from 'vitest';
import {
  AS_FOUND,
  DETECT_ALL,
  type ColumnMapping,
  type ColumnReport,
  type DatasetSummary,
} from '../../../src-main/contract/dataset';
import { carryMapping, fileCountOf, nameOf, optionsOf, withOptions } from './source';

const MAPPING: ColumnMapping = {
  time: 0,
  target: 1,
  alsoTargets: [],
  inputs: [1, 2],
  columns: [],
  from: null,
  to: null,
  ...AS_FOUND,
};

const dataset = (changes: Partial<DatasetSummary> = {}, names = ['date', 'air', 'rain']): DatasetSummary =>
  ({
    columns: names.map((name, index) => ({ index, name, count: 9 }) as ColumnReport),
    time: { column: 0, parts: [0], format: 'DD.MM.YYYY', zone: null },
    suggestion: MAPPING,
    ...changes,
  }) as DatasetSummary;

describe('a source', () => {
  it('bears options only where something is chosen', () => {
    const source = { kind: 'file', paths: ['/data/2024-01.csv', '/data/2024-02.csv'] } as const;
    const chosen = withOptions({ ...source, paths: [...source.paths] }, { ...DETECT_ALL, decimal: ',' });
    expect(optionsOf(chosen).decimal).toBe(',');
    expect(withOptions(chosen, DETECT_ALL)).toEqual(source);
    expect(optionsOf(null)).toEqual(DETECT_ALL);
  });

  it('is named by its first file', () => {
    expect(nameOf({ kind: 'file', paths: ['C:\\Wetter\\märz.csv', 'C:\\x.csv'] })).toBe('märz.csv');
    expect(nameOf({ kind: 'sample', sample: 'seattle' })).toBe('seattle');
    expect(fileCountOf({ kind: 'file', paths: ['/a', '/b'] })).toBe(2);
  });
});

describe('the mapping of files read again', () => {
  const suggestion = { ...MAPPING, target: 2 };
  const edited = { ...MAPPING, inputs: [2], from: 86_400_000 };
  const after = (changes: Partial<DatasetSummary> = {}, names?: string[]): DatasetSummary =>
    dataset({ suggestion, ...changes }, names);

  it('is the new suggestion where nothing was chosen', () => {
    expect(carryMapping(MAPPING, dataset(), after())).toBe(suggestion);
    expect(carryMapping(null, null, after())).toBe(suggestion);
  });

  it('keeps what was chosen where the columns are the same', () => {
    expect(carryMapping(edited, dataset(), after())).toEqual(edited);
    const otherOrder = { column: 0, parts: [0], format: 'MM.DD.YYYY', zone: null };
    expect(carryMapping(edited, dataset(), after({ time: otherOrder }))).toEqual({ ...edited, from: null });
  });

  it('is the new suggestion where the columns are others or hold nothing now', () => {
    expect(carryMapping(edited, dataset(), after({}, ['date', 'air', 'wind']))).toBe(suggestion);
    expect(carryMapping(edited, dataset(), after({ time: null }))).toBe(suggestion);
    const empty = after();
    const columns = empty.columns.map((column) => ({ ...column, count: 0 }));
    expect(carryMapping(edited, dataset(), { ...empty, columns })).toBe(suggestion);
  });
});
