import type { Series } from '../contract/series';
import { presetSettings, type TrainingSettings } from '../contract/settings';
import type { NewRun } from '../library';
import { randomSource } from '../network';

/** Temperature with a season and weather that lasts, and humidity that follows it; daily. */
export function weatherSeries(rows = 400): Series {
  const random = randomSource(5, 'weather');
  const temperature = new Float32Array(rows);
  const humidity = new Float32Array(rows);
  let weather = 0;
  for (let row = 0; row < rows; row++) {
    weather = 0.7 * weather + 2.5 * random.normal();
    temperature[row] = 12 - 14 * Math.cos((2 * Math.PI * row) / 365) + weather;
    humidity[row] = 60 - weather + 5 * random.normal();
  }
  const filled = new Uint8Array(rows);
  return {
    time: Float64Array.from({ length: rows }, (_, row) => Date.UTC(2021, 0, 1 + row)),
    step: { seconds: 86_400, label: 'daily' },
    variables: [
      { name: 'humidity', quantity: 'relative humidity', unit: '%', values: humidity, filled },
      { name: 'temperature', quantity: 'temperature', unit: '°C', values: temperature, filled },
    ],
    inputs: [0, 1],
    target: 1,
    alsoTargets: [],
  };
}

export function weatherRun(changes: Partial<TrainingSettings> = {}): NewRun {
  const column = { gapPolicy: 'linear' as const, useUnit: '%', unit: '%' };
  return {
    name: 'weather',
    sourceFile: 'weather.csv',
    columns: [
      { ...column, name: 'date', quantity: 'other', role: 'time' },
      { ...column, name: 'humidity', quantity: 'relative humidity', role: 'feature' },
      {
        name: 'temperature',
        quantity: 'temperature',
        unit: '°C',
        useUnit: '°C',
        gapPolicy: 'linear',
        role: 'target',
      },
    ],
    settings: {
      ...presetSettings('recommended'),
      hidden: 8,
      window: 7,
      epochs: 30,
      patience: null,
      ...changes,
    },
  };
}

/** The same with humidity as a further target; its series has `alsoTargets: [0]`. */
export function withFurtherTarget(run: NewRun): NewRun {
  const columns = run.columns.map((column) =>
    column.role === 'feature' ? { ...column, role: 'also-target' as const, isInput: true } : column,
  );
  return { ...run, columns };
}
