import { expect, it } from 'vitest';
import { decodeHdf5, encodeHdf5, type Hdf5Dataset, type Hdf5Group } from './hdf5';

const group = (children: Record<string, Hdf5Group | Hdf5Dataset>): Hdf5Group => ({
  children: new Map(Object.entries(children)),
});

it('reads back what it wrote, groups of many and of none included', () => {
  const dataset = (size: number): Hdf5Dataset => ({
    shape: [size, 1],
    values: Float32Array.from({ length: size }, (_, index) => index / 3),
  });
  const many = Array.from({ length: 40 }, (_, index) => [
    `lstm_${index}`,
    group({ vars: group({ 0: dataset(index + 1) }) }),
  ]);
  const root = group({
    layers: group(Object.fromEntries(many) as never),
    vars: group({}),
    b: { shape: [], values: Float32Array.of(2) },
  });
  expect(decodeHdf5(encodeHdf5(root))).toEqual({
    children: new Map([...root.children].sort(([a], [b]) => (a < b ? -1 : 1))),
  });
  expect(() => decodeHdf5(Buffer.from('no HDF5 at all'))).toThrow(RangeError);
});
