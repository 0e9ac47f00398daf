import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SETTINGS, type TrainingSettings } from '../contract/settings';
import { TrainingSession } from '../engine';
import { ProgressWriter, readProgress, type SavedProgress } from '../library';
import { initialiseParameters } from '../network';
import { prepare } from '../series';
import { runTraining, type TrainingOutcome } from './job';
import { dataOf, makePlan } from './plan';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';
import { TrainingControl } from './training-control';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-job-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const series = weatherSeries(200);

/** Trains in this process, from what the folder holds on, to the end or up to an epoch. */
async function trainOn(settings: TrainingSettings, stopAfter = Infinity): Promise<TrainingOutcome> {
  const preparation = prepare(series, settings);
  const plan = makePlan(settings, preparation);
  const from = await readProgress(folder);
  const first = initialiseParameters(plan.network, {
    scheme: settings.initialisation,
    seed: settings.seed,
  });
  const session = TrainingSession.open(plan, dataOf(preparation), from?.checkpoint ?? first);
  const files = await ProgressWriter.open(folder, from);
  const control = new TrainingControl();
  try {
    return await runTraining({
      settings,
      split: preparation.split,
      session,
      from,
      control,
      onEpoch(record, checkpoint) {
        files.write(record, checkpoint);
        if (record.epoch >= stopAfter) control.apply('stop');
      },
      onPhase: () => undefined,
    });
  } finally {
    session.close();
    files.close();
  }
}

/** All that a training leaves but the time it took. */
async function leaves(): Promise<unknown> {
  const { checkpoint, history } = (await readProgress(folder)) as SavedProgress;
  return { history, checkpoint: { ...checkpoint, seconds: 0 } };
}

describe('a resumed training', () => {
  it('is the same, bit by bit, as one that was never ended, with every schedule', async () => {
    const lastLosses: number[] = [];
    for (const schedule of SETTINGS.schedule.values) {
      // A large learning rate, so that the validation loss has plateaus.
      const { settings } = weatherRun({
        schedule,
        learningRate: 0.05,
        warmupEpochs: 2,
        weightDecay: 0.01,
        inputDropout: 0.1,
        layers: 2,
        dropout: 0.2,
        epochs: 24,
      });
      await trainOn(settings);
      const through = await leaves();
      lastLosses.push((await readProgress(folder))!.history.at(-1)!.loss);
      await rm(folder, { recursive: true });
      // Ended in the warm-up, after one epoch more, and where a plateau is being waited out.
      for (const epoch of [1, 2, 13, 17]) expect((await trainOn(settings, epoch)).last?.epoch).toBe(epoch);
      expect((await trainOn(settings)).reason).toBe('completed');
      expect(await leaves()).toEqual(through);
      await rm(folder, { recursive: true });
    }
    expect(new Set(lastLosses).size).toBe(SETTINGS.schedule.values.length);
  });

  it('stops early at the same epoch', async () => {
    const { settings } = weatherRun({ patience: 3, learningRate: 0.05, epochs: 100 });
    const through = await trainOn(settings);
    const whole = await leaves();
    expect(through.reason).toBe('early-stopping');
    const end = through.last!.epoch;
    // Nothing more is trained where the end was reached before the process was killed.
    expect(await trainOn(settings)).toMatchObject({ reason: 'early-stopping', last: { epoch: end } });
    await rm(folder, { recursive: true });
    await trainOn(settings, end - 1);
    expect(await trainOn(settings)).toMatchObject({ reason: 'early-stopping', last: { epoch: end } });
    expect(await leaves()).toEqual(whole);
  });

  it('counts the time before, and does the epochs it was given more', async () => {
    const { settings } = weatherRun({ epochs: 3 });
    const { seconds } = await trainOn(settings);
    const further = await trainOn({ ...settings, epochs: 5 });
    expect(further.last?.epoch).toBe(5);
    expect(further.seconds).toBeGreaterThan(seconds);
    expect((await readProgress(folder))?.history).toHaveLength(5);
  });
});
