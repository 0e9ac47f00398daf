import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLES } from '../contract/dataset';
import { makeSeries } from './axis/make-series';
import { readTable } from './read-table';
import { sampleSource, sampleSources } from './samples';
import { summarise } from './summary/summarise';

const resources = resolve('resources');
const hooks = { onProgress: () => undefined, signal: new AbortController().signal };

describe('the samples', () => {
  it.each([
    ['seattle', 1461, ['date', 'precipitation', 'temp_max', 'temp_min', 'wind', 'weather'], 'temp_max'],
    ['seoul-synthetic', 730, ['일시', '강수량', '평균습도', '평균풍속', '평균기온'], '평균기온'],
  ] as const)('%s opens without a problem and is ready to train', async (sample, rows, names, target) => {
    const table = await readTable(sampleSource(sample, resources), hooks);
    const summary = summarise(table, sample);
    expect(summary).toMatchObject({ rows, gapCount: 0, path: null });
    expect(summary.columns.map(({ name }) => name)).toEqual(names);
    expect(summary.columns.find(({ role }) => role === 'target')?.name).toBe(target);
    expect(summary.suggestion).not.toBeNull();
    if (summary.suggestion !== null) expect(makeSeries(table, summary.suggestion).time).toHaveLength(rows);
  });

  it('have an origin and a licence each', () => {
    const readme = readFileSync(join(resources, 'samples', 'README.md'), 'utf8');
    for (const sample of SAMPLES) {
      for (const { fileName } of sampleSources(sample, resources)) expect(readme).toContain(fileName);
    }
  });

  it('of forecasts: those of the next week, each known the evening before, are joined to the readings', async () => {
    const table = await readTable(sampleSources('seattle-forecasts', resources), hooks);
    const summary = summarise(table, 'seattle-forecasts');
    expect(summary.forecasts).toMatchObject({ matched: 1460, unmatched: 1, passedOver: [] });
    expect(summary.problems).toEqual([]);
    const { suggestion, plan, columns } = summary;
    const names = (places: readonly number[] = []): string[] => places.map((place) => columns[place]!.name);
    expect(plan).toMatchObject({ question: 'next-days', horizon: 7 });
    expect(names([suggestion!.target])).toEqual(['temp_max']);
    expect(names(suggestion?.service)).toEqual(['forecast temp_max (°C)']);
    expect(suggestion?.knownAhead?.map(({ row, steps }) => [row, steps])).toEqual([
      ['run', 7],
      ['run', 7],
    ]);
    const series = makeSeries(table, suggestion!);
    // The last reading knows the week that comes.
    for (const place of series.service!) expect(series.variables[place]!.values.at(-1)).not.toBeNaN();
  });

  it.each([
    ['seoul-synthetic', 'make-seoul-sample.mjs'],
    ['seattle-forecasts', 'make-forecast-sample.mjs'],
  ] as const)('%s is what its script makes, byte for byte', (sample, script) => {
    const folder = mkdtempSync(join(tmpdir(), 'hindcast-sample-'));
    try {
      const made = join(folder, 'made.csv');
      execFileSync(process.execPath, [resolve('scripts', script), made]);
      const kept = sampleSources(sample, resources).at(-1)!.path;
      expect(readFileSync(made).equals(readFileSync(kept))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
