import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defaultSearchSpace, type SearchReport, type SearchTrial } from '../contract/search';
import { Problem } from '../contract/problems';
import { makeFolder } from '../files/atomic';
import { readHistories, readRecord, readWeights, SearchFolder, SingleRun, writeSeries } from '../library';
import { JobSender, readBrokerAddress } from '../queue';
import { Database } from '../queue/database';
import { TestBroker } from '../queue/broker.fixture';
import { LIKENESS, TEST_TIMING } from '../queue/queue-job.fixture';
import { SearchService, TrainingService, type Trials, type TrialsAsk } from '../services';
import { BrokerWorkplace } from './broker-workplace';
import { LocalWorkplace } from './local-workplace';
import { Meanwhile } from './meanwhile';
import type { Workplace } from './workplace';
import { runOf, series, startTrainer, Workers } from './workers.fixture';

const EPOCHS = 300;
/** So many that a worker is frozen before it has done them. */
const TRIAL_EPOCHS = 1000;
let broker: TestBroker;
let sender: JobSender;
let database: Database;
const workers = new Workers();
const signal = new AbortController().signal;

const local = new LocalWorkplace({ startTrainer, device: 'auto' });

beforeAll(async () => {
  broker = await TestBroker.start();
  const address = await readBrokerAddress(broker.server.addressFile);
  sender = await JobSender.open(address, LIKENESS, {}, TEST_TIMING);
  database = await Database.open(address, 1);
});
afterEach(async () => {
  await workers.end();
});
afterAll(async () => {
  await sender.close();
  await database.close();
  await broker.stop();
});

