import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundled } from '../bundle.fixture';
import { afterChange, type FleetAsk, type FleetEvent, type FleetView } from '../contract/fleet-view';
import { Problem } from '../contract/problems';
import { presetSettings } from '../contract/settings';
import { forkReader } from '../dataset';
import { RunLibrary } from '../library';
import { forkTrainer } from '../trainer';
import { FleetService } from './fleet-service';

const ASK: FleetAsk = {
  quantity: 'temperature',
  horizon: 1,
  settings: { ...presetSettings('tutorial'), epochs: 2 },
  shared: false,
};

let folder: string;
let library: RunLibrary;
let held = 0;

const days = (count: number, shift: number): string[] =>
  Array.from({ length: count }, (_, day) => {
    const date = new Date(Date.UTC(2021, 0, 1 + day)).toISOString().slice(0, 10);
    const warmth = 10 - 9 * Math.cos((2 * Math.PI * day) / 365) + 3 * Math.sin(day * 1.7 + shift);
    return `${date},${warmth.toFixed(1)},${(70 + 10 * Math.sin(day + shift)).toFixed(0)}`;
  });
const stationFile = (count: number, shift: number): string =>
  ['date,temp (°C),hum (%)', ...days(count, shift)].join('\n');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-fleet-service-'));
  library = new RunLibrary(join(folder, 'runs'));
  await mkdir(join(folder, 'runs'));
  await mkdir(join(folder, 'club'));
  await writeFile(join(folder, 'club', 'brook.csv'), stationFile(160, 0));
  await writeFile(join(folder, 'club', 'empty.csv'), '');
  await writeFile(join(folder, 'club', 'hill.csv'), stationFile(170, 2));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function holdTrainings(): () => void {
  held += 1;
  return () => void (held -= 1);
}

/** A service as the app has one, and what the window would show of its events. */
function start(hold: () => () => void = holdTrainings) {
  let shown: FleetView | null = null;
  const looking = new Set<() => void>();
  const events: FleetEvent[] = [];
  const service = new FleetService({
    folder: join(folder, 'fleets'),
    workshop: {
      startReader: () => forkReader(bundled('reader')),
      startTrainer: (device) => forkTrainer(bundled('trainer'), device),
      device: 'auto',
    },
    hold,
    copyRun: (run) => library.copyIn(run),
    hasRun: (runId) =>
      library.record(runId).then(
        () => true,
        () => false,
      ),
    emit(event) {
      events.push(event);
      if (shown !== null) shown = afterChange(shown, event);
      for (const look of looking) look();
    },
    jobs: 1,
  });
  const until = (fits: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!fits()) return;
        looking.delete(look);
        resolve();
      };
      looking.add(look);
      look();
    });
  return {
    service,
    events,
    until,
    show: (view: FleetView | null) => (shown = view),
    shown: () => shown!,
    state: (state: FleetView['state']) => until(() => shown?.state === state),
  };
}

describe('the fleet of the window', () => {
  it('is planned, trained, paused, stopped, gone on with by the next start, and opened station by station', async () => {
    const first = start();
    expect(await first.service.view()).toBeNull();
    first.show(await first.service.plan([join(folder, 'club')], ASK));
    await first.state('planned');
    const outlooks = first.shown().rows.map(({ station, outlook }) => [station.name, outlook?.kind]);
    expect(outlooks).toEqual([
      ['brook', 'planned'],
      ['empty', 'failed'],
      ['hill', 'planned'],
    ]);
    expect(first.shown().rows[0]!.outlook).toMatchObject({ unit: '°C', rows: 160 });
    // Nothing was asked for yet, so nothing is kept.
    expect(await first.service.list()).toEqual([]);

    await first.service.start('en');
    expect(held).toBe(1);
    await expect(first.service.plan([folder], ASK)).rejects.toMatchObject({ code: 'work-busy' });
    await first.service.control('pause');
    expect(first.shown().state).toBe('paused');
    await first.service.control('resume');
    await first.until(() => first.shown().rows[0]!.result !== null);
    // As when the app is closed in the middle.
    await first.service.close();
    expect([first.shown().state, held]).toEqual(['stopped', 0]);

    const second = start();
    const found = await second.service.view();
    second.show(found);
    expect(found).toMatchObject({ name: 'club', state: 'stopped', ask: ASK });
    expect(found!.rows[0]!.result?.kind).toBe('trained');
    await second.service.start('en');
    await second.state('ended');
    expect(second.shown().rows.map(({ result }) => result?.kind)).toEqual(['trained', 'failed', 'trained']);
    // What was trained was not trained again.
    const trained = second.events.flatMap((event) => (event.kind === 'result' ? [event.place] : []));
    expect(trained).toEqual([1, 2]);

    // One model of both is made of what was trained, and is found again.
    await second.service.start('en', true);
    await second.state('sharing');
    await second.service.control('pause');
    await second.state('sharing-paused');
    await second.service.control('resume');
    await second.state('sharing');
    await second.service.control('cancel');
    expect([second.shown().state, held]).toEqual(['stopped', 0]);
    await second.service.start('en', true);
    await second.state('ended');
    const shared = second.shown().shared!;
    expect(shared.groups[0]!.stations.map(({ name }) => name)).toEqual(['brook', 'hill']);
    const [head, row] = second.service.textOf('table', 'en').split('\r\n');
    expect([head, row]).toEqual([expect.stringContaining('shared_rmse'), expect.stringContaining('shared/')]);
    const third = start();
    expect(await third.service.view()).toMatchObject({ state: 'ended', ask: { shared: true }, shared });
    await third.service.close();

    const { runId } = await second.service.openStation('hill');
    expect((await library.read(runId)).summary).toMatchObject({ name: 'hill', status: 'completed' });
    expect(await second.service.openStation('hill')).toEqual({ runId });
    await library.delete(runId);
    expect((await second.service.openStation('hill')).runId).not.toBe(runId);
    await expect(second.service.openStation('empty')).rejects.toMatchObject({ code: 'run-missing' });

    await writeFile(join(folder, 'club', 'brook.csv'), stationFile(165, 0));
    second.service.forecast();
    await second.state('ended');
    const [brook, empty] = second.shown().rows.map(({ forecast }) => forecast);
    expect(brook).toMatchObject({ kind: 'forecast', issuedAt: Date.UTC(2021, 0, 165), unit: '°C' });
    expect(empty).toBeNull();
    expect(second.service.textOf('forecasts', 'en').trim().split('\r\n')).toHaveLength(3);
    expect(second.service.textOf('table', 'en').trim().split('\r\n')).toHaveLength(4);
    expect(second.service.textOf('report', 'ko')).toContain('hill');

    const [kept] = await second.service.list();
    await second.service.remove(kept!.id);
    expect([await second.service.view(), await second.service.list()]).toEqual([null, []]);
    await expect(access(join(folder, 'fleets', kept!.id))).rejects.toThrow();
    await second.service.close();
  });

  it('does not begin where a training is under way, and says so', async () => {
    const { service } = start(() => {
      throw new Problem('trainer-busy');
    });
    await service.plan([join(folder, 'club', 'empty.csv'), join(folder, 'none.csv')], ASK);
    await expect(service.start('en')).rejects.toMatchObject({ code: 'trainer-busy' });
    expect((await service.view())?.state).toBe('planned');
    expect(await service.list()).toEqual([]);
    await service.close();
  });
});
