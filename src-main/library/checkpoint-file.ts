import { createHash, webcrypto } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, toProblem } from '../contract/problems';
import { causeOf, writeAtomically } from '../files/atomic';
import { readBounded } from '../files/bounded';

/** All that going on with a training, or using it, needs. Every vector is [parameters]. */
export interface Checkpoint {
  /** Epochs finished. */
  readonly epoch: number;
  /** Optimiser steps done. */
  readonly step: number;
  readonly theta: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** The epoch with the lowest validation loss so far, and its weights. */
  readonly bestEpoch: number;
  readonly bestLoss: number;
  readonly bestTheta: Float32Array;
  /** Wall time of the training so far, without pauses. */
  readonly seconds: number;
}

/**
 * checkpoint.bin: three slots of equal size. An epoch is written into one that is neither the newest nor the last one
 * flushed: so whatever moment the process is killed at, the newest is whole, and after a power cut the flushed one. A slot
 * is a header of 72 bytes and the vectors theta, first moment, second moment, best theta (float32); all little-endian. The
 * header: magic, parameters, epoch, best epoch (uint32 each), step, best loss, seconds (float64 each), then SHA-256 over
 * these 40 bytes and the vectors.
 */
const FILE_NAME = 'checkpoint.bin';
const MAGIC = 0x324b4348; // 'HCK2'
const HEADER_BYTES = 72;
const HASHED_HEADER_BYTES = 40;
const VECTORS = 4;
const SLOTS = 3;
const MOST_PARAMETERS = 20_000_000;

const slotBytes = (parameters: number): number => HEADER_BYTES + VECTORS * 4 * parameters;
const pathIn = (folder: string): string => join(folder, FILE_NAME);

/** Writes checkpoints as the epochs come. Every method throws Problem 'cannot-write'. */
export class CheckpointWriter {
  readonly #path: string;
  readonly #file: number;
  /** The slot of the newest checkpoint, and the one that a power cut leaves; null: none yet. */
  #newest: number | null;
  #flushed: number | null;
  #open = true;

  private constructor(path: string, flags: 'w' | 'r+', first: number | null) {
    this.#path = path;
    this.#file = this.#writing(() => openSync(path, flags));
    this.#newest = first;
    this.#flushed = first;
  }

  /** Starts the file afresh, or behind the checkpoint that a training continues from. */
  static async open(folder: string, from: Checkpoint | null): Promise<CheckpointWriter> {
    const path = pathIn(folder);
    if (from === null) return new CheckpointWriter(path, 'w', null);
    await writeAtomically(path, encode(from));
    return new CheckpointWriter(path, 'r+', 0);
  }

  /** Returns when the system has the bytes: from then on they outlive this process, but not yet a power cut. */
  write(checkpoint: Checkpoint): void {
    const bytes = encode(checkpoint);
    const slot = [0, 1, 2].find((each) => each !== this.#newest && each !== this.#flushed) ?? 0;
    this.#writing(() => {
      let done = 0;
      while (done < bytes.length) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, slot * bytes.length + done);
      }
    });
    this.#newest = slot;
  }

  /** Returns when the newest checkpoint is on the disk. */
  flush(): void {
    this.#writing(() => fsyncSync(this.#file));
    this.#flushed = this.#newest;
  }

  /** Flushes. May be called twice. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #writing<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw new Problem('cannot-write', { file: this.#path, cause: causeOf(error) }, { cause: error });
    }
  }
}

/** The whole checkpoints of a run, the newest first. Reads and checks without blocking the thread. @throws Problem 'file-unreadable' */
export async function readCheckpoints(folder: string): Promise<Checkpoint[]> {
  const bytes = await readWhole(pathIn(folder));
  if (bytes === null || bytes.length < HEADER_BYTES) return [];
  // The first slot's header may be the torn one: then the size of the file tells that of a slot.
  const sizes = new Set([slotBytes(new DataView(bytes.buffer).getUint32(4, true))]);
  for (let count = 1; count <= SLOTS; count++) sizes.add(bytes.length / count);
  const found: Checkpoint[] = [];
  for (const size of sizes) {
    for (let slot = 0; slot < SLOTS; slot++) {
      const checkpoint = await decode(bytes, slot * size, size);
      if (checkpoint !== null) found.push(checkpoint);
    }
  }
  return found.sort((a, b) => b.epoch - a.epoch);
}

