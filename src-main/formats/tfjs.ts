import { WEIGHTS_FILE, type Forecaster } from '../forecaster';
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
  const { range, quantiles, intervals } = parts;
  const season = intervals?.season ?? null;
  const turns = [
    ...Array.from({ length: year ? harmonics : 0 }, (_, index) => `...year(time, ${index + 1})`),
    ...(day ? ['...turn((((time % 86_400_000) + 86_400_000) % 86_400_000) / 86_400_000)'] : []),
  ];
  const possible = range === null ? 'value' : `Math.min(${range[1]}, Math.max(${range[0]}, value))`;
  const each = quantiles?.count ?? 1;
  const place = quantiles?.median ?? 0;
  const centre = intervals?.places ? `own[[${intervals.places.join(', ')}][end]]` : `own[${place}]`;
  const printed = '${own[' + String(place) + '].toFixed(2)} ${about.target.unit}';
  return program([
    '// Prints the forecast that Hindcast shows. Needs: npm install @tensorflow/tfjs',
    "import { readFileSync } from 'node:fs';",
    "import * as tf from '@tensorflow/tfjs';",
    "const read = (name) => readFileSync(new URL(name, import.meta.url)), about = JSON.parse(read('forecaster.json'));",
    "const { modelTopology, weightsManifest: [{ weights: weightSpecs }] } = JSON.parse(read('model.json'));",
    "const weightData = new Uint8Array(read('weights.bin')).buffer;",
    'const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));',
    "const lines = read('series.csv').toString().trim().split('\\n');",
    "const rows = lines.slice(-about.series.rows).map((line) => line.split(','));",
    "const isWhole = (row) => about.series.inputs.every((index) => row[1 + index] !== '');",
    'let end = rows.length;',
    'while (!rows.slice(end - about.window, end).every(isWhole)) end -= 1;',
    ...(turns.length > 0 || season !== null
      ? ['const turn = (share) => [Math.sin(2 * Math.PI * share), Math.cos(2 * Math.PI * share)];']
      : []),
    ...(year || season !== null
      ? [
          'const year = (time, k = 1) => turn((k * (time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1))) / 31_556_952_000);',
        ]
      : []),
    ...(turns.length > 0
      ? [
          `const calendar = (time) => [${turns.join(', ')}];`,
          'const inputs = (row) => about.series.inputs.map((index) => +row[1 + index]).concat(calendar(Date.parse(`${row[0]}Z`)));',
        ]
      : ['const inputs = (row) => about.series.inputs.map((index) => +row[1 + index]);']),
    'const scale = (value, k) => (value - about.inputScalers[k].mean) / about.inputScalers[k].scale;',
    'const window = tf.tensor3d([rows.slice(end - about.window, end).map((row) => inputs(row).map(scale))]);',
    `const possible = (value) => ${possible};`,
    'const unscaled = (value) => possible(value * about.targetScaler.scale + about.targetScaler.mean);',
    'const values = (await model.predict(window).data()).map(unscaled);',
    ...(season === null ? [] : [laterIn(forecaster)]),
    'for (let lead = 0; lead < about.horizon; lead++) {',
    `  const own = values.slice(lead * ${each}, (lead + 1) * ${each}).sort();`,
    ...(intervals === null
      ? [`  console.log(\`\${lead + 1} ${printed}\`);`]
      : [
          ...(season === null
            ? []
            : [
                `  const [sine, cosine] = year(later(lead + 1)), spread = Math.exp(${season[0]} * sine + ${season[1]} * cosine);`,
              ]),
          '  const moves = Object.values(about.intervals.calibration.offsets[lead]).flatMap(({ low, high }) => [low, high]);',
          `  const ends = moves.map((move, end) => possible(${centre} + ${season === null ? '' : 'spread * '}move));`,
          `  console.log(\`\${lead + 1} ${printed} (95 %: \${Math.min(...ends).toFixed(2)} to \${Math.max(...ends).toFixed(2)})\`);`,
        ]),
    '}',
  ]);
}

/** Lines that define the time of a lead time. */
function laterIn({ step }: Forecaster): string {
  const newest = 'Date.parse(`${rows[end - 1][0]}Z`)';
  if (step.label !== 'monthly') {
    return `const later = (lead) => ${newest} + ${step.seconds * 1000} * lead;`;
  }
  return [
    `const last = new Date(${newest}), endOf = (month) => new Date(Date.UTC(last.getUTCFullYear(), month + 1, 0));`,
    'const later = (lead, month = last.getUTCMonth() + lead) => new Date(last).setUTCMonth(month, Math.min(last.getUTCDate(), endOf(month).getUTCDate()));',
  ].join('\n');
}
