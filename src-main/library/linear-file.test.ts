import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NO_LINEAR_PART, readLinearShare, writeLinearShare } from './linear-file';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-linear-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('keeps a linear part and the share of the LSTM bit by bit', async () => {
  const linear = { kernel: Float32Array.of(1, 0.1, -2, 3e-9, 5, 6), bias: Float32Array.of(0.7, -8) };
  for (const share of [
    { lstmShare: 0.3, linear },
    { lstmShare: 0.5, linear: null },
  ]) {
    await writeLinearShare(folder, share);
    expect(await readLinearShare(folder, 'run')).toEqual(share);
  }
});

it('takes a run without the file for one without a linear part, and refuses a damaged file', async () => {
  expect(await readLinearShare(folder, 'run')).toBe(NO_LINEAR_PART);
  await writeLinearShare(folder, {
    lstmShare: 1,
    linear: { kernel: new Float32Array(4), bias: new Float32Array(2) },
  });
  const path = join(folder, 'linear.bin');
  const bytes = await readFile(path);
  for (const damaged of [bytes.subarray(1), bytes.subarray(0, 20), bytes.map((byte) => byte ^ 1)]) {
    await writeFile(path, damaged);
    await expect(readLinearShare(folder, 'run')).rejects.toMatchObject({ code: 'run-damaged' });
  }
});
