import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TrainingSettings } from '../contract/settings';
import { meanHistory, type TrainingEvent } from '../contract/training';
import { readExport } from '../forecaster';
import { memberFolder, readProgress, RunLibrary } from '../library';
import { MemberGroup } from './member-group';
import { bundleEntries, weatherRun, weatherSeries } from './trainer.fixture';
import { forkTrainer, type TrainerProcess } from './trainer-process';
import { TrainingService } from './training-service';

/** The real engine in real processes. */
let bundle: Awaited<ReturnType<typeof bundleEntries>>;
beforeAll(async () => {
  bundle = await bundleEntries({ trainer: 'src-main/training/trainer-main.ts' });
});
afterAll(() => bundle.remove());

let folder: string;
let library: RunLibrary;
let service: TrainingService;
let events: TrainingEvent[];
let waiting: (() => void)[];
const startTrainer = (): TrainerProcess => forkTrainer(join(bundle.folder, 'trainer.cjs'));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-members-'));
  library = new RunLibrary(join(folder, 'runs'));
  events = [];
  waiting = [];
  service = new TrainingService({
    library,
    startTrainer,
    emit: (event) => {
      events.push(event);
      for (const look of waiting) look();
    },
  });
});
afterEach(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const series = weatherSeries();
const run = (changes: Partial<TrainingSettings> = {}) =>
  weatherRun({ members: 3, seed: 8, epochs: 12, patience: 4, ...changes });

/** The first event that fits, past or to come. */
function event(fits: (event: TrainingEvent) => boolean): Promise<TrainingEvent> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = events.find(fits);
      if (found) resolve(found);
    };
    waiting.push(look);
    look();
  });
}
const epochReached = (epoch: number) =>
  event((each) => each.kind === 'progress' && (each.records.at(-1)?.epoch ?? 0) >= epoch);

async function train(changes: Partial<TrainingSettings> = {}): Promise<string> {
  const { runId } = await service.start(run(changes), series);
  await service.ended(runId);
  return runId;
}

/** How each network of a run has ended, but for the time it took. */
async function ends(runId: string, members = 3) {
  return Promise.all(
    Array.from({ length: members }, async (_, member) => {
      const saved = await readProgress(memberFolder(library.folderOf(runId), member));
      return { history: saved?.history, ...saved?.checkpoint, seconds: 0 };
    }),
  );
}

describe('several networks', () => {
  it('are each trained as one of its seed alone, and forecast their mean', async () => {
    const runId = await train();
    const { summary, history, memberHistories } = await library.read(runId);
    expect(memberHistories).toHaveLength(3);
    expect(history).toEqual(meanHistory(memberHistories));
    expect(summary.members!.map(({ epochs }) => epochs)).toEqual(memberHistories.map((each) => each.length));
    expect(summary.keptEpoch).toBe(Math.max(...summary.members!.map(({ keptEpoch }) => keptEpoch)));
    const [, second] = await ends(runId);
    expect(second).toEqual((await ends(await train({ members: 1, seed: 9 }), 1))[0]);

    expect(events.filter(({ kind }) => kind === 'started')).toHaveLength(2);
    const shares = events.flatMap((each) => (each.kind === 'progress' ? (each.share ?? []) : []));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));

    const verification = await service.verify(runId);
    const { rmse, mean, sd } = verification.members!;
    expect(rmse).toHaveLength(3);
    expect(mean).toBeCloseTo((rmse[0]! + rmse[1]! + rmse[2]!) / 3, 10);
    expect(sd).toBeGreaterThan(0);
    // The mean of forecasts is never worse than the mean network: squared errors are convex.
    expect(verification.scores.model.rmse).toBeLessThanOrEqual(mean);

    const forecast = await service.forecast(runId);
    const exported = await service.exportModel(runId, join(folder, 'export'));
    const { forecaster } = await readExport(join(exported, 'forecaster.json'));
    expect(forecaster.composite.members).toHaveLength(3);
    const again = await service.importForecaster(join(exported, 'forecaster.json'));
    expect((await service.forecast(again.runId)).points).toEqual(forecast.points);
  });

  it('are the same bit by bit whatever the number of processes', async () => {
    const found = [];
    for (const parallel of [1, 3]) {
      const runId = await library.create(run({ layers: 2, dropout: 0.2 }), series);
      const group = new MemberGroup(startTrainer, 3, () => undefined, parallel);
      await group.train(library.folderOf(runId));
      group.kill();
      found.push(await ends(runId));
    }
    expect(found[1]).toEqual(found[0]);
  });

  it('pause, go on and stop together, and keep the best epoch of each', async () => {
    const { runId } = await service.start(run({ epochs: 10_000, patience: null }), series);
    await epochReached(5);
    await service.control(runId, 'pause');
    await event(({ kind }) => kind === 'paused');
    const told = (): number => events.filter(({ kind }) => kind === 'progress').length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = told();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(told()).toBe(before);
    await service.control(runId, 'resume');
    await event(({ kind }) => kind === 'resumed');
    await service.control(runId, 'stop');
    const { summary, memberHistories } = await library.read(runId);
    expect(summary.status).toBe('stopped');
    for (const [member, { keptEpoch }] of summary.members!.entries()) {
      const best = memberHistories[member]!.reduce((a, b) => (b.valLoss < a.valLoss ? b : a), {
        epoch: 0,
        valLoss: Infinity,
      });
      expect(keptEpoch).toBe(best.epoch);
    }
    // With fewer cores than networks the last had no turn: it has no part in the model.
    expect((await service.verify(runId)).scores.model.rmse).toBeGreaterThan(0);
    await service.deleteRun(runId);
  });

  it('of which a process was killed keep what all had, and go on as if nothing had been', async () => {
    const through = await train({ epochs: 200, patience: null });
    events = [];
    const { runId } = await service.start(run({ epochs: 200, patience: null }), series);
    await epochReached(10);
    process.kill(service.trainerPids[0]!, 'SIGKILL');
    await event(({ kind }) => kind === 'failed');
    const { summary } = await library.read(runId);
    expect(summary).toMatchObject({ status: 'interrupted', members: { length: 3 } });
    // As if the app itself had been killed: the next start finds the same.
    await library.update(runId, { status: 'training', epochs: 0, keptEpoch: 0, members: undefined });
    await library.recover();
    expect((await library.read(runId)).summary).toEqual(summary);
    await service.resume(runId);
    await service.ended(runId);
    expect((await library.read(runId)).summary.status).toBe('completed');
    expect(await ends(runId)).toEqual(await ends(through));
  });

  it('are cancelled without a trace', async () => {
    const { runId } = await service.start(run({ epochs: 10_000, patience: null }), series);
    await epochReached(2);
    await service.control(runId, 'cancel');
    expect(await library.list()).toEqual([]);
  });
});
