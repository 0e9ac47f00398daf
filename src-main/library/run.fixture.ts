import type { Series } from '../contract/series';
import { presetSettings } from '../contract/settings';
import type { NewRun } from './run-record';

export const smallSeries: Series = {
  time: Float64Array.of(0, 86_400_000, 172_800_000),
  step: { seconds: 86_400, label: 'daily' },
  variables: [
    {
      name: '일강수량(mm)',
      quantity: 'rain',
      unit: 'mm',
      values: Float32Array.of(0.1, NaN, 2.5),
      filled: Uint8Array.of(0, 0, 1),
    },
    {
      name: 'temperature',
      quantity: 'temperature',
      unit: '°C',
      values: Float32Array.of(-4.2, 5, 6),
      filled: new Uint8Array(3),
    },
  ],
  inputs: [1, 0],
  target: 1,
  alsoTargets: [],
};

export const smallRun: NewRun = {
  name: 'temperature',
  sourceFile: 'a.csv',
  columns: [
    {
      name: 'temperature',
      quantity: 'temperature',
      unit: '°F',
      useUnit: '°C',
      gapPolicy: 'linear',
      role: 'target',
    },
  ],
  settings: presetSettings('recommended'),
};