const queried = async (text: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  database.query(text).then(({ rows }) => rows);

describe('a training with the workers of a broker', () => {
  it.each([1, 2])(
    'whose worker is killed goes on elsewhere from its last kept epoch, to the same numbers bit for bit (%i networks)',
    async (members) => {
      const run = runOf({ epochs: EPOCHS, patience: null, members });
      const folders = ['local', 'shared'].map((name) => join(broker.folder, `${name}-${members}`));
      const here = await local.train({ run, series }, folders[0]!, { signal, onProgress: () => undefined });
      const first = workers.start(broker, 'first', { how: 'freezes' });
      const doing = new BrokerWorkplace(sender).train({ run, series }, folders[1]!, {
        signal,
        onProgress: () => undefined,
      });
      await expect.poll(() => queried('SELECT 1 FROM hindcast.progress ')).toHaveLength(1);
      await first.kill();
      const [left] = await queried('SELECT step FROM hindcast.progress');
      const second = workers.start(broker, 'second');
      expect(await doing).toEqual(here);
      const [goesOn] = second.heard.filter(({ kind }) => kind === 'goes-on');
      expect(goesOn?.step).toBeGreaterThanOrEqual(Number(left?.['step']));
      expect(goesOn?.step).toBeLessThan(EPOCHS);
      const records = await Promise.all(folders.map((each) => readRecord(each, each)));
      expect(records.map(({ trainedBy }) => trainedBy)).toEqual([undefined, 'second']);
      expect(records[1]!.measured).toEqual(records[0]!.measured);
      const histories = await Promise.all(folders.map((each) => readHistories(each, records[0]!)));
      expect(histories[1]).toEqual(histories[0]);
      const weights = await Promise.all(folders.map((each) => readWeights(each, records[0]!.keptEpoch)));
      expect(weights[1]).toEqual(weights[0]);
      // Nothing of it stays with the broker but the readings.
      expect(await queried('SELECT 1 FROM hindcast.progress')).toEqual([]);
      expect(await queried('SELECT DISTINCT hash FROM hindcast.content')).toHaveLength(1);
    },
  );

  it('goes on here while the broker is away, the newest first, and there when it is back, to the same numbers', async () => {
    const names = ['oldest', 'middle', 'newest'];
    const runs = [EPOCHS, 3, 3].map((epochs, seed) => runOf({ epochs, seed, patience: null }));
    const folderOf = (name: string): string => join(broker.folder, name);
    const expected = [];
    for (const [place, run] of runs.entries())
      expected.push(
        await local.train({ run, series }, folderOf(`${names[place]}-alone`), {
          signal,
          onProgress: () => undefined,
        }),
      );
    const begun: string[] = [];
    /** The first is trained here; the second is not done before the broker is back. */
    const here: Pick<Workplace, 'train'> = {
      train: (work, folder, hooks) =>
        begun.length === 1
          ? local.train(work, folder, hooks)
          : new Promise((_, reject) =>
              hooks.signal.addEventListener('abort', () => reject(new Problem('cancelled'))),
            ),
    };
    const meanwhile = new Meanwhile(here, 1);
    const frozen = workers.start(broker, 'frozen', { how: 'freezes' });
    const place = new BrokerWorkplace(sender);
    const waiting = 'SELECT 1 FROM bullmq.job';
    const doing = [];
    for (const [index, name] of names.entries()) {
      doing.push(
        place.train({ run: runs[index]!, series }, folderOf(name), {
          signal,
          meanwhile,
          onProgress: () => undefined,
          onHere: () => begun.push(name),
        }),
      );
      await expect.poll(() => queried(waiting)).toHaveLength(index + 1);
    }
    await expect.poll(() => queried('SELECT 1 FROM hindcast.progress')).toHaveLength(1);
    await broker.server.stop();
    await expect.poll(() => begun).toEqual(['newest', 'middle']);
    await broker.restart();
    // What was done here is given up there.
    await expect.poll(() => queried(waiting)).toHaveLength(2);
    await frozen.kill();
    const second = workers.start(broker, 'second');
    expect(await Promise.all(doing)).toEqual(expected);
    const records = await Promise.all(names.map((name) => readRecord(folderOf(name), name)));
    expect(records.map(({ trainedBy }) => trainedBy)).toEqual(['second', 'second', undefined]);
    expect(begun).toEqual(['newest', 'middle']);
    expect(second.heard.filter(({ kind }) => kind === 'taken')).toHaveLength(2);
  });

  it('that fails three times is set aside, with its reason', async () => {
    const { heard } = workers.start(broker, 'broken', {
      trainer: join(broker.folder, 'no-such-program.cjs'),
    });
    const run = runOf({ epochs: 3 });
    const doing = new BrokerWorkplace(sender).train({ run, series }, join(broker.folder, 'aside'), {
      signal,
      onProgress: () => undefined,
    });
    await expect(doing).rejects.toMatchObject({ code: 'job-set-aside' });
    await expect(doing).rejects.toThrow(/3 times.*“broken”/);
    expect(heard.filter(({ kind }) => kind === 'failed')).toHaveLength(3);
  });
});

describe('a search with the workers of a broker', () => {
  /** Until the settings as they are and the first bracket are done. */
  async function search(name: string, trialsOn: (asked: TrialsAsk) => Trials) {
    const store = new SingleRun(join(broker.folder, name));
    const training = new TrainingService({ library: store, startTrainer, emit: () => undefined });
    const service = new SearchService({
      folder: new SearchFolder(join(broker.folder, name)),
      training,
      trialsOn: (asked) => Promise.resolve(trialsOn(asked)),
      emit({ trials }) {
        const first = trials.slice(0, 4).filter(({ state }) => ['finished', 'dropped'].includes(state));
        if (first.length === 4) void service.control('finish');
      },
    });
    const options = {
      method: 'hyperband',
      budgetSeconds: 86_400,
      mostTrials: null,
      seed: 7,
      space: defaultSearchSpace(),
    } as const;
    await service.start(runOf({ epochs: 9, validationShare: 0.2 }), series, options);
    const report = await service.ended();
    await training.close();
    return report!;
  }

  it('gives each trial the numbers that it has on this machine, bit for bit', async () => {
    workers.start(broker, 'first');
    workers.start(broker, 'second');
    const here = await search('search-here', () => local.trials());
    const there = await search('search-there', (asked) => new BrokerWorkplace(sender).trials(asked));
    expect([here.state, there.state]).toEqual(['finished', 'finished']);
    // What is given up on the way has a score where it was trained alone, or none.
    const isDone = ({ state }: SearchTrial): boolean => ['finished', 'dropped', 'kept'].includes(state);
    const scoresOf = ({ trials }: SearchReport) =>
      new Map(
        trials
          .filter(isDone)
          .map(({ number, choice, epochs, bestEpoch, rmse }) => [
            `${number} with ${epochs} epochs`,
            { choice, bestEpoch, rmse },
          ]),
      );
    const scores = [here, there].map(scoresOf);
    const common = [...scores[0]!.keys()].filter((key) => scores[1]!.has(key));
    expect(common.length).toBeGreaterThanOrEqual(4);
    for (const key of common) expect(scores[1]!.get(key)).toEqual(scores[0]!.get(key));
  });

  it('goes on here from the moment on that the broker is away, to the same numbers', async () => {
    const { settings } = runOf({ epochs: TRIAL_EPOCHS, validationShare: 0.2 });
    const askIn = async (name: string) => {
      const seriesFolder = join(broker.folder, name);
      const folder = join(seriesFolder, 'trial');
      await makeFolder(folder);
      await writeSeries(seriesFolder, series);
      return { seriesFolder, folder, settings, without: [], epochs: TRIAL_EPOCHS };
    };
    workers.start(broker, 'left', { how: 'freezes' });
    const here = local.trials();
    const trials = new BrokerWorkplace(sender).trials({ series, here });
    let hasBegun = false;
    const doing = trials.train(await askIn('trial-there'), () => (hasBegun = true));
    await expect.poll(() => hasBegun).toBe(true);
    expect(trials.broker).toBe(sender.place);
    await broker.server.stop();
    const score = await doing;
    expect(score).toEqual(await here.train(await askIn('trial-here'), () => undefined));
    expect(trials.broker).toBeNull();
    trials.close();
    await broker.restart();
  });
});
