import { readFile } from 'node:fs/promises';
import { unzipSync, zipSync } from 'fflate';
import type { ModelFormat, Traveller } from './format';
import { decodeHdf5, encodeHdf5 } from './hdf5';
import { runKeras } from './keras-run';
import { kerasModel, type KerasLayer } from './keras-graph';
import { program, pythonAhead, pythonHead, pythonPrint } from './python';
import { namedInputs } from './windows';

/** What the form of the files is that of; later versions read it as well. */
const KERAS_VERSION = '3.8.0';
const FILES = { metadata: 'metadata.json', config: 'config.json', weights: 'model.weights.h5' } as const;

export const keras: ModelFormat = {
  model({ forecaster, parts }) {
    const { config, weights } = kerasModel(parts);
    const text = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));
    // Python's zipfile reads it as well packed; weights hardly become smaller, and each export is to be the same bytes.
    return zipSync(
      {
        [FILES.metadata]: text({ keras_version: KERAS_VERSION, date_saved: dateOf(forecaster.createdAt) }),
        [FILES.config]: text(config),
        [FILES.weights]: encodeHdf5(weights),
      },
      { level: 0, mtime: new Date(1980, 0, 1) },
    );
  },
  example,
  run: 'pip install keras and one of torch, tensorflow, jax; then with KERAS_BACKEND=torch: python forecast_keras.py',
  async open(path, windows, { parts }) {
    const { [FILES.config]: config, [FILES.weights]: weights } = unzipSync(await readFile(path));
    if (config === undefined || weights === undefined) throw new RangeError('The file is no Keras model.');
    const { layers, output_layers: outputs } = (JSON.parse(Buffer.from(config).toString()) as Whole).config;
    const [forecast, intervals] = runKeras(
      layers,
      decodeHdf5(Buffer.from(weights)),
      namedInputs(windows, parts),
      { count: windows.count, ends: outputs.map(([layer]) => layer) },
    );
    return {
      kind: 'opened',
      by: 'Hindcast',
      said: { forecast: forecast!, ...(intervals === undefined ? {} : { intervals }) },
    };
  },
};

interface Whole {
  readonly config: {
    readonly layers: readonly KerasLayer[];
    /** The forecast, and its intervals where they are known. */
    readonly output_layers: readonly (readonly [layer: string, node: number, tensor: number])[];
  };
}

/** '2024-05-01@00:00:00', as Keras writes it. */
const dateOf = (createdAt: string): string => createdAt.slice(0, 19).replace('T', '@');

function example(traveller: Traveller): string {
  const { calendar, intervals } = traveller.parts;
  const season = intervals?.season ?? null;
  const inputs = [
    '"readings": np.array([readings], "float32")',
    ...(calendar.length > 0 ? ['"calendar": np.array([calendar], "float32")'] : []),
    ...(season === null ? [] : ['"season": np.array([[year(t) for t in ahead]], "float32")']),
  ];
  const said = `model.predict({${inputs.join(', ')}}, verbose=0)`;
  return program([
    ...pythonHead(traveller, 'keras torch', 'import keras, numpy as np'),
    ...(season === null ? [] : pythonAhead(traveller)),
    'model = keras.models.load_model(os.path.join(here, "model.keras"))',
    intervals === null
      ? `forecast = ${said}[0].tolist()`
      : `forecast, intervals = [output[0].tolist() for output in ${said}]`,
    ...pythonPrint(intervals !== null),
  ]);
}
