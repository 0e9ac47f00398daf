import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TrainingEvent } from '../contract/training';
import { memberFolder, readProgress, SingleRun, type NewRun } from '../library';
import { LINEAR_FILE } from '../library/linear-file';
import { JobSender, readBrokerAddress } from '../queue';
import { TestBroker } from '../queue/broker.fixture';
import { LIKENESS, TEST_TIMING } from '../queue/queue-job.fixture';
import { TrainingService } from '../services';
import { BrokerWorkplace } from './broker-workplace';
import { runOf, series, startTrainer, Workers } from './workers.fixture';

const MEMBERS = 3;
/** So many that a worker is frozen before it has done them. */
const EPOCHS = 1000;
/** So many that it goes on until something is done about it. */
const NO_END = 10_000;

let broker: TestBroker;
let sender: JobSender;
const workers = new Workers();
const services: TrainingService[] = [];

beforeAll(async () => {
  broker = await TestBroker.start();
  const address = await readBrokerAddress(broker.server.addressFile);
  sender = await JobSender.open(address, LIKENESS, {}, TEST_TIMING);
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
  await workers.end();
});
afterAll(async () => {
  await sender.close();
  await broker.stop();
});

/** A training into a folder of this name. @param isShared with the workers of the broker */
function trainingIn(name: string, isShared: boolean) {
  const store = new SingleRun(join(broker.folder, name));
  const events: TrainingEvent[] = [];
  const service = new TrainingService({
    library: store,
    startTrainer,
    emit: (event) => void events.push(event),
    membersOn: (asked) => Promise.resolve(isShared ? new BrokerWorkplace(sender).members(asked) : null),
  });
  services.push(service);
  const kinds = () => events.map(({ kind }) => kind);
  /** What came of it, but for the time that it took. */
  const outcome = async () => {
    const folder = store.folderOf();
    const progress = await Promise.all(
      Array.from({ length: MEMBERS }, async (_, member) => {
        const saved = await readProgress(memberFolder(folder, member));
        return { ...saved?.checkpoint, seconds: 0, history: saved?.history };
      }),
    );
    const { measured } = await store.record();
    return { progress, measured, linear: await readFile(join(folder, LINEAR_FILE)).catch(() => null) };
  };
  return { service, store, events, kinds, outcome };
}

const run = (changes: Partial<NewRun['settings']>): NewRun =>
  runOf({ members: MEMBERS, validationShare: 0.2, residual: true, ...changes });

async function trainHere(name: string, of: NewRun) {
  const here = trainingIn(name, false);
  await here.service.start(of, series);
  await here.service.ended('run');
  await here.service.questions.ask('verifyRun', { runId: 'run' });
  return here.outcome();
}

describe('the networks of a training with the workers of a broker', () => {
  it('have the numbers that they have on this machine, bit for bit, though a worker is killed', async () => {
    const of = run({ epochs: EPOCHS, patience: null });
    const expected = await trainHere('here', of);
    const { service, store, events, outcome } = trainingIn('there', true);
    const killed = workers.start(broker, 'killed', { how: 'freezes' });
    await service.start(of, series);
    await expect.poll(() => killed.heard.filter(({ kind }) => kind === 'trainer')).toHaveLength(1);
    await expect.poll(() => events.some(({ kind }) => kind === 'progress')).toBe(true);
    await killed.kill();
    const others = ['one', 'two'].map((name) => workers.start(broker, name));
    const end = await service.ended('run');
    expect(end?.reason).not.toBe('cancelled');
    expect(others.flatMap(({ heard }) => heard).filter(({ kind }) => kind === 'goes-on')).toHaveLength(1);
    await service.questions.ask('verifyRun', { runId: 'run' });
    expect(await outcome()).toEqual(expected);
    expect(expected.linear).not.toBeNull();
    const { members = [], versions } = await store.record();
    // Who was killed may have handed one in before.
    expect(members.every(({ trainedBy = '' }) => ['killed', 'one', 'two'].includes(trainedBy))).toBe(true);
    expect(versions).toHaveProperty('tensorflow');
    expect(events[0]).toMatchObject({ kind: 'started', broker: sender.place });
    const told = events.flatMap((each) => (each.kind === 'progress' ? [each] : []));
    for (const [member, { history }] of expected.progress.entries()) {
      const records = told.filter((each) => each.member === member).flatMap((each) => each.records);
      expect(records).toEqual(history);
    }
  });

  it('that fails three times is told, with its reason', async () => {
    workers.start(broker, 'broken', { trainer: join(broker.folder, 'no-such-program.cjs') });
    const { service, events } = trainingIn('aside', true);
    await service.start(run({ epochs: 3, members: 2 }), series);
    await service.ended('run');
    expect(events.at(-1)).toMatchObject({ kind: 'failed', problem: { code: 'job-set-aside' } });
  });

  it('that cannot be trained leave no run behind, whoever is to train them', async () => {
    const { service, store } = trainingIn('unfit', true);
    await expect(service.start(run({ window: 399 }), series)).rejects.toThrow();
    await expect(store.record()).rejects.toMatchObject({ code: 'run-missing' });
  });

  it('are trained here from the moment on that the broker is away, to the same numbers', async () => {
    const of = run({ epochs: EPOCHS, patience: null, seed: 7 });
    const expected = await trainHere('here-too', of);
    workers.start(broker, 'left', { how: 'freezes' });
    const { service, store, events, kinds, outcome } = trainingIn('away', true);
    await service.start(of, series);
    await expect.poll(() => events.some(({ kind }) => kind === 'progress')).toBe(true);
    await broker.server.stop();
    const end = await service.ended('run');
    expect(end?.reason).toBe('completed');
    expect(kinds().filter((kind) => kind === 'goes-on-here')).toHaveLength(1);
    await service.questions.ask('verifyRun', { runId: 'run' });
    expect(await outcome()).toEqual(expected);
    const { members = [] } = await store.record();
    expect(members.some(({ trainedBy }) => trainedBy === undefined)).toBe(true);
    await broker.restart();
  });

  it('are given up in a pause, gone on with after it, and kept as far as they are by a stop', async () => {
    const { heard } = workers.start(broker, 'patient');
    const { service, store, events, kinds } = trainingIn('stopped', true);
    await service.start(run({ epochs: NO_END, patience: null }), series);
    const told = () => events.some((each) => each.kind === 'progress' && each.records.length > 0);
    await expect.poll(told).toBe(true);
    await service.control('run', 'pause');
    await expect.poll(() => heard.some(({ kind }) => kind === 'given-up')).toBe(true);
    await service.control('run', 'resume');
    await expect.poll(() => heard.some(({ kind }) => kind === 'goes-on')).toBe(true);
    await service.control('run', 'stop');
    expect(kinds()).toEqual(expect.arrayContaining(['paused', 'resumed']));
    expect(events.at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped' });
    expect((await store.record()).keptEpoch).toBeGreaterThan(0);
  });
});
