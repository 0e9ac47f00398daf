import { describe, expect, it } from 'vitest';
import { isRunning } from '../files/processes';
import { TrainingBench } from './service.fixture';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';

const bench = new TrainingBench();
const series = weatherSeries();

/** What the processes that are there were started for. */
const devicesAtWork = () => bench.running().map((pid) => bench.devices.get(pid));

describe('the choice of the device', () => {
  it('replaces the process that waits, and the next training is done by the new one', async () => {
    const before = bench.service.keepReady() ?? NaN;
    expect(bench.devices.get(before)).toBe('auto');
    bench.service.useDevice('cpu');
    const after = bench.service.keepReady() ?? NaN;
    expect(bench.devices.get(after)).toBe('cpu');
    await expect.poll(() => isRunning(before)).toBe(false);

    const { runId } = await bench.service.start(weatherRun({ epochs: 10_000 }), series);
    expect(bench.service.trainerPids).toEqual([after]);
    expect(await bench.event('started')).toMatchObject({ device: 'CPU' });
    await bench.service.control(runId, 'cancel');
  });

  it('leaves the process that waits alone where it stays the same', () => {
    const waiting = bench.service.keepReady();
    bench.service.useDevice('auto');
    expect(bench.service.keepReady()).toBe(waiting);
  });

  it('starts no process where none is to wait', async () => {
    const started = bench.devices.size;
    bench.service.useDevice('cpu');
    expect(bench.devices.size).toBe(started);
    await bench.train(weatherRun({ epochs: 1 }), series);
    expect([...bench.devices.values()].at(-1)).toBe('cpu');
  });

  it('lets a training end as it began; what follows it is done by processes of the new choice', async () => {
    bench.service.keepReady();
    const { runId } = await bench.service.start(weatherRun({ epochs: 10_000 }), series);
    const [pid] = bench.service.trainerPids;
    await bench.event('progress');
    bench.service.useDevice('cpu');
    const { epoch } = bench.events.flatMap((each) => (each.kind === 'progress' ? each.records : [])).at(-1)!;
    await bench.event('progress', ({ records }) => (records.at(-1)?.epoch ?? 0) > epoch);
    expect(bench.service.trainerPids).toEqual([pid]);
    await bench.service.control(runId, 'stop');
    await bench.verify(runId);
    // One that verifies, and one that waits.
    await expect.poll(devicesAtWork).toEqual(['cpu', 'cpu']);
  });

  it('ends an idle process, and one at work when it has answered', async () => {
    const runId = await bench.train(weatherRun({ epochs: 2 }), series);
    await bench.verify(runId);
    expect(devicesAtWork()).toEqual(['auto']);
    bench.service.useDevice('cpu');
    await expect.poll(devicesAtWork).toEqual([]);

    const forecast = bench.forecast(runId);
    await expect.poll(devicesAtWork).toEqual(['cpu']);
    bench.service.useDevice('auto');
    expect((await forecast).points).toHaveLength(1);
    await expect.poll(devicesAtWork).toEqual([]);
  });
});
