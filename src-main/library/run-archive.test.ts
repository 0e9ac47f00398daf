import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../contract/problems';
import { packSeries, unpackMember, unpackSeries, unpackTrained } from './run-archive';
import { runToTrainSchema } from './run-record';
import { smallRun, smallSeries } from './run.fixture';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-archive-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** An archive by hand: what a stranger may send. */
function archiveOf(files: readonly { readonly path: string; readonly bytes?: number }[]): Buffer {
  const header = Buffer.from(
    JSON.stringify({ files: files.map(({ path, bytes = 0 }) => ({ path, bytes, sha256: EMPTY })) }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([Buffer.from('HRA1'), length, header]);
}
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('an archive', () => {
  it('of readings gives them back', () => {
    expect(unpackSeries(packSeries(smallSeries))).toEqual(smallSeries);
  });

  it.each([
    '../run.json',
    '/etc/passwd',
    'target-2/../../run.json',
    'member-2/run.json',
    'run.json/',
    'watch.json',
    'series.json',
    'target-2/watch.json',
    '.hindcast-train.lock',
  ])('with a file “%s” is refused, and nothing of it is written but the readings', async (path) => {
    const run = runToTrainSchema.parse(smallRun);
    const within = join(folder, 'within');
    await expect(unpackTrained(archiveOf([{ path }]), within, run, smallSeries)).rejects.toThrow(
      'is no file of a run',
    );
    expect((await readdir(folder)).sort()).toEqual(['within']);
    expect((await readdir(within)).sort()).toEqual(['series.bin', 'series.json']);
  });

  it.each(['run.json', 'member-3/checkpoint.bin', 'checkpoint.bin', '../linear.bin'])(
    'of a network with “%s”, which is not of it, is refused',
    async (path) => {
      await expect(unpackMember(archiveOf([{ path }]), join(folder, 'within'), 1)).rejects.toThrow(
        'is no file of a run',
      );
      expect(await readdir(folder)).toEqual(['within']);
      expect(await readdir(join(folder, 'within'), { recursive: true })).toEqual(['member-2']);
    },
  );

  it.each([
    ['empty', Buffer.alloc(0)],
    ['of other bytes', Buffer.from('PK\x03\x04 and more than that')],
    ['cut off', archiveOf([{ path: 'run.json', bytes: 9 }])],
    ['with a file twice', archiveOf([{ path: 'run.json' }, { path: 'run.json' }])],
    ['without a run', archiveOf([])],
  ])('that is %s is refused', async (_what, archive) => {
    const run = runToTrainSchema.parse(smallRun);
    await expect(unpackTrained(archive, join(folder, 'within'), run, smallSeries)).rejects.toBeInstanceOf(
      Problem,
    );
  });

  it('that was changed anywhere is refused', () => {
    const archive = packSeries(smallSeries);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: archive.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          const damaged = Buffer.from(archive);
          damaged[at]! ^= change;
          expect(() => unpackSeries(damaged)).toThrow(Problem);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of readings that lacks a file is refused', () => {
    expect(() => unpackSeries(archiveOf([]))).toThrow(Problem);
  });
});
