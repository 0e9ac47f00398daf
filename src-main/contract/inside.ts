import type { InputName } from './series';

/** The gates of an LSTM in the order in which its weights hold them. */
export const GATES = ['input', 'forget', 'candidate', 'output'] as const;
export type Gate = (typeof GATES)[number];

/** All that a unit computes at a step, in the order in which it is computed. */
export const UNIT_VALUES = [...GATES, 'cell', 'hidden'] as const;
export type UnitValue = (typeof UNIT_VALUES)[number];

/** Bounds of what is shown of a large network: the newest steps, and the first units. */
export const MOST_STEPS_INSIDE = 120;
export const MOST_UNITS_INSIDE = 32;

/** What goes into a gate before its sigmoid or tanh, in three parts. */
export interface GateSum {
  /** The layer's inputs times the kernel. [steps, units], row-major. */
  readonly fromInputs: Float64Array;
  /** The hidden state of the step before times the recurrent kernel. [steps, units], row-major. */
  readonly fromHidden: Float64Array;
  /** [units] */
  readonly bias: Float64Array;
}

/** One layer of a network at work on one window, step by step, from the oldest to the newest. */
export interface LayerInside {
  readonly steps: number;
  readonly units: number;
  /** [steps, units] each, row-major. */
  readonly values: Readonly<Record<UnitValue, Float64Array>>;
  readonly sums: Readonly<Record<Gate, GateSum>>;
}

export interface InputOfWindow extends InputName {
  /** '' for what has none, as the calendar's sines and cosines. */
  readonly unit: string;
}

/** The first lead time in the target's unit: what the network says, and what was observed (NaN: not read). */
export interface Outcome {
  readonly target: InputOfWindow;
  readonly predicted: number;
  readonly observed: number;
}

/** A look inside a network while it reads one window. */
export interface Inside extends LayerInside {
  /** Counted from 0, and how many there are. */
  readonly layer: number;
  readonly layers: number;
  /** Units of a layer and steps of a window; `units` and `steps` of them are shown. */
  readonly hidden: number;
  readonly window: number;
  /** Networks that forecast together; the first is looked into. */
  readonly members: number;
  readonly inputs: readonly InputOfWindow[];
  /** Of each step shown, as `Series.time`. [steps]; null where the steps are only counted. */
  readonly time: Float64Array | null;
  readonly stepSeconds: number;
  /** In the unit of each input. [steps, inputs], row-major. */
  readonly readings: Float32Array;
  /** As the network sees them. [steps, inputs], row-major; null: it sees them as they are. */
  readonly scaled: Float32Array | null;
  /** null where the network forecasts nothing. */
  readonly outcome: Outcome | null;
  /** Which window of the test part this is, counted from 0, and how many there are. */
  readonly place: number;
  readonly places: number;
}

/** What of the course lesson is looked into: its six days of Seoul, or its first numbers, as they are or scaled. */
export const LESSON_LOOKS = ['days', 'numbers', 'scaled'] as const;
export type LessonLook = (typeof LESSON_LOOKS)[number];

/** Windows that are read one after another at most; of a large network fewer. */
export const MOST_WINDOWS_INSIDE = 1000;

/** The last layer's states after each window, [windows, units] each, row-major. */
export type WindowStates = Readonly<Record<'hidden' | 'cell', Float64Array>>;

/** All windows read one after another: with the state carried on from each to the next, and each from zero. */
export interface StatefulPass {
  readonly carried: WindowStates;
  readonly fromZero: WindowStates;
  /** Windows that were read, the oldest first, and how many there are. */
  readonly windows: number;
  readonly allWindows: number;
  /** Units whose states are here, the first of `hidden`. */
  readonly units: number;
  readonly hidden: number;
  readonly layers: number;
  readonly window: number;
  readonly inputs: number;
  /** Values forecast from each window. */
  readonly outputs: number;
  readonly batchSize: number;
}
