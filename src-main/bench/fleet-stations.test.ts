import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { makeStations } from './fleet-stations';

it('makes the same stations of the same seed: of different length, unit and delimiter, with gaps', () => {
  const sample = readFileSync(resolve('resources/samples/seattle-daily-2012-2015.csv'), 'utf8');
  const stations = makeStations(sample, 60);
  expect(makeStations(sample, 60)).toEqual(stations);
  expect(makeStations(sample, 60, 2)).not.toEqual(stations);
  const heads = new Set(stations.map(({ text }) => text.split('\n', 1)[0]));
  expect(heads.size).toBe(4);
  const lengths = stations.map(({ text }) => text.trim().split('\n').length - 1);
  expect(Math.min(...lengths)).toBeGreaterThan(350);
  expect(Math.max(...lengths) - Math.min(...lengths)).toBeGreaterThan(500);
  expect(new Set(stations.map(({ name }) => name)).size).toBe(60);
});