/** The weights of an epoch, or null where no whole checkpoint holds them. */
export async function readWeights(folder: string, epoch: number): Promise<Float32Array | null> {
  for (const checkpoint of await readCheckpoints(folder)) {
    const theta = thetaOfEpoch(checkpoint, epoch);
    if (theta !== null) return theta;
  }
  return null;
}

/** The weights of an epoch that a checkpoint holds, or null. */
export function thetaOfEpoch(checkpoint: Checkpoint, epoch: number): Float32Array | null {
  if (epoch === checkpoint.epoch) return checkpoint.theta;
  return epoch === checkpoint.bestEpoch ? checkpoint.bestTheta : null;
}

function encode(checkpoint: Checkpoint): Uint8Array {
  const parameters = checkpoint.theta.length;
  const bytes = new Uint8Array(slotBytes(parameters));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, parameters, true);
  view.setUint32(8, checkpoint.epoch, true);
  view.setUint32(12, checkpoint.bestEpoch, true);
  view.setFloat64(16, checkpoint.step, true);
  view.setFloat64(24, checkpoint.bestLoss, true);
  view.setFloat64(32, checkpoint.seconds, true);
  const { theta, firstMoment, secondMoment, bestTheta } = checkpoint;
  [theta, firstMoment, secondMoment, bestTheta].forEach((vector, index) => {
    new Float32Array(bytes.buffer, HEADER_BYTES + index * 4 * parameters, parameters).set(vector);
  });
  const hash = createHash('sha256');
  hash.update(bytes.subarray(0, HASHED_HEADER_BYTES)).update(bytes.subarray(HEADER_BYTES));
  bytes.set(hash.digest(), HASHED_HEADER_BYTES);
  return bytes;
}

async function decode(
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  size: number,
): Promise<Checkpoint | null> {
  if (!Number.isInteger(size) || start + size > bytes.length) return null;
  const slot = bytes.slice(start, start + size);
  const view = new DataView(slot.buffer);
  const parameters = view.getUint32(4, true);
  if (view.getUint32(0, true) !== MAGIC || slotBytes(parameters) !== size) return null;

  const hashed = new Uint8Array(HASHED_HEADER_BYTES + size - HEADER_BYTES);
  hashed.set(slot.subarray(0, HASHED_HEADER_BYTES));
  hashed.set(slot.subarray(HEADER_BYTES), HASHED_HEADER_BYTES);
  const digest = Buffer.from(await webcrypto.subtle.digest('SHA-256', hashed));
  if (!digest.equals(slot.subarray(HASHED_HEADER_BYTES, HEADER_BYTES))) return null;

  const vector = (index: number): Float32Array =>
    new Float32Array(slot.buffer, HEADER_BYTES + index * 4 * parameters, parameters);
  return {
    epoch: view.getUint32(8, true),
    bestEpoch: view.getUint32(12, true),
    step: view.getFloat64(16, true),
    bestLoss: view.getFloat64(24, true),
    seconds: view.getFloat64(32, true),
    theta: vector(0),
    firstMoment: vector(1),
    secondMoment: vector(2),
    bestTheta: vector(3),
  };
}

/** null where there is none, or where it is larger than any. @throws Problem 'file-unreadable' */
async function readWhole(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readBounded(path, SLOTS * slotBytes(MOST_PARAMETERS)));
  } catch (error) {
    const { code } = toProblem(error);
    if (code === 'file-missing' || code === 'file-too-large') return null;
    throw error;
  }
}
