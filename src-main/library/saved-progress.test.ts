import { appendFile, copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CheckpointWriter, readCheckpoints, readWeights } from './checkpoint-file';
import { HistoryWriter, readHistory } from './history-file';
import { checkpointOf, recordOf } from './progress.fixture';
import { ProgressWriter, readProgress } from './saved-progress';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-progress-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const checkpointFile = () => join(folder, 'checkpoint.bin');
const historyFile = () => join(folder, 'history.jsonl');
const epochs = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

async function writeEpochs(count: number): Promise<void> {
  const writer = await ProgressWriter.open(folder, null);
  for (const epoch of epochs(count)) writer.write(recordOf(epoch), checkpointOf(epoch));
  writer.close();
}

describe('checkpoints', () => {
  it('give the newest epoch first', async () => {
    const writer = await CheckpointWriter.open(folder, null);
    expect(await readCheckpoints(folder)).toEqual([]);
    for (const epoch of epochs(5)) {
      writer.write(checkpointOf(epoch));
      expect((await readCheckpoints(folder))[0]).toEqual(checkpointOf(epoch));
    }
    writer.close();
    writer.close();
  });

  it('give the epoch before, wherever the writing of an epoch was cut short', async () => {
    const writer = await CheckpointWriter.open(folder, null);
    for (const epoch of [1, 2, 3]) writer.write(checkpointOf(epoch));
    writer.close();
    const before = await readFile(checkpointFile());
    const slot = before.length / 2;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: slot - 1 }), fc.boolean(), async (cut, first) => {
        // Noise is what a torn write leaves at worst; in the slot of epoch 3 (the first) or of epoch 2.
        const bytes = Buffer.from(before);
        const start = first ? 0 : slot;
        for (let index = start + cut; index < start + slot; index++) bytes[index] = bytes[index]! ^ 0x5a;
        await writeFile(checkpointFile(), bytes);
        expect((await readCheckpoints(folder))[0]?.epoch).toBe(first ? 2 : 3);
      }),
      { numRuns: 60 },
    );
  });

  it('leave the flushed one alone, whatever is written after it: a power cut may tear all the rest', async () => {
    const writer = await CheckpointWriter.open(folder, null);
    for (const epoch of epochs(4)) writer.write(checkpointOf(epoch));
    writer.flush();
    await copyFile(checkpointFile(), join(folder, 'flushed'));
    for (let epoch = 5; epoch <= 9; epoch++) writer.write(checkpointOf(epoch));
    writer.close();
    expect((await readCheckpoints(folder)).map(({ epoch }) => epoch)).toEqual([9, 8, 4]);
    const flushed = await readFile(join(folder, 'flushed'));
    const now = await readFile(checkpointFile());
    // Both slots that were written since are noise.
    const slot = now.length / 3;
    for (let start = 0; start < now.length; start += slot) {
      const same = now.subarray(start, start + slot).equals(flushed.subarray(start, start + slot));
      if (!same) now.fill(7, start, start + slot);
    }
    await writeFile(checkpointFile(), now);
    expect((await readCheckpoints(folder)).map(({ epoch }) => epoch)).toEqual([4]);
  });

  it('are none when nothing of them is whole', async () => {
    await writeFile(checkpointFile(), Buffer.alloc(500, 7));
    expect(await readCheckpoints(folder)).toEqual([]);
  });

  it('know the weights of their last and their best epoch only', async () => {
    const writer = await CheckpointWriter.open(folder, null);
    writer.write(checkpointOf(9));
    writer.close();
    expect(await readWeights(folder, 9)).toEqual(checkpointOf(9).theta);
    expect(await readWeights(folder, 5)).toEqual(checkpointOf(9).bestTheta);
    expect(await readWeights(folder, 6)).toBeNull();
  });
});

describe('the history', () => {
  it('gives the epochs that the run knows, without an unfinished last line', async () => {
    const records = epochs(3).map(recordOf);
    (await HistoryWriter.open(folder, records)).close();
    expect(await readHistory(folder, 3)).toEqual(records);
    expect(await readHistory(folder, 2)).toEqual(records.slice(0, 2));
    await truncate(historyFile(), (await readFile(historyFile())).length - 5);
    expect(await readHistory(folder)).toEqual(records.slice(0, 2));
  });
});

describe('progress', () => {
  it('is the newest checkpoint with the epochs up to it, and goes on behind it', async () => {
    await writeEpochs(4);
    // The trainer was killed in the middle of epoch 6, after the line of epoch 5 and before its checkpoint.
    await appendFile(historyFile(), `${JSON.stringify(recordOf(5))}\n{"epoch":6,"lo`);
    const saved = await readProgress(folder);
    expect(saved).toEqual({ checkpoint: checkpointOf(4), history: epochs(4).map(recordOf) });

    const writer = await ProgressWriter.open(folder, saved);
    expect(await readProgress(folder)).toEqual(saved);
    for (const epoch of [5, 6]) writer.write(recordOf(epoch), checkpointOf(epoch));
    writer.close();
    expect(await readProgress(folder)).toEqual({
      checkpoint: checkpointOf(6),
      history: epochs(6).map(recordOf),
    });
  });

  it('takes no checkpoint whose epochs a power cut took out of the history', async () => {
    await writeEpochs(4);
    const lines = (await readFile(historyFile(), 'utf8')).split('\n');
    await writeFile(historyFile(), lines.slice(0, 3).join('\n'));
    expect((await readProgress(folder))?.checkpoint.epoch).toBe(3);
    await rm(historyFile());
    expect(await readProgress(folder)).toBeNull();
  });

  it('is none before the first epoch', async () => {
    expect(await readProgress(folder)).toBeNull();
    (await ProgressWriter.open(folder, null)).close();
    expect(await readProgress(folder)).toBeNull();
  });
});
