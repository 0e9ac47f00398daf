import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readProgress, readSeries, readWeights, RunLibrary } from '../library';
import { randomSource } from '../network';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';
import { bundled } from '../bundle.fixture';
import { forkTrainer } from '../trainer/processes/trainer-process';
import { TrainingService } from './training-service';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-killed-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** All the ways of a kill come four times over; more on request. */
const kills = Number(process.env['HINDCAST_KILLS'] ?? 20);
/** Milliseconds within which a kill comes: TensorFlow takes some 100 for the first epoch, and 5 to 15 for a later one. */
const LATEST_KILL = 300;
/** Large enough that a good part of an epoch is the writing of its checkpoint, of 1 MB. More epochs than there will be. */
const SETTINGS = { hidden: 128, window: 4, epochs: 10_000 };
const ROWS = 110;

/** The whole lines of history.jsonl: the epochs that were done when the process ended. */
async function epochsDone(run: string): Promise<number> {
  const text = await readFile(join(run, 'history.jsonl'), 'utf8').catch(() => '');
  return text.split('\n').length - 1;
}

it(`${kills} kills at any moment lose no file and at most the epoch under way, and the training goes on`, async () => {
  const random = randomSource(50, 'kills');
  const series = weatherSeries(ROWS);
  const library = new RunLibrary(join(folder, 'runs'));
  let failed: () => void = () => undefined;
  let told = 0;
  const service = new TrainingService({
    library,
    startTrainer: () => forkTrainer(bundled('trainer')),
    emit: (event) => {
      if (event.kind === 'failed') failed();
      if (event.kind === 'progress') told = event.records.at(-1)?.epoch ?? told;
    },
  });

  const killAtRandom = async (latest: number): Promise<void> => {
    await sleep(random.uniform(0, latest));
    process.kill(service.trainerPids[0]!, 'SIGKILL');
  };
  /** Kills what trains now, and waits until its run says so. */
  const killTraining = async (latest: number): Promise<void> => {
    const ended = new Promise<void>((resolve) => (failed = resolve));
    await killAtRandom(latest);
    await ended;
  };
  /** Kills a trainer that has most likely not yet begun. */
  const killAtStart = async (): Promise<void> => {
    const ended = new Promise<void>((resolve) => (failed = resolve));
    const begun = service.resume(runId).then(
      () => true,
      () => false,
    );
    while (service.trainerPids.length === 0) await sleep(1);
    await killAtRandom(LATEST_KILL);
    if (await begun) await ended;
  };
  /** What a kill leaves must be whole. @returns the epochs saved */
  const look = async (id: string): Promise<number> => {
    const run = library.folderOf(id);
    const { summary, history } = await library.read(id);
    const saved = summary.epochs;
    expect(summary).toMatchObject({ status: 'interrupted', keptEpoch: saved });
    expect(history).toHaveLength(saved);
    expect((await readSeries(run, 'run')).time).toHaveLength(ROWS);
    if (saved > 0) expect(await readWeights(run, saved)).not.toBeNull();
    // What was told is saved; what was done is saved, but for an epoch whose checkpoint was being written.
    expect(saved).toBeGreaterThanOrEqual(told);
    const done = await epochsDone(run);
    expect([done, done - 1]).toContain(saved);
    return saved;
  };

  let { runId } = await service.start(weatherRun(SETTINGS), series);
  await killTraining(LATEST_KILL);
  let epochs = await look(runId);
  for (let kill = 2; kill < kills; kill++) {
    if (kill % 5 === 0) {
      // Another run, killed in its very first epoch or soon after it.
      const reached = told;
      told = 0;
      const first = await service.start(weatherRun(SETTINGS), series);
      await killTraining(LATEST_KILL / 2);
      await look(first.runId);
      told = reached;
      continue;
    }
    if (kill % 5 === 1) await killAtStart();
    else {
      await service.resume(runId);
      await killTraining(LATEST_KILL);
    }
    const saved = await look(runId);
    expect(saved).toBeGreaterThanOrEqual(epochs);
    epochs = saved;
  }

  // However slow the machine: the last kill comes after an epoch more.
  await service.resume(runId);
  while (told <= epochs) await sleep(10);
  await killTraining(0);
  epochs = await look(runId);
  const killed = await readProgress(library.folderOf(runId));
  ({ runId } = await service.start(weatherRun({ ...SETTINGS, epochs }), series));
  await service.ended(runId);
  const through = await readProgress(library.folderOf(runId));
  expect(killed?.history).toEqual(through?.history);
  expect({ ...killed?.checkpoint, seconds: 0 }).toEqual({ ...through?.checkpoint, seconds: 0 });
  await service.close();
});
