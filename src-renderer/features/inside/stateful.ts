import type { StatefulPass } from '../../../src-main/contract/inside';

/** One unit's states after each window. [windows] @param states [windows, units], row-major */
export function statesOfUnit(states: Float64Array, units: number, unit: number): Float64Array {
  return states.filter((_value, index) => index % units === unit);
}

/** Every so many windows, and the last: places from 0. */
export function placesToList(windows: number, every = 100): readonly number[] {
  const places = Array.from({ length: Math.floor(windows / every) }, (_, index) => (index + 1) * every - 1);
  return windows % every === 0 ? places : [...places, windows - 1];
}

/** What a batch holds: how many such batches there are, and how many windows are in each. */
export interface Batches {
  readonly count: number;
  readonly size: number;
}

/** The full batches and then, where windows are left over, the last. */
export function batchesOf(windows: number, batchSize: number): readonly Batches[] {
  const full = Math.floor(windows / batchSize);
  const left = windows - full * batchSize;
  return [
    { count: full, size: batchSize },
    { count: left > 0 ? 1 : 0, size: left },
  ].filter(({ count }) => count > 0);
}

export interface PassShapes {
  /** All windows. */
  readonly windows: readonly number[];
  /** One window read alone, steps first: what goes in, what comes out of each step, and h and c after the last. */
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly state: readonly number[];
}

export function passShapes(pass: StatefulPass): PassShapes {
  const { allWindows, window, inputs, hidden, layers } = pass;
  return {
    windows: [allWindows, window, inputs],
    input: [window, 1, inputs],
    output: [window, 1, hidden],
    state: [layers, 1, hidden],
  };
}
