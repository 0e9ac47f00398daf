import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../contract/problems';
import { readWeights } from './checkpoint-file';
import { logForecast, logsSetAside, readForecastLog } from './forecast-log-file';
import { readLinearShare, writeLinearShare } from './linear-file';
import { readNewerSeries, writeNewerSeries } from './newer-series';
import { checkpointOf, recordOf } from './progress.fixture';
import { smallRun, smallSeries } from './run.fixture';
import { ProgressWriter, readProgress } from './saved-progress';
import { readHistories } from './saved-run';
import { readSeries } from './series-file';
import { SingleRun } from './single-run';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-checksums-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const EPOCHS = 6;
const ISSUED = {
  issuedAt: 1,
  madeAt: 5,
  lastReading: 2.5,
  points: [{ time: 2, lead: 1, value: 3, low: 1, high: 4 }],
};

/** A run with every file that a run may have. */
async function wholeRun(): Promise<void> {
  const store = new SingleRun(folder);
  await store.create(smallRun, smallSeries);
  const writer = await ProgressWriter.open(folder, null);
  for (let epoch = 1; epoch <= EPOCHS; epoch++) writer.write(recordOf(epoch), checkpointOf(epoch));
  writer.close();
  await writeLinearShare(folder, {
    lstmShare: 0.5,
    linear: { kernel: Float32Array.of(1, 2), bias: Float32Array.of(3) },
  });
  await writeNewerSeries(folder, smallSeries);
  await logForecast(folder, ISSUED);
  await store.update(store.id, { status: 'completed', epochs: EPOCHS, keptEpoch: EPOCHS });
}

/** All that can be asked of a run's files, each by itself: what it says, or which problem. */
async function ask(): Promise<Record<string, unknown>> {
  const record = await new SingleRun(folder).record().catch((error: unknown) => error);
  const known =
    record instanceof Error ? { epochs: EPOCHS, members: undefined } : (record as { epochs: number });
  const questions: Record<string, Promise<unknown>> = {
    record: Promise.resolve(record),
    series: readSeries(folder, 'run'),
    newer: readNewerSeries(folder, 'run'),
    linear: readLinearShare(folder, 'run'),
    weights: readWeights(folder, EPOCHS),
    curve: readHistories(folder, { members: undefined, ...known }),
    progress: readProgress(folder),
    log: readForecastLog(folder),
  };
  const answers = Object.entries(questions).map(
    async ([name, answer]) => [name, await answer.catch((error: unknown) => error)] as const,
  );
  return Object.fromEntries(await Promise.all(answers));
}

/** Which answers a flipped byte may give besides a problem that names the run: those of a part that was set aside. */
const recovered: Readonly<Record<string, (answer: unknown) => boolean>> = {
  // The weights are not whole: those who need them say so.
  weights: (answer) => answer === null,
  // An earlier checkpoint: a training that goes on from there ends with the same numbers.
  progress: (answer) =>
    answer === null || (answer as { checkpoint: { epoch: number } }).checkpoint.epoch < EPOCHS,
  log: (answer) => Array.isArray(answer) && answer.length === 0,
};

describe('a byte that is flipped in any file of a run', () => {
  it('is reported or repaired: it never changes an answer', async () => {
    await wholeRun();
    const whole = await ask();
    expect(Object.values(whole).filter((answer) => answer instanceof Error)).toEqual([]);
    const files = (await readdir(folder, { withFileTypes: true, recursive: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.map((path) => path.slice(folder.length + 1)).sort()).toEqual([
      'checkpoint.bin',
      'forecasts.json',
      'history.jsonl',
      'linear.bin',
      'newer/series.bin',
      'newer/series.json',
      'run.json',
      'series.bin',
      'series.json',
    ]);
    for (const path of files) {
      const bytes = await readFile(path);
      // Some 20 places in each file, from its first byte to its last.
      const step = Math.max(1, Math.floor(bytes.length / 20));
      let told = 0;
      for (let at = 0; at < bytes.length; at += step) {
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= 1 << (at % 7);
        await writeFile(path, damaged);
        for (const [question, answer] of Object.entries(await ask())) {
          const where = `${path.slice(folder.length + 1)}, byte ${at}: ${question}`;
          if (answer instanceof Problem) {
            expect([where, answer.code]).toEqual([
              where,
              expect.stringMatching(/^(run-damaged|run-missing)$/),
            ]);
            told += 1;
          } else if (recovered[question]?.(answer) === true) told += 1;
          else expect([where, answer]).toEqual([where, whole[question]]);
        }
        for (const name of await logsSetAside(folder)) await rm(join(folder, name));
        await writeFile(path, bytes);
      }
      expect([path, told]).toEqual([path, expect.any(Number)]);
      expect(told).toBeGreaterThan(5);
    }
  });
});

describe('files of earlier versions', () => {
  it('have no checksums, and are read', async () => {
    await wholeRun();
    const whole = await ask();
    for (const name of ['run.json', 'series.json', 'newer/series.json', 'forecasts.json']) {
      const path = join(folder, name);
      const {
        sha256: _sha256,
        numbers: _numbers,
        ...before
      } = JSON.parse(await readFile(path, 'utf8')) as object & {
        sha256: string;
        numbers?: string;
      };
      await writeFile(path, JSON.stringify(before));
    }
    const curve = join(folder, 'history.jsonl');
    await writeFile(curve, (await readFile(curve, 'utf8')).replace(/,"sum":"\w+"/g, ''));
    expect(await ask()).toEqual(whole);
  });
});
