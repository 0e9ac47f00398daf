/**
 * How far long work has come, for a watcher in another thread: a number that grows as long as the work proceeds.
 * The work itself has no turn in which to say so.
 */
let beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** A place for the beats of a worker thread: the thread is given it, the watcher looks into it. */
export function newHeart(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}

/** From now on the beats of this thread are counted there. */
export function beatInto(heart: SharedArrayBuffer): void {
  beats = new Int32Array(heart);
}

export function beatsOf(heart: SharedArrayBuffer): number {
  return Atomics.load(new Int32Array(heart), 0);
}

/** Some of the work is done: a block, a column, some thousand rows. */
export function beat(): void {
  Atomics.add(beats, 0, 1);
}
