import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Series } from '../../contract/series';
import type { SharedReport } from '../../contract/shared-model';
import { SingleRun } from '../../library';
import { initialiseParameters, randomSource, singleNetwork } from '../../network';
import { networkShape, prepare } from '../../series';
import { TrainingControl } from '../../training/training-control';
import { weatherRun, weatherSeries } from '../trainer.fixture';
import type { ShareAsk, TaskNews } from '../processes/protocol';
import { shareModel } from './shared-task';

/** The real engine, a small network. */
const RUN = weatherRun({ hidden: 3, horizon: 1, epochs: 3, combine: 'none' });
const NAMES = ['hill', 'dale'];
let around: string;

beforeAll(async () => {
  around = await mkdtemp(join(tmpdir(), 'hindcast-shared-'));
});
afterAll(() => rm(around, { recursive: true, force: true }));

function seriesOf(name: string): Series {
  const random = randomSource(3, name);
  const common = weatherSeries(160);
  const variables = common.variables.map((variable) => ({
    ...variable,
    values: variable.values.map((value) => value + random.normal()),
  }));
  return { ...common, variables };
}

/** Trained stations of a fleet. */
async function fleetIn(name: string): Promise<ShareAsk> {
  const folder = join(around, name);
  for (const station of NAMES) {
    const series = seriesOf(station);
    const { settings } = RUN;
    const shape = networkShape(settings, prepare(series, settings).inputCount);
    const theta = initialiseParameters(shape, { scheme: settings.initialisation, seed: settings.seed });
    const run = { ...RUN, name: station, status: 'completed' as const, epochs: 1, keptEpoch: 1 };
    await new SingleRun(join(folder, station)).create(run, series, { trained: singleNetwork(theta) });
  }
  const stations = NAMES.map((station) => ({
    name: station,
    place: null,
    run: station,
    shared: join('shared', station),
  }));
  return { folder, stations, curve: true, progress: 'shared-progress' };
}

const numbersOf = ({ groups, left }: SharedReport) => [
  groups.map(({ seconds: _seconds, ...numbers }) => numbers),
  left,
];

it('is gone on with to the same numbers, bit for bit, wherever it was ended', async () => {
  const whole = await fleetIn('whole');
  const expected = await shareModel(whole, new TrainingControl(), () => undefined);
  expect(expected.groups[0]!.curve.length).toBeGreaterThan(3);

  const ask = await fleetIn('ended');
  let report: SharedReport | null = null;
  let [starts, furthest] = [0, 0];
  while (report === null) {
    let further = 0;
    starts += 1;
    // As a kill would, in the middle of trainings and between them.
    const tell = (news: TaskNews): void => {
      if (news.kind !== 'work' || news.done <= furthest) return;
      expect(news.before).toBeLessThanOrEqual(furthest);
      if (++further < 4 || news.done === news.total) return;
      furthest = news.done;
      throw new Error('killed');
    };
    report = await shareModel(ask, new TrainingControl(), tell).catch((error: unknown) => {
      if (error instanceof Error && error.message === 'killed') return null;
      throw error;
    });
  }
  expect(starts).toBeGreaterThan(3);
  expect(numbersOf(report)).toEqual(numbersOf(expected));
  for (const { folder } of report.groups[0]!.stations) {
    const [one, other] = await Promise.all(
      [whole.folder, ask.folder].map((each) => readFile(join(each, folder, 'checkpoint.bin'))),
    );
    expect(other!.equals(one!)).toBe(true);
  }
  // Nothing of the way stays.
  expect((await readdir(ask.folder)).sort()).toEqual([...NAMES, 'shared'].sort());
});

it('waits while it is paused, and begins anew where a station is another one', async () => {
  const ask = await fleetIn('paused');
  const control = new TrainingControl();
  let told = 0;
  const isPaused = new Promise<void>((paused, failed) => {
    const tell = (): void => {
      if (++told !== 2) return;
      control.apply('pause');
      paused();
    };
    void shareModel(ask, control, tell).catch(failed);
  });
  await isPaused;
  for (let turns = 0; turns < 50; turns++) await turn();
  expect(told).toBe(2);

  const progress = join(ask.folder, 'shared-progress', 'progress.json');
  const key = async (): Promise<unknown> =>
    (JSON.parse(await readFile(progress, 'utf8')) as { key: unknown }).key;
  const before = await key();
  const dale = new SingleRun(join(ask.folder, 'dale'));
  await dale.update(dale.id, { versions: { hindcast: 'another' } });
  const kill = (): void => {
    throw new Error('killed');
  };
  await expect(shareModel(ask, new TrainingControl(), kill)).rejects.toThrow('killed');
  expect(await key()).not.toBe(before);
  await writeFile(progress, 'notes of mine');
  await expect(shareModel(ask, new TrainingControl(), kill)).rejects.toMatchObject({ code: 'not-ours' });
});
