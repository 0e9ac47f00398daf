import { describe, expect, it } from 'vitest';
import { phrase } from '../../../src-main/contract/phrases';
import { Problem } from '../../../src-main/contract/problems';
import { fixtureDataset } from '../columns/dataset.fixture';
import { offerOf, offerOfRefused } from './fleet-offer';

const dataset = { ...fixtureDataset([], null), rows: 100 };
const files = (...paths: string[]) => ({ kind: 'file' as const, paths });

describe('a fleet is offered', () => {
  it('beside one record, where files hold the same times or a file several stations', () => {
    expect(offerOf(files('/a', '/b'), { ...dataset, overlaps: 90 })).toMatchObject({
      why: 'same-times',
      count: 2,
    });
    // Months of one station, with a day in both.
    expect(offerOf(files('/a', '/b'), { ...dataset, overlaps: 3 })).toBeNull();
    expect(offerOf(files('/a'), { ...dataset, stations: ['x', 'y', 'z'] })).toMatchObject({
      why: 'several-in-file',
      count: 3,
      paths: ['/a'],
    });
    expect(offerOf(files('/a'), dataset)).toBeNull();
    expect(offerOf({ kind: 'sample', sample: 'seattle' }, { ...dataset, stations: ['x', 'y'] })).toBeNull();
    expect(offerOf(files('/a', '/b'), null)).toBeNull();
  });

  it('where files are no one record, and for a folder', () => {
    const problem = new Problem('no-time-column', { file: 'a' }).toData();
    expect(offerOfRefused(files('/a', '/b'), problem)).toMatchObject({ why: 'not-one-record', count: 2 });
    expect(offerOfRefused(files('/a'), problem)).toBeNull();
    const folder = new Problem('file-unreadable', { file: 'a', cause: phrase('is-folder') }).toData();
    expect(offerOfRefused(files('/a'), folder)).toMatchObject({ why: 'folder', paths: ['/a'] });
    expect(offerOfRefused(files('/a', '/b'), null)).toBeNull();
    const forecasts = new Problem('forecasts-no-time', { file: 'b' }).toData();
    expect(offerOfRefused(files('/a', '/b'), forecasts)).toBeNull();
  });
});
