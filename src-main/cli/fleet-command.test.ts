import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastLine, runCommand } from './cli.fixture';

let folder: string;
const days = (count: number, shift: number): string[] =>
  Array.from({ length: count }, (_, day) => {
    const date = new Date(Date.UTC(2021, 0, 1 + day)).toISOString().slice(0, 10);
    const warmth = 10 - 9 * Math.cos((2 * Math.PI * day) / 365) + 3 * Math.sin(day * 1.7 + shift);
    return `${date},${warmth.toFixed(1)},${(70 + 10 * Math.sin(day + shift)).toFixed(0)}`;
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-fleet-'));
  await mkdir(join(folder, 'club'));
  const celsius = ['date,temp (°C),hum (%)', ...days(260, 0)];
  const fahrenheit = ['Day;Outdoor temperature °F;Humidity', ...days(260, 2)].map((line, index) => {
    if (index === 0) return line;
    const [date, warmth, humidity] = line.split(',');
    return [date, (Number(warmth) * 1.8 + 32).toFixed(1), humidity].join(';');
  });
  await writeFile(join(folder, 'club', 'brook.csv'), celsius.join('\n'));
  await writeFile(join(folder, 'club', 'hill.csv'), fahrenheit.join('\n'));
  await writeFile(join(folder, 'club', 'empty.csv'), '');
  await writeFile(join(folder, 'club', 'rain-only.csv'), ['date,rain (mm)', ...days(260, 1)].join('\n'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fleet = (...more: readonly string[]) =>
  runCommand(folder, [
    'fleet',
    'club',
    '--target',
    'temperature',
    '--out',
    'out',
    '--preset',
    'tutorial',
    '--epochs',
    '2',
    '--json',
    ...more,
  ]);

describe('hindcast fleet', () => {
  it('trains each station as a single file would be, ranks them, and goes on where it ended', async () => {
    const { code, stdout, stderr } = await fleet();
    // All others were trained, and all is told; a script is told too that two were not.
    expect([code, stderr]).toEqual([1, expect.stringContaining('2 of 4 stations have failed')]);
    const { stations, counts } = lastLine(stdout) as {
      readonly stations: readonly Record<string, unknown>[];
      readonly counts: Record<string, number>;
    };
    expect(stations.map(({ name }) => name).sort()).toEqual(['brook', 'empty', 'hill', 'rain-only']);
    const by = (name: string) => stations.find((each) => each['name'] === name)!;
    // Errors of stations can be compared: both are in the usual unit of what was asked for.
    for (const name of ['brook', 'hill']) {
      expect(by(name)).toMatchObject({ kind: 'trained', unit: '°C', folder: `stations/${name}` });
      await stat(join(folder, 'out', 'stations', name, 'run.json'));
    }
    expect(by('empty')).toMatchObject({ kind: 'failed', sentence: expect.stringContaining('is empty') });
    expect(by('rain-only')['sentence']).toContain('has no column of temperature');
    expect(counts['failed']).toBe(2);
    const table = await readFile(join(folder, 'out', 'fleet.csv'), 'utf8');
    expect(table.trim().split('\r\n')).toHaveLength(5);

    // A single file says the same.
    const alone = await runCommand(folder, [
      ...['train', 'club/brook.csv', '--preset', 'tutorial', '--epochs', '2', '--out', 'alone', '--json'],
    ]);
    expect((lastLine(alone.stdout) as { scores: { model: { rmse: number } } }).scores.model.rmse).toBe(
      by('brook')['rmse'],
    );

    const trainedAt = (await stat(join(folder, 'out', 'stations', 'hill', 'run.json'))).mtimeMs;
    await writeFile(
      join(folder, 'club', 'empty.csv'),
      ['date,temp (°C),hum (%)', ...days(260, 4)].join('\n'),
    );
    // A file that has grown is forecast from its new end.
    await writeFile(
      join(folder, 'club', 'brook.csv'),
      ['date,temp (°C),hum (%)', ...days(265, 0)].join('\n'),
    );
    const again = lastLine((await fleet('--forecast')).stdout);
    const forecasts = again['forecasts'] as readonly { name: string; issuedAt: string; points: unknown[] }[];
    expect(forecasts).toHaveLength(3);
    expect(forecasts.find(({ name }) => name === 'brook')?.issuedAt).toBe('2021-09-22');
    expect(forecasts.find(({ name }) => name === 'hill')?.issuedAt).toBe('2021-09-17');
    const lines = (await readFile(join(folder, 'out', 'forecasts.csv'), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(1 + forecasts.reduce((sum, { points }) => sum + points.length, 0));
    expect((again['counts'] as Record<string, number>)['failed']).toBe(1);
    expect((await stat(join(folder, 'out', 'stations', 'hill', 'run.json'))).mtimeMs).toBe(trainedAt);

    const other = await fleet('--horizon', '3');
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('holds another fleet')]);
  });

  it('trains one model of all, as runs of its own, tells whether it helps, and keeps what it found', async () => {
    await rm(join(folder, 'club', 'rain-only.csv'));
    const { code, stdout } = await fleet('--shared');
    expect(code).toBe(0);
    const { stations, shared } = lastLine(stdout) as {
      readonly stations: readonly { name: string; kind: string; rmse: number; pValue: number }[];
      readonly shared: {
        readonly stations: readonly { name: string; single: number; shared: number; folder: string }[];
        readonly counts: Record<string, number>;
        readonly groups: readonly { readonly curve: readonly { months: number }[]; traits: string[] }[];
      };
    };
    const trained = stations.filter(({ kind }) => kind === 'trained');
    expect(trained.length).toBeGreaterThanOrEqual(2);
    expect(shared.stations.map(({ name }) => name).sort()).toEqual(trained.map(({ name }) => name).sort());
    expect(Object.values(shared.counts).reduce((sum, count) => sum + count, 0)).toBe(trained.length);
    for (const each of shared.stations) {
      // The single model's error is that of the leaderboard, and the shared one's that of its run.
      expect(each.single).toBe(trained.find(({ name }) => name === each.name)!.rmse);
      const run = JSON.parse(await readFile(join(folder, 'out', each.folder, 'run.json'), 'utf8')) as {
        measured: { scores: { model: { rmse: number } } };
      };
      expect(run.measured.scores.model.rmse).toBe(each.shared);
    }
    const [group] = shared.groups;
    expect(group!.traits).toEqual(['climatology']);
    expect(new Set(group!.curve.map(({ months }) => months))).toEqual(new Set([1, 3, 6]));
    const table = (await readFile(join(folder, 'out', 'fleet.csv'), 'utf8')).split('\r\n');
    expect(table[1]).toContain('shared/');
    expect(await readFile(join(folder, 'out', 'fleet.html'), 'utf8')).toContain('One model for all stations');

    const madeAt = (await stat(join(folder, 'out', 'shared', 'hill', 'run.json'))).mtimeMs;
    // Nothing was trained since: what was found is told again.
    const again = lastLine((await fleet('--shared')).stdout);
    expect(again['shared']).toEqual(shared);
    expect((await stat(join(folder, 'out', 'shared', 'hill', 'run.json'))).mtimeMs).toBe(madeAt);
  });

  it.each([
    [['--target', 'temprature'], '--target is “temprature”, not one of temperature'],
    [['--jobs', '0'], '--jobs is “0”, not a whole number from 1 to 64'],
    [['--epochs', 'x'], '--epochs is “x”, not a number'],
  ])('says what is wrong with %s', async (args, sentence) => {
    const { code, stderr } = await fleet(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  });
});
