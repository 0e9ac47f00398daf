import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { writeAtomically } from '../files/atomic';
import { readBounded } from '../files/bounded';
import type { Composite } from '../network';

/** What a model adds to the mean of its networks, and what that mean is multiplied by. */
export type LinearShare = Pick<Composite, 'lstmShare' | 'linear'>;

/** A run without such a file. */
export const NO_LINEAR_PART: LinearShare = { lstmShare: 1, linear: null };

/**
 * linear.bin, little-endian: magic, values of a window (uint32; 0: no linear part), outputs (uint32), padding, the share
 * (float64), SHA-256 over these 24 bytes and the vectors; then kernel and bias (float32).
 */
export const LINEAR_FILE = 'linear.bin';
const MAGIC = 0x31504c48; // 'HLP1'
const HASHED_HEADER_BYTES = 24;
const HEADER_BYTES = 56;
const MOST_BYTES = HEADER_BYTES + 4 * 64e6;

/** @throws Problem 'cannot-write' */
export async function writeLinearShare(folder: string, { lstmShare, linear }: LinearShare): Promise<void> {
  const outputs = linear?.bias.length ?? 0;
  const kernel = linear?.kernel ?? new Float32Array();
  const bytes = new Uint8Array(HEADER_BYTES + 4 * (kernel.length + outputs));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, outputs === 0 ? 0 : kernel.length / outputs, true);
  view.setUint32(8, outputs, true);
  view.setFloat64(16, lstmShare, true);
  const vectors = new Float32Array(bytes.buffer, HEADER_BYTES);
  vectors.set(kernel);
  if (linear !== null) vectors.set(linear.bias, kernel.length);
  bytes.set(hashOf(bytes), HASHED_HEADER_BYTES);
  await writeAtomically(join(folder, LINEAR_FILE), bytes);
}

/** A run without the file has no linear part. @throws Problem 'run-damaged', 'file-unreadable' */
export async function readLinearShare(folder: string, runName: string): Promise<LinearShare> {
  let file: Buffer;
  try {
    file = await readBounded(join(folder, LINEAR_FILE), MOST_BYTES);
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-missing') return NO_LINEAR_PART;
    throw error;
  }
  const bytes = new Uint8Array(file);
  const damaged = new Problem('run-damaged', {
    name: runName,
    cause: phrase('file-not-whole', { file: LINEAR_FILE }),
  });
  if (bytes.length < HEADER_BYTES) throw damaged;
  const view = new DataView(bytes.buffer);
  const [size, outputs] = [view.getUint32(4, true), view.getUint32(8, true)];
  const whole =
    view.getUint32(0, true) === MAGIC &&
    bytes.length === HEADER_BYTES + 4 * (size + 1) * outputs &&
    hashOf(bytes).equals(bytes.subarray(HASHED_HEADER_BYTES, HEADER_BYTES));
  if (!whole) throw damaged;
  const vectors = new Float32Array(bytes.buffer, HEADER_BYTES);
  const kernel = vectors.subarray(0, size * outputs);
  return {
    lstmShare: view.getFloat64(16, true),
    linear: outputs === 0 ? null : { kernel, bias: vectors.subarray(size * outputs) },
  };
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256')
    .update(bytes.subarray(0, HASHED_HEADER_BYTES))
    .update(bytes.subarray(HEADER_BYTES))
    .digest();
}
