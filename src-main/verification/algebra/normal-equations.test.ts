import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noise } from '../../series/series.fixture';
import {
  addEquations,
  errorOfModel,
  newestColumns,
  solveRidge,
  sumWindows,
  type Block,
  type WindowTable,
} from './normal-equations';

function fixtureTable(rows: number, inputCount: number, window: number, horizon: number): WindowTable {
  return {
    inputs: Float32Array.from(noise(rows * inputCount, 3)),
    inputCount,
    targets: Float32Array.from(noise(rows, 11)),
    window,
    horizon,
  };
}

const startsOf = (blocks: readonly Block[]): number[] =>
  blocks.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, k) => first + k));

const windowAt = ({ inputs, inputCount, window }: WindowTable, start: number): number[] => [
  ...inputs.subarray(start * inputCount, (start + window) * inputCount),
];

describe('sums over windows', () => {
  it('are those summed window by window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        (inputCount, window, horizon) => {
          const table = fixtureTable(60, inputCount, window, horizon);
          const blocks = [
            { first: 0, last: 6 },
            { first: 9, last: 9 },
            { first: 20, last: 60 - window - horizon },
          ];
          const starts = startsOf(blocks);
          const sums = sumWindows(table, blocks);
          const columns = window * inputCount;
          expect(sums).toMatchObject({ count: starts.length, columns });
          const sumOver = (term: (values: number[], start: number) => number): number =>
            starts.reduce((sum, start) => sum + term(windowAt(table, start), start), 0);
          for (let row = 0; row < columns; row++) {
            expect(sums.columnSums[row]).toBeCloseTo(
              sumOver((values) => values[row]!),
              9,
            );
            for (let column = row; column < columns; column++) {
              expect(sums.gram[row * columns + column]).toBeCloseTo(
                sumOver((values) => values[row]! * values[column]!),
                9,
              );
            }
            sums.leads.forEach(({ products }, lead) => {
              expect(products[row]).toBeCloseTo(
                sumOver((values, start) => values[row]! * table.targets[start + window + lead]!),
                9,
              );
            });
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('add up', () => {
    const table = fixtureTable(50, 2, 3, 2);
    const whole = sumWindows(table, [{ first: 0, last: 40 }]);
    const parts = addEquations(
      sumWindows(table, [{ first: 0, last: 17 }]),
      sumWindows(table, [{ first: 18, last: 40 }]),
    );
    expect(parts.count).toBe(41);
    whole.gram.forEach((value, index) => expect(parts.gram[index]).toBeCloseTo(value, 9));
    whole.leads[1]!.products.forEach((value, index) =>
      expect(parts.leads[1]!.products[index]).toBeCloseTo(value, 9),
    );
  });

  it('of the newest columns are those of a shorter window', () => {
    const table = fixtureTable(50, 2, 5, 2);
    const narrow = newestColumns(sumWindows(table, [{ first: 0, last: 40 }]), 6);
    const shorter = sumWindows({ ...table, window: 3 }, [{ first: 2, last: 42 }]);
    for (let row = 0; row < 6; row++) {
      for (let column = row; column < 6; column++) {
        expect(narrow.gram[row * 6 + column]).toBeCloseTo(shorter.gram[row * 6 + column]!, 9);
      }
    }
    shorter.leads[0]!.products.forEach((value, column) => {
      expect(narrow.leads[0]!.products[column]).toBeCloseTo(value, 9);
    });
  });
});

describe('the ridge solution', () => {
  it('of one column is the closed form', () => {
    const table: WindowTable = {
      inputs: Float32Array.of(1, 2, 3, 4, 0),
      inputCount: 1,
      targets: Float32Array.of(0, 3, 5, 8, 8),
      window: 1,
      horizon: 1,
    };
    const model = solveRidge(sumWindows(table, [{ first: 0, last: 3 }]), 0.25);
    // x 1..4 and y 3, 5, 8, 8: variance 1.25, covariance 2.25, so the slope is 2.25 / (1.25 + 0.25).
    expect(model.weights[0]![0]).toBeCloseTo(1.5, 12);
    expect(model.intercepts[0]).toBeCloseTo(6 - 1.5 * 2.5, 12);
  });

  it('finds the weights of data that a linear model made, and its error without the windows', () => {
    const window = 4;
    const values = noise(400, 5);
    const targets = Float32Array.from(values, (_, row) =>
      row < window ? 0 : 0.7 * values[row - 1]! - 0.2 * values[row - 4]! + 0.5,
    );
    const table: WindowTable = {
      inputs: Float32Array.from(values),
      inputCount: 1,
      targets,
      window,
      horizon: 1,
    };
    const equations = sumWindows(table, [{ first: 0, last: 395 }]);
    const exact = solveRidge(equations, 1e-12);
    [-0.2, 0, 0, 0.7].forEach((weight, column) => expect(exact.weights[0]![column]).toBeCloseTo(weight, 6));
    expect(exact.intercepts[0]).toBeCloseTo(0.5, 6);
    expect(errorOfModel(exact, equations)).toBeCloseTo(0, 9);

    const shrunk = solveRidge(equations, 0.3);
    const direct = startsOf([{ first: 0, last: 395 }]).reduce((sum, start) => {
      const forecast = windowAt(table, start).reduce(
        (total, value, column) => total + value * shrunk.weights[0]![column]!,
        shrunk.intercepts[0]!,
      );
      return sum + (forecast - targets[start + window]!) ** 2;
    }, 0);
    expect(errorOfModel(shrunk, equations)).toBeCloseTo(direct / 396, 9);
  });
});
