import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Series } from '../contract/series';
import { frameOf, piecesOf, SeriesAssembly } from './series-pieces';

const seriesOf = (rows: number, variables: number): Series => ({
  time: Float64Array.from({ length: rows }, (_, row) => row * 60_000),
  step: { seconds: 60, label: '1 minutes' },
  variables: Array.from({ length: variables }, (_, index) => ({
    name: `v${index}`,
    quantity: 'temperature' as const,
    unit: '°C',
    values: Float32Array.from({ length: rows }, (_, row) => (row % 7 === 0 ? NaN : row * (index + 1))),
    filled: Uint8Array.from({ length: rows }, (_, row) => (row + index) % 3),
  })),
  inputs: [0],
  target: 0,
  alsoTargets: [],
});

const bytesOf = ({ time, variables }: Series): Buffer =>
  Buffer.concat(
    [time, ...variables.flatMap(({ values, filled }) => [values, filled])].map((numbers) =>
      Buffer.from(numbers.buffer),
    ),
  );

it('a series taken apart is put together as it was, in whatever order the pieces come', () => {
  const size = fc.record({
    rows: fc.constantFrom(0, 1, 32_768, 40_001),
    variables: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(size, fc.boolean(), ({ rows, variables }, reverse) => {
      const series = seriesOf(rows, variables);
      const pieces = structuredClone([...piecesOf(series)]);
      const assembly = new SeriesAssembly();
      for (const piece of reverse ? pieces.reverse() : pieces) assembly.add(piece);
      const again = assembly.within(structuredClone(frameOf(series)));
      expect(frameOf(again)).toEqual(frameOf(series));
      expect(bytesOf(again).equals(bytesOf(series))).toBe(true);
    }),
    { numRuns: 8 },
  );
});

it('no piece holds more than a quarter of a megabyte', () => {
  const sizes = [...piecesOf(seriesOf(70_001, 2))].map(({ values }) => values.byteLength);
  expect(Math.max(...sizes)).toBe(256 * 1024);
});
