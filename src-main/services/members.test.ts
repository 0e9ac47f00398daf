import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TrainingSettings } from '../contract/settings';
import { meanHistory } from '../contract/training';
import { readExport } from '../forecaster';
import { memberFolder, readProgress } from '../library';
import { MemberGroup } from '../trainer/processes/member-group';
import { poolOfMembers } from './members';
import { TrainingBench } from './service.fixture';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';

const bench = new TrainingBench();
const series = weatherSeries();
const run = (changes: Partial<TrainingSettings> = {}) =>
  weatherRun({ members: 3, seed: 8, epochs: 12, patience: 4, ...changes });

const epochReached = (epoch: number) =>
  bench.event('progress', ({ records }) => (records.at(-1)?.epoch ?? 0) >= epoch);

const train = (changes: Partial<TrainingSettings> = {}): Promise<string> => bench.train(run(changes), series);

/** How each network of a run has ended, but for the time it took. */
async function ends(runId: string, members = 3) {
  return Promise.all(
    Array.from({ length: members }, async (_, member) => {
      const saved = await readProgress(memberFolder(bench.library.folderOf(runId), member));
      return { history: saved?.history, ...saved?.checkpoint, seconds: 0 };
    }),
  );
}

describe('several networks', () => {
  it('are each trained as one of its seed alone, and forecast their mean', async () => {
    const runId = await train();
    const { summary, history, memberHistories } = await bench.library.read(runId);
    expect(memberHistories).toHaveLength(3);
    expect(history).toEqual(meanHistory(memberHistories));
    expect(summary.members!.map(({ epochs }) => epochs)).toEqual(memberHistories.map((each) => each.length));
    expect(summary.keptEpoch).toBe(Math.max(...summary.members!.map(({ keptEpoch }) => keptEpoch)));
    const [, second] = await ends(runId);
    expect(second).toEqual((await ends(await train({ members: 1, seed: 9 }), 1))[0]);

    expect(bench.events.filter(({ kind }) => kind === 'started')).toHaveLength(2);
    const told = bench.events.flatMap((each) =>
      each.kind === 'progress' && each.member !== undefined ? [each.fraction] : [],
    );
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.every((fraction) => fraction > 0 && fraction <= 1)).toBe(true);

    const verification = await bench.verify(runId);
    const { rmse, mean, sd } = verification.members!;
    expect(rmse).toHaveLength(3);
    expect(mean).toBeCloseTo((rmse[0]! + rmse[1]! + rmse[2]!) / 3, 10);
    expect(sd).toBeGreaterThan(0);
    // The mean of forecasts is never worse than the mean network: squared errors are convex.
    expect(verification.scores.model.rmse).toBeLessThanOrEqual(mean);

    const forecast = await bench.forecast(runId);
    const { folder: exported } = await bench.service.exportModel(runId, join(bench.folder, 'export'), [
      'tfjs',
    ]);
    const { forecaster } = await readExport(join(exported, 'forecaster.json'));
    expect(forecaster.composite.members).toHaveLength(3);
    const again = await bench.service.importForecaster(join(exported, 'forecaster.json'));
    expect((await bench.forecast(again.runId)).points).toEqual(forecast.points);
  });

  it('are the same bit by bit whatever the number of processes', async () => {
    const found = [];
    for (const parallel of [1, 3]) {
      const runId = await bench.library.create(run({ layers: 2, dropout: 0.2 }), series);
      const place = poolOfMembers(() => bench.startTrainer('auto'), 3, parallel);
      const group = new MemberGroup(place, 3, () => undefined);
      await group.train(bench.library.folderOf(runId));
      group.kill();
      found.push(await ends(runId));
    }
    expect(found[1]).toEqual(found[0]);
  });

  it('pause, go on and stop together, and keep the best epoch of each', async () => {
    const { runId } = await bench.service.start(run({ epochs: 10_000, patience: null }), series);
    await epochReached(5);
    await bench.service.control(runId, 'pause');
    await bench.event('paused');
    const told = (): number => bench.events.filter(({ kind }) => kind === 'progress').length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = told();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(told()).toBe(before);
    await bench.service.control(runId, 'resume');
    await bench.event('resumed');
    await bench.service.control(runId, 'stop');
    const { summary, memberHistories } = await bench.library.read(runId);
    expect(summary.status).toBe('stopped');
    for (const [member, { keptEpoch }] of summary.members!.entries()) {
      const best = memberHistories[member]!.reduce((a, b) => (b.valLoss < a.valLoss ? b : a), {
        epoch: 0,
        valLoss: Infinity,
      });
      expect(keptEpoch).toBe(best.epoch);
    }
    // With fewer cores than networks the last had no turn: it has no part in the model.
    expect((await bench.verify(runId)).scores.model.rmse).toBeGreaterThan(0);
    await bench.service.letGo(runId);
    await bench.library.putAside(runId);
  });

  it('of which a process was killed keep what all had, and go on as if nothing had been', async () => {
    const through = await train({ epochs: 200, patience: null });
    bench.events = [];
    const { runId } = await bench.service.start(run({ epochs: 200, patience: null }), series);
    await epochReached(10);
    process.kill(bench.service.trainerPids[0]!, 'SIGKILL');
    await bench.event('failed');
    const { summary } = await bench.library.read(runId);
    expect(summary).toMatchObject({ status: 'interrupted', members: { length: 3 } });
    // As if the app itself had been killed: the next start finds the same.
    await bench.library.update(runId, { status: 'training', epochs: 0, keptEpoch: 0, members: undefined });
    await bench.library.recover();
    expect((await bench.library.read(runId)).summary).toEqual(summary);
    await bench.service.resume(runId);
    await bench.service.ended(runId);
    expect((await bench.library.read(runId)).summary.status).toBe('completed');
    expect(await ends(runId)).toEqual(await ends(through));
  });

  it('are cancelled without a trace', async () => {
    const { runId } = await bench.service.start(run({ epochs: 10_000, patience: null }), series);
    await epochReached(2);
    await bench.service.control(runId, 'cancel');
    expect(await bench.library.list()).toEqual([]);
  });
});
