import { describe, expect, it } from 'vitest';
import { GATES, UNIT_VALUES, type Inside } from '../contract/inside';
import { lookInsideLesson } from './inside-lesson';
import { drawLessonWeights } from './lesson-numbers';

const READINGS = [
  [25, 70, 10, 0],
  [22, 80, 5, 0],
  [15, 80, 20, 5],
  [10, 90, 5, 20],
  [5, 85, 30, 10],
  [18, 75, 10, 0],
];
const [inputs, units] = [4, 10];

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** The cell written out once more, from zero states, with weights [4, 40], [10, 40] and [40]. [steps][value][unit] */
function readAll(rows: readonly (readonly number[])[]) {
  const theta = drawLessonWeights();
  const kernel = (row: number, column: number): number => theta[row * 40 + column]!;
  const recurrent = (row: number, column: number): number => theta[160 + row * 40 + column]!;
  const bias = (column: number): number => theta[560 + column]!;
  let hidden = new Array<number>(units).fill(0);
  let cell = new Array<number>(units).fill(0);
  return rows.map((x) => {
    const sums = Array.from({ length: 40 }, (_, column) => {
      const fromInputs = x.reduce((sum, value, row) => sum + value * kernel(row, column), 0);
      return (
        hidden.reduce((sum, value, row) => sum + value * recurrent(row, column), fromInputs) + bias(column)
      );
    });
    const [input, forget, candidate, output] = [0, 1, 2, 3].map((gate) =>
      sums.slice(gate * units, (gate + 1) * units).map(gate === 2 ? Math.tanh : sigmoid),
    ) as [number[], number[], number[], number[]];
    cell = cell.map((old, unit) => forget[unit]! * old + input[unit]! * candidate[unit]!);
    hidden = cell.map((value, unit) => output[unit]! * Math.tanh(value));
    return { input, forget, candidate, output, cell, hidden };
  });
}

function expectSame(inside: Inside, rows: readonly (readonly number[])[]): void {
  readAll(rows).forEach((values, step) => {
    for (const name of UNIT_VALUES) {
      const shown = inside.values[name].subarray(step * units, (step + 1) * units);
      values[name].forEach((value, unit) => {
        // Saturated gates lie many powers of ten apart: each to eight digits.
        expect(Math.abs(shown[unit]! - value)).toBeLessThanOrEqual(1e-8 * Math.abs(value));
      });
    }
  });
}

/** To mean 0 and (population) deviation 1 over the six readings. */
function scaledReadings(): number[][] {
  const columns = Array.from({ length: inputs }, (_, input) => READINGS.map((reading) => reading[input]!));
  return READINGS.map((reading) =>
    reading.map((value, input) => {
      const column = columns[input]!;
      const mean = column.reduce((sum, each) => sum + each, 0) / column.length;
      const variance = column.reduce((sum, each) => sum + (each - mean) ** 2, 0) / column.length;
      return Math.fround((value - mean) / Math.sqrt(variance));
    }),
  );
}

/** Share of the sigmoid gates' values that are shut or open to four digits. */
function saturated({ values }: Inside): number {
  const gates = GATES.filter((gate) => gate !== 'candidate').flatMap((gate) => [...values[gate]]);
  return gates.filter((value) => value < 1e-4 || value > 1 - 1e-4).length / gates.length;
}

describe('the lesson’s first numbers', () => {
  const raw = lookInsideLesson('numbers');
  const scaled = lookInsideLesson('scaled');

  it('are read as they stand, by a cell of ten units from zero states', () => {
    expect([...raw.readings]).toEqual(READINGS.flat());
    expect(raw).toMatchObject({ scaled: null, time: null, outcome: null, steps: 6, units: 10, hidden: 10 });
    expectSame(raw, READINGS);
  });

  it('saturate the gates: states of 1, of -1, and of next to nothing', () => {
    const last = [...raw.values.hidden.subarray(5 * units)];
    expect(Math.max(...last)).toBeGreaterThan(0.999);
    expect(Math.min(...last)).toBeLessThan(-0.999);
    expect(last.some((value) => value > 1e-27 && value < 1e-25)).toBe(true);
    expect(saturated(raw)).toBeGreaterThan(0.85);
  });

  it('no longer do once they are scaled', () => {
    expectSame(scaled, scaledReadings());
    expect([...scaled.readings]).toEqual(READINGS.flat());
    expect(saturated(scaled)).toBe(0);
    const last = scaled.values.hidden.subarray(5 * units).map(Math.abs);
    expect(Math.min(...last)).toBeGreaterThan(1e-4);
  });

  it('come with weights that look drawn from a standard normal, the same each time', () => {
    const weights = drawLessonWeights();
    const mean = weights.reduce((sum, value) => sum + value, 0) / weights.length;
    const variance = weights.reduce((sum, value) => sum + (value - mean) ** 2, 0) / weights.length;
    expect(Math.abs(mean)).toBeLessThan(0.15);
    expect(Math.abs(variance - 1)).toBeLessThan(0.2);
    expect(drawLessonWeights()).toEqual(weights);
  });
});
