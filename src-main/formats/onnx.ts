import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as OnnxRuntime from 'onnxruntime-web';
import { unpacked } from '../files/unpacked';
import type { ModelFormat, Traveller } from './format';
import { onnxModel } from './onnx-model';
import { program, pythonAhead, pythonHead, pythonPrint } from './python';
import { namedInputs, type Said } from './windows';

// Not an import: it loads its WebAssembly from beside its own file, and only an export pays for it.
const requireRuntime = createRequire(unpacked(import.meta.url));

export const onnx: ModelFormat = {
  model: ({ forecaster, parts }) => onnxModel(forecaster, parts),
  example,
  run: 'pip install onnxruntime, then: python forecast.py',
  async open(path, windows, { parts }) {
    const runtime = requireRuntime('onnxruntime-web') as typeof OnnxRuntime;
    // One thread: no workers to start, and the sums are always in the same order.
    runtime.env.wasm.numThreads = 1;
    runtime.env.logLevel = 'error';
    const session = await runtime.InferenceSession.create(await readFile(path), {
      executionProviders: ['wasm'],
    });
    const tensors = Object.entries(namedInputs(windows, parts)).map(([name, { shape, values }]) => [
      name,
      new runtime.Tensor('float32', values, shape),
    ]);
    try {
      const outputs = await session.run(
        Object.fromEntries(tensors) as OnnxRuntime.InferenceSession.FeedsType,
      );
      const said = Object.entries(outputs).map(([name, { data }]) => [name, data]);
      const version = runtime.env.versions.web ?? runtime.env.versions.common;
      return {
        kind: 'opened',
        by: `onnxruntime-web ${version}`,
        said: Object.fromEntries(said) as unknown as Said,
      };
    } finally {
      await session.release();
    }
  },
};

function example(traveller: Traveller): string {
  const { calendar, intervals } = traveller.parts;
  const array = (name: string): string => `np.array([${name}], np.float32)`;
  const season = intervals?.season ?? null;
  const feeds = [
    `"readings": ${array('readings')}`,
    ...(calendar.length > 0 ? [`"calendar": ${array('calendar')}`] : []),
    ...(season === null ? [] : [`"season": ${array('[year(t) for t in ahead]')}`]),
  ];
  const outputs = intervals === null ? ['forecast'] : ['forecast', 'intervals'];
  return program([
    ...pythonHead(traveller, 'onnxruntime numpy', 'import numpy as np, onnxruntime'),
    ...(season === null ? [] : pythonAhead(traveller)),
    'model = onnxruntime.InferenceSession(os.path.join(here, "model.onnx"))',
    `feeds = {${feeds.join(', ')}}`,
    `${outputs.join(', ')} = [one[0] for one in model.run(${JSON.stringify(outputs)}, feeds)]`,
    ...pythonPrint(intervals !== null),
  ]);
}
