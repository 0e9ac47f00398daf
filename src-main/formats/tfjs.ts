import { WEIGHTS_FILE } from '../forecaster';
import { predictWithLayersModel } from '../engine';
import { readForecasts } from '../verification';
import type { ModelFormat, Traveller } from './format';
import { layersModel, TFJS_LAYERS } from './layers-model';
import { program } from './python';

/** Scaled inputs go in and scaled outputs come out; forecaster.json says what else a forecast needs. */
export const tfjs: ModelFormat = {
  model: ({ forecaster }) => `${JSON.stringify(layersModel(forecaster, WEIGHTS_FILE), null, 2)}\n`,
  example,
  run: 'npm install @tensorflow/tfjs, then: node forecast.mjs',
  async open(path, { scaled, count }, { forecaster, series, parts }) {
    const outputs = await predictWithLayersModel(path, scaled, count, parts.window, parts.means.length);
    const { point } = readForecasts(series, forecaster, outputs, count);
    return { kind: 'opened', by: TFJS_LAYERS, said: { forecast: point } };
  },
};

function example({ forecaster, parts }: Traveller): string {
  const { year, harmonics, day } = forecaster.calendar;
  const { range, quantiles } = parts;
  const turns = [
    ...Array.from({ length: year ? harmonics : 0 }, (_, index) => {
      const days = '(time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1)) / 86_400_000';
      return `...turn((${index + 1} * ${days}) / 365.2425)`;
    }),
    ...(day ? ['...turn((((time % 86_400_000) + 86_400_000) % 86_400_000) / 86_400_000)'] : []),
  ];
  const value = 'scaled * about.targetScaler.scale + about.targetScaler.mean';
  const possible = range === null ? value : `Math.min(${range[1]}, Math.max(${range[0]}, ${value}))`;
  const each = quantiles?.count ?? 1;
  const atLead =
    quantiles === null
      ? 'values[lead]'
      : `values.slice(lead * ${each}, (lead + 1) * ${each}).sort()[${quantiles.median}]`;
  return program([
    '// Prints the forecast that Hindcast shows. Needs: npm install @tensorflow/tfjs',
    "import { readFileSync } from 'node:fs';",
    "import * as tf from '@tensorflow/tfjs';",
    '',
    'const read = (name) => readFileSync(new URL(name, import.meta.url));',
    "const about = JSON.parse(read('forecaster.json'));",
    "const { modelTopology, weightsManifest } = JSON.parse(read('model.json'));",
    "const weightData = new Uint8Array(read('weights.bin')).buffer;",
    'const weightSpecs = weightsManifest[0].weights;',
    'const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));',
    '',
    "const lines = read('series.csv').toString().trim().split('\\n').slice(-about.series.rows);",
    "const rows = lines.map((line) => line.split(','));",
    "const isWhole = (row) => about.series.inputs.every((index) => row[1 + index] !== '');",
    'let end = rows.length;',
    'while (!rows.slice(end - about.window, end).every(isWhole)) end -= 1;',
    ...(turns.length > 0
      ? ['const turn = (share) => [Math.sin(2 * Math.PI * share), Math.cos(2 * Math.PI * share)];']
      : []),
    'const window = rows.slice(end - about.window, end).map((row) => {',
    '  const values = about.series.inputs.map((index) => Number(row[1 + index]));',
    ...(turns.length > 0
      ? ['  const time = Date.parse(`${row[0]}Z`);', ...turns.map((turn) => `  values.push(${turn});`)]
      : []),
    '  return values.map((value, k) => (value - about.inputScalers[k].mean) / about.inputScalers[k].scale);',
    '});',
    'const outputs = await model.predict(tf.tensor3d([window])).data();',
    `const values = outputs.map((scaled) => ${possible});`,
    'for (let lead = 0; lead < about.horizon; lead++) {',
    `  console.log(lead + 1, ${atLead}.toFixed(2), about.target.unit);`,
    '}',
  ]);
}
