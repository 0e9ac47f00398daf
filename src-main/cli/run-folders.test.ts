import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockFolder } from '../files/lock';
import { readForecastLog, readNewerSeries } from '../library';
import { formatInstant } from '../series';
import { weatherSeries } from '../trainer/trainer.fixture';
import { lastLine, runCommand } from './cli.fixture';

let folder: string;
let run: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-folders-'));
  run = join(folder, 'run');
  await readings('readings.csv', 380);
  await mkdir(join(run, 'newer'), { recursive: true });
  await writeFile(join(run, 'newer', 'mine.txt'), 'mine');
  const trained = await train('--epochs', '3', '--out', run);
  if (trained.code !== 0) throw new Error(trained.stderr);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A file of the first rows of the weather. */
async function readings(name: string, rows: number): Promise<string> {
  const { time, variables } = weatherSeries();
  const lines = Array.from(time.subarray(0, rows), (instant, row) =>
    [
      new Date(instant).toISOString().slice(0, 10),
      ...variables.map(({ values }) => values[row]!.toFixed(1)),
    ].join(','),
  );
  const path = join(folder, name);
  await writeFile(path, ['date,humidity (%),temperature (°C)', ...lines].join('\n'));
  return path;
}

const hindcast = (...args: string[]) => runCommand(folder, args);
const ASK = ['readings.csv', '--target', 'temperature (°C)', '--horizon', '2', '--patience', 'off'];
const train = (...args: string[]) => hindcast('train', ...ASK, ...args);

/** Every file of a folder and below with what is in it. */
async function contentOf(place: string): Promise<Record<string, string>> {
  const entries = await readdir(place, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.sort().map(async (path) => [path, await readFile(path, 'base64')])),
  );
}

describe('the folder of a run', () => {
  it('is not trained or searched over unasked, and keeps its run when the new one is given up', async () => {
    const before = await contentOf(run);
    for (const command of ['train', 'search']) {
      const { code, stderr } = await hindcast(command, ...ASK, '--out', run);
      expect([code, stderr]).toEqual([1, expect.stringContaining('holds a run already')]);
      expect(stderr).toContain('--force');
    }
    let asked = false;
    const left = await runCommand(
      folder,
      ['train', ...ASK, '--epochs', '10000', '--out', run, '--force'],
      (text, pid) => {
        if (asked || !text.includes('Epoch')) return;
        asked = true;
        process.kill(pid, 'SIGINT');
      },
    );
    expect([left.code, left.stderr]).toEqual([1, expect.stringContaining('Nothing was changed')]);
    expect(await contentOf(run)).toEqual(before);
  });

  it('serves one training at a time, and says who is there', async () => {
    const unlock = await lockFolder(run, 'train');
    try {
      const busy = await hindcast('resume', run, '--epochs', '9');
      expect([busy.code, busy.stderr]).toEqual([1, expect.stringContaining(`process ${process.pid}`)]);
      expect((await train('--epochs', '3', '--out', run, '--force')).stderr).toContain('is at work in');
    } finally {
      unlock();
    }
  });

  it('keeps what two forecasts at once bring and say', async () => {
    const files = [await readings('newer-1.csv', 382), await readings('newer-2.csv', 385)];
    const both = await Promise.all(files.map((file) => hindcast('forecast', run, file, '--json')));
    expect(both.map(({ code, stderr }) => [code, stderr])).toEqual(both.map(({ stderr }) => [0, stderr]));
    expect((await readNewerSeries(run, 'run'))!.time).toHaveLength(385);
    const logged = (await readForecastLog(run)).map(({ issuedAt }) => formatInstant(issuedAt));
    const said = both.map(({ stdout }) => String(lastLine(stdout)['issuedAt']));
    expect([...new Set(said)].sort()).toEqual(logged);
    expect(logged).toContain(formatInstant(weatherSeries().time[384]!));
    await writeFile(join(run, 'forecasts.json'), 'damaged');
    const again = await hindcast('forecast', run);
    expect([again.code, again.stderr + again.stdout]).toEqual([
      0,
      expect.stringContaining('forecasts-damaged-1.json'),
    ]);
  });

  it('is tidied by the next command, and so is the place that it writes to', async () => {
    const out = join(folder, 'out');
    await mkdir(out);
    for (const place of [run, out]) await writeFile(join(place, '.0123456789ab.tmp'), 'half');
    const { code, stderr } = await hindcast('forecast', run, '--out', join(out, 'forecast.csv'));
    expect([code, stderr]).toEqual([0, stderr]);
    expect((await readdir(run)).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(await readdir(out)).toEqual(['forecast.csv']);
  });

  it('is replaced when that is asked for; what is the user’s stays', async () => {
    const trained = await train('--epochs', '2', '--out', run, '--force', '--json');
    expect([trained.code, trained.stderr]).toEqual([0, trained.stderr]);
    expect(lastLine(trained.stdout)).toMatchObject({ keptEpoch: 2, folder: run });
    expect((await readdir(run)).sort()).toEqual([
      'checkpoint.bin',
      'history.jsonl',
      'linear.bin',
      'newer',
      'run.json',
      'series.bin',
      'series.json',
    ]);
    expect(await readdir(join(run, 'newer'))).toEqual(['mine.txt']);
    expect((await hindcast('verify', run, await readings('newer-3.csv', 400))).code).toBe(0);
  });
});
