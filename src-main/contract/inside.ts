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

export interface InputOfWindow {
  readonly name: string;
  /** '' for the calendar's sines and cosines, which have none. */
  readonly unit: string;
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
  /** Of each step shown, as `Series.time`. [steps] */
  readonly time: Float64Array;
  readonly stepSeconds: number;
  /** In the unit of each input. [steps, inputs], row-major. */
  readonly readings: Float32Array;
  /** As the network sees them. [steps, inputs], row-major. */
  readonly scaled: Float32Array;
  readonly target: InputOfWindow;
  /** The first lead time in the target's unit: what the network says, and what was observed (NaN: not read). */
  readonly predicted: number;
  readonly observed: number;
  /** Which window of the test part this is, counted from 0, and how many there are. */
  readonly place: number;
  readonly places: number;
}
