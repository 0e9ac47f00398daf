import { createHash, webcrypto } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import { causeOf } from '../files/atomic';

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
}

/**
 * checkpoint.bin: two slots of equal size that epochs take in turn, so that whatever moment the process is killed at,
 * the other slot is whole. A slot is a header of 64 bytes and the vectors theta, first moment, second moment, best
 * theta (float32); all little-endian. The header: magic, parameters, epoch, best epoch (uint32 each), step, best loss
 * (float64 each), then SHA-256 over these 32 bytes and the vectors.
 *
 * Written without flushing to the disk: what a killed process wrote is in the system's hands already, and an epoch
 * costs microseconds. `close` flushes.
 */
const fileName = 'checkpoint.bin';
const MAGIC = 0x314b4348; // 'HCK1'
const headerBytes = 64;
const hashedHeaderBytes = 32;
const vectors = 4;
const MOST_PARAMETERS = 20_000_000;

const slotBytes = (parameters: number): number => headerBytes + vectors * 4 * parameters;

export class CheckpointWriter {
  readonly #path: string;
  readonly #file: number;
  #slot = 0;
  #open = true;

  /** Starts the file afresh. @throws Problem 'cannot-write' */
  constructor(folder: string) {
    this.#path = join(folder, fileName);
    this.#file = this.#writing(() => openSync(this.#path, 'w'));
  }

  /** Returns when the system has the bytes: from then on they outlive this process. @throws Problem 'cannot-write' */
  write(checkpoint: Checkpoint): void {
    const bytes = encode(checkpoint);
    this.#writing(() => {
      let done = 0;
      while (done < bytes.length) {
        const position = this.#slot * bytes.length + done;
        done += writeSync(this.#file, bytes, done, bytes.length - done, position);
      }
    });
    this.#slot = 1 - this.#slot;
  }

  /** Flushes to the disk. May be called twice. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.#writing(() => fsyncSync(this.#file));
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

/**
 * The newest whole checkpoint of a run, or null when there is none. Reads and checks without blocking the thread.
 */
export async function readCheckpoint(folder: string): Promise<Checkpoint | null> {
  const bytes = await readWhole(join(folder, fileName));
  if (bytes === null || bytes.length < headerBytes) return null;
  // The first slot's header may be the torn one: then the size of the file tells that of a slot.
  const sizes = new Set([slotBytes(new DataView(bytes.buffer).getUint32(4, true)), bytes.length / 2]);
  const found: Checkpoint[] = [];
  for (const size of sizes) {
    for (const start of [0, size]) {
      const checkpoint = await decode(bytes, start, size);
      if (checkpoint !== null) found.push(checkpoint);
    }
  }
  return found.reduce<Checkpoint | null>(
    (newest, each) => (newest === null || each.epoch > newest.epoch ? each : newest),
    null,
  );
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
  const { theta, firstMoment, secondMoment, bestTheta } = checkpoint;
  [theta, firstMoment, secondMoment, bestTheta].forEach((vector, index) => {
    new Float32Array(bytes.buffer, headerBytes + index * 4 * parameters, parameters).set(vector);
  });
  const hash = createHash('sha256');
  hash.update(bytes.subarray(0, hashedHeaderBytes)).update(bytes.subarray(headerBytes));
  bytes.set(hash.digest(), hashedHeaderBytes);
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

  const hashed = new Uint8Array(hashedHeaderBytes + size - headerBytes);
  hashed.set(slot.subarray(0, hashedHeaderBytes));
  hashed.set(slot.subarray(headerBytes), hashedHeaderBytes);
  const digest = Buffer.from(await webcrypto.subtle.digest('SHA-256', hashed));
  if (!digest.equals(slot.subarray(hashedHeaderBytes, headerBytes))) return null;

  const vector = (index: number): Float32Array =>
    new Float32Array(slot.buffer, headerBytes + index * 4 * parameters, parameters);
  return {
    epoch: view.getUint32(8, true),
    bestEpoch: view.getUint32(12, true),
    step: view.getFloat64(16, true),
    bestLoss: view.getFloat64(24, true),
    theta: vector(0),
    firstMoment: vector(1),
    secondMoment: vector(2),
    bestTheta: vector(3),
  };
}

async function readWhole(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  let file;
  try {
    file = await open(path, 'r');
  } catch {
    return null;
  }
  try {
    const { size } = await file.stat();
    if (size > 2 * slotBytes(MOST_PARAMETERS)) return null;
    return new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
}
