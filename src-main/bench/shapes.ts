/** A training that is timed: random readings, one target, MSE, Adam. */
export interface BenchShape {
  readonly name: string;
  readonly windows: number;
  readonly window: number;
  /** Those known ahead among them. */
  readonly inputs: number;
  /** The last so many inputs are known ahead, for this many lead times, each with a step of its own; else one lead time. */
  readonly ahead?: { readonly inputs: number; readonly horizon: number };
  readonly hidden: number;
  readonly layers: number;
  readonly batchSize: number;
  /** Windows that a whole job validates on after each epoch. */
  readonly validationWindows: number;
  /** Epochs of a whole job. */
  readonly epochs: number;
  /** Times as fast as PyTorch that we want to be. */
  readonly goal: number;
  /** About how many steps are timed for one figure. */
  readonly timedSteps: { readonly hindcast: number; readonly pytorch: number; readonly tfjsLayers: number };
  /** Rounds in which all contenders take turns. */
  readonly rounds: number;
}

/** The lesson's table, and shapes of hobbyists' data: two years of hourly readings and eight of ten minutes. */
export const SHAPES: readonly BenchShape[] = [
  {
    name: 'lesson',
    windows: 579,
    window: 6,
    inputs: 4,
    hidden: 10,
    layers: 1,
    batchSize: 32,
    validationWindows: 145,
    epochs: 200,
    goal: 10,
    timedSteps: { hindcast: 3800, pytorch: 475, tfjsLayers: 19 },
    rounds: 7,
  },
  {
    name: 'daily',
    windows: 1280,
    window: 14,
    inputs: 6,
    hidden: 32,
    layers: 1,
    batchSize: 32,
    validationWindows: 160,
    epochs: 100,
    goal: 5,
    timedSteps: { hindcast: 1600, pytorch: 400, tfjsLayers: 10 },
    rounds: 7,
  },
  {
    name: 'hourly',
    windows: 78_840,
    window: 48,
    inputs: 8,
    hidden: 32,
    layers: 1,
    batchSize: 128,
    validationWindows: 8_760,
    epochs: 20,
    goal: 2,
    timedSteps: { hindcast: 160, pytorch: 80, tfjsLayers: 3 },
    rounds: 7,
  },
  {
    name: 'large',
    windows: 378_431,
    window: 120,
    inputs: 14,
    hidden: 32,
    layers: 1,
    batchSize: 128,
    validationWindows: 42_000,
    epochs: 10,
    goal: 2,
    timedSteps: { hindcast: 40, pytorch: 25, tfjsLayers: 1 },
    rounds: 7,
  },
  {
    name: 'stacked',
    windows: 1280,
    window: 30,
    inputs: 8,
    hidden: 64,
    layers: 2,
    batchSize: 32,
    validationWindows: 160,
    epochs: 100,
    goal: 3,
    timedSteps: { hindcast: 80, pytorch: 40, tfjsLayers: 2 },
    rounds: 7,
  },
  {
    name: 'daily-ahead',
    windows: 1280,
    window: 7,
    inputs: 12,
    ahead: { inputs: 6, horizon: 7 },
    hidden: 32,
    layers: 1,
    batchSize: 32,
    validationWindows: 160,
    epochs: 100,
    goal: 2.5,
    timedSteps: { hindcast: 1600, pytorch: 400, tfjsLayers: 0 },
    rounds: 7,
  },
  {
    name: 'hourly-ahead',
    windows: 78_840,
    window: 48,
    inputs: 14,
    ahead: { inputs: 6, horizon: 24 },
    hidden: 32,
    layers: 1,
    batchSize: 128,
    validationWindows: 8_760,
    epochs: 20,
    goal: 2.5,
    timedSteps: { hindcast: 120, pytorch: 60, tfjsLayers: 0 },
    rounds: 7,
  },
];

/** The largest table with its window, and with the longest window that there is: what memory is measured on. */
export const MEMORY_SHAPES: readonly BenchShape[] = SHAPES.filter(({ name }) => name === 'large').flatMap(
  (large) => [
    large,
    {
      ...large,
      name: 'large-long',
      window: 2000,
      windows: large.windows + large.window - 2000,
      timedSteps: { ...large.timedSteps, hindcast: 6 },
    },
  ],
);

export const horizonOf = ({ ahead }: BenchShape): number => ahead?.horizon ?? 1;

/** Rows of the table that the windows are cut from. */
export const rowsOf = (shape: BenchShape): number =>
  shape.windows + shape.validationWindows + shape.window + horizonOf(shape) - 1;

/** Optimiser steps of an epoch, a smaller last one included. */
export const stepsPerEpoch = (shape: BenchShape): number => Math.ceil(shape.windows / shape.batchSize);

/** What a contender trains on for one figure: `epochs` times `windows` windows, every `stride`-th of the data. */
export interface TimedPass {
  readonly windows: number;
  readonly stride: number;
  readonly epochs: number;
  /** Optimiser steps of all of it. */
  readonly steps: number;
}

/** Whole epochs where they are short, else a part of one that is spread over all the data. */
export function timedPass(shape: BenchShape, steps: number): TimedPass {
  const windows = Math.min(shape.windows, steps * shape.batchSize);
  const perEpoch = Math.ceil(windows / shape.batchSize);
  const epochs = Math.max(1, Math.round(steps / perEpoch));
  return { windows, stride: Math.floor(shape.windows / windows), epochs, steps: epochs * perEpoch };
}
