import { spawnSync } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RunLibrary } from '../library';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';
import { TrainingBench } from './service.fixture';

const bench = new TrainingBench();
const series = weatherSeries();

/** Takes all the room that a disk has left. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (let size = 65_536; size >= 1; size /= 2) {
      // Until nothing of this size goes in any more.
      while ((await file.write(Buffer.alloc(size)).catch(() => ({ bytesWritten: 0 }))).bytesWritten === size);
    }
  } finally {
    await file.close();
  }
}

it('a training on a disk that fills says what is saved, and goes on there when there is room', async (context) => {
  const disk = join(bench.folder, 'disk');
  await mkdir(disk);
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
  if (made.status !== 0) return context.skip('this user can make no disk of its own');
  try {
    const library = new RunLibrary(join(disk, 'runs'));
    const service = bench.serviceOver(library);
    const { runId } = await service.start(weatherRun({ epochs: 10_000, patience: null }), series);
    await bench.event('progress', ({ records }) => (records.at(-1)?.epoch ?? 0) >= 20);
    await fill(join(disk, 'filler'));
    const failed = await bench.event('failed');
    expect(failed.problem.code).toBe('cannot-write');
    expect(failed.savedEpoch).toBeGreaterThanOrEqual(20);
    const { summary, history } = await library.read(runId);
    expect(summary).toMatchObject({ status: 'interrupted', epochs: failed.savedEpoch });
    expect(history).toHaveLength(failed.savedEpoch);

    // There is still no room: told, and nothing is lost by trying.
    await expect(service.resume(runId)).rejects.toMatchObject({ code: 'cannot-write' });
    expect((await library.read(runId)).summary).toMatchObject({
      status: 'interrupted',
      epochs: failed.savedEpoch,
    });

    await rm(join(disk, 'filler'));
    bench.events = [];
    await service.resume(runId);
    const started = await bench.event('started');
    expect(started.resumedAfter).toBe(failed.savedEpoch);
    await bench.event('progress', ({ records }) => (records.at(-1)?.epoch ?? 0) > failed.savedEpoch + 5);
    await service.control(runId, 'stop');
    const after = await new RunLibrary(join(disk, 'runs')).read(runId);
    expect(after.summary.status).toBe('stopped');
    expect(after.history.map(({ epoch }) => epoch)).toEqual(after.history.map((_, index) => index + 1));
    await service.close();
  } finally {
    spawnSync('umount', ['-l', disk]);
  }
});
