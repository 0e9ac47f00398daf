import type { Series, TimeStep } from '../contract/series';
import { presetSettings, type TrainingSettings } from '../contract/settings';
import type { Quantity } from '../contract/quantities';

export interface FixtureVariable {
  readonly name?: string;
  readonly lead?: number;
  readonly quantity?: Quantity;
  readonly unit?: string;
  readonly values: ArrayLike<number>;
}

interface FixtureOptions {
  readonly inputs?: readonly number[];
  readonly target?: number;
  readonly alsoTargets?: readonly number[];
  readonly from?: number;
  readonly step?: TimeStep;
}

export const DAILY: TimeStep = { seconds: 86_400, label: 'daily' };
export const HOURLY: TimeStep = { seconds: 3600, label: 'hourly' };

/** A series for tests: all variables are inputs and the last is the target, daily from 2021-01-01, unless told otherwise. */
export function fixtureSeries(variables: readonly FixtureVariable[], options: FixtureOptions = {}): Series {
  const { step = DAILY, from = Date.UTC(2021, 0, 1) } = options;
  const rows = variables[0]?.values.length ?? 0;
  return {
    time: Float64Array.from({ length: rows }, (_, row) => from + row * step.seconds * 1000),
    step,
    variables: variables.map(({ name, lead, quantity, unit, values }, index) => ({
      name: name ?? `variable ${index + 1}`,
      ...(lead === undefined ? {} : { lead }),
      quantity: quantity ?? 'temperature',
      unit: unit ?? '°C',
      values: Float32Array.from(values),
      filled: new Uint8Array(rows),
    })),
    inputs: options.inputs ?? variables.map((_, index) => index),
    target: options.target ?? variables.length - 1,
    alsoTargets: options.alsoTargets ?? [],
  };
}

/** The tutorial's settings with some changed. */
export function fixtureSettings(changes: Partial<TrainingSettings> = {}): TrainingSettings {
  return { ...presetSettings('tutorial'), ...changes };
}

/** Numbers that look random and are the same on every machine, each from -1 to 1. */
export function noise(count: number, seed = 1): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  });
}
