import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportFormat } from '../contract/export-formats';
import { forecastFrom } from '../forecaster';
import { exportFixture, FIXTURE_MODELS, fixtureModel, referenceOutputs, testStarts } from './formats.fixture';
import { partsOf } from './parts';
import { namedInputs, saidByHindcast, windowsAt, type FloatTensor } from './windows';

const run = promisify(execFile);
/** The Python that the test set-up installed packages for; null where there is no Python. The first time it takes minutes. */
const python = JSON.parse(
  spawnSync(process.execPath, ['scripts/python-for-tests.mjs'], { encoding: 'utf8' }).stdout,
) as { readonly python: string; readonly folder: string } | null;
const NO_PYTHON = 'There is no Python here: exported models are not opened by its libraries.';

/** What Python compiles of the libraries it keeps beside them: else each start takes ten seconds. */
const SETTINGS = { TF_CPP_MIN_LOG_LEVEL: '3', KERAS_BACKEND: 'torch', PYTHONDONTWRITEBYTECODE: '' };
const runPython = async (...args: readonly string[]): Promise<string> => {
  const env = { ...process.env, ...SETTINGS, PYTHONPATH: python!.folder };
  return (await run(python!.python, args, { env, maxBuffer: 1 << 26 })).stdout;
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-homes-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const models = Object.entries(FIXTURE_MODELS);
const HOMES: readonly ExportFormat[] = ['onnx', 'safetensors', 'keras'];

/** Values as nested lists. */
function nested({ shape, values }: FloatTensor): unknown {
  const [, ...inner] = shape;
  if (inner.length === 0) return Array.from(values);
  const size = inner.reduce((product, dimension) => product * dimension, 1);
  return Array.from({ length: values.length / size }, (_, index) =>
    nested({ shape: inner, values: values.subarray(index * size, (index + 1) * size) }),
  );
}

/** Exports a model, and writes windows of its test part with its forecasts for them to windows.json. */
async function exportWithWindows(name: string, at: string): Promise<number> {
  const made = fixtureModel(FIXTURE_MODELS[name]);
  const { forecaster, series } = made;
  await exportFixture(made, HOMES, at);
  const windows = windowsAt(forecaster, series, testStarts(forecaster, series));
  const { horizon } = forecaster;
  const said = saidByHindcast(forecaster, series, windows, referenceOutputs(forecaster, windows));
  const list = (values: Float32Array, ...inner: readonly number[]): unknown =>
    nested({ shape: [windows.count, ...inner], values });
  const inputs = Object.entries(namedInputs(windows, partsOf(forecaster)));
  await writeFile(
    join(at, 'windows.json'),
    JSON.stringify({
      inputs: Object.fromEntries(inputs.map(([key, tensor]) => [key, nested(tensor)])),
      expected: {
        forecast: list(said.forecast, horizon),
        intervals: list(said.intervals, horizon, 6),
        probability: list(said.probability, horizon),
      },
    }),
  );
  return forecaster.targetScaler.scale;
}

describe('at its home', () => {
  it('each format gives the forecasts of the trained model, to 1e-4 of the target’s spread', async ({
    skip,
  }) => {
    skip(python === null, NO_PYTHON);
    const folders = models.map((_, index) => join(folder, `model-${index}`));
    const spreads: number[] = [];
    for (const [index, [name]] of models.entries()) {
      spreads.push(await exportWithWindows(name, folders[index]!));
    }
    const found = JSON.parse(
      await runPython(resolve('src-main/formats/homes.fixture.py'), ...folders),
    ) as Record<ExportFormat, Record<string, number>>[];
    for (const [index, [name]] of models.entries()) {
      expect(Object.keys(found[index]!).sort(), name).toEqual([...HOMES].sort());
      for (const [format, differences] of Object.entries(found[index]!)) {
        expect(differences['forecast'], `${name}: ${format}`).toBeLessThan(1e-4 * spreads[index]!);
        const { intervals } = FIXTURE_MODELS[name]!;
        expect('intervals' in differences, `${name}: ${format}`).toBe(intervals !== 'none');
        expect(differences['intervals'] ?? 0, `${name}: ${format}`).toBeLessThan(1e-4 * spreads[index]!);
        expect(differences['probability'] ?? 0, `${name}: ${format}`).toBeLessThan(1e-4);
      }
    }
  });
});

describe('the example of', () => {
  const NAMES = [
    'an ensemble in a blend',
    'quantiles',
    'several waves of the year',
    'hours of the day',
    'months',
    'the lead times one by one, in a blend',
  ];
  const SCRIPTS = { onnx: 'forecast.py', safetensors: 'forecast_torch.py', keras: 'forecast_keras.py' };
  const others: Readonly<Partial<Record<ExportFormat, (at: string) => Promise<string>>>> = {
    tfjs: async (at) => {
      await symlink(resolve('node_modules'), join(at, 'node_modules'), 'junction');
      return (await run(process.execPath, [join(at, 'forecast.mjs')])).stdout;
    },
    c: async (at) => {
      const warnings = ['-std=c99', '-Wall', '-Wextra', '-Werror', '-pedantic'];
      await run('gcc', [...warnings, '-O2', 'forecast.c', '-lm', '-o', 'forecast'], { cwd: at });
      return (await run(join(at, 'forecast'), [], { cwd: at })).stdout;
    },
  };

  /** Exports a model. @returns the folder, and the model */
  async function exported(name: string, formats: readonly ExportFormat[]) {
    const made = fixtureModel(FIXTURE_MODELS[name]);
    const at = await mkdtemp(join(folder, 'example-'));
    await exportFixture(made, formats, at);
    return { ...made, at };
  }

  function expectForecast(said: string, { forecaster, series }: ReturnType<typeof fixtureModel>): void {
    const lines = said.trim().split('\n');
    const { points, intervals } = forecastFrom(forecaster, series);
    expect(lines, said).toHaveLength(points.length);
    lines.forEach((line, index) => {
      const [lead, value] = line.split(' ').map(Number);
      expect(lead).toBe(index + 1);
      // Two decimals are printed.
      expect(Math.abs(value! - points[index]!.value), line).toBeLessThan(0.0051);
      const ends = /\(95 %: (\S+) to (\S+)\)/.exec(line)?.slice(1).map(Number) ?? [];
      const known = intervals?.byLead[index]?.[95];
      expect(ends, line).toHaveLength(known === undefined ? 0 : 2);
      if (ends.length > 0) {
        expect(Math.abs(ends[0]! - known!.low), line).toBeLessThan(0.0051);
        expect(Math.abs(ends[1]! - known!.high), line).toBeLessThan(0.0051);
      }
    });
  }

  // PyTorch and Keras take seconds to start: all examples in Python run in one process.
  it('each format in Python prints the forecast of each model', async ({ skip }) => {
    skip(python === null, NO_PYTHON);
    const models = await Promise.all(NAMES.map((name) => exported(name, HOMES)));
    const paths = models.flatMap(({ at }) => Object.values(SCRIPTS).map((script) => join(at, script)));
    const said = JSON.parse(
      await runPython(resolve('src-main/formats/examples.fixture.py'), ...paths),
    ) as readonly string[];
    expect(said).toHaveLength(NAMES.length * HOMES.length);
    said.forEach((text, index) => expectForecast(text, models[Math.floor(index / HOMES.length)]!));
  });

  it.each(NAMES.flatMap((name) => Object.keys(others).map((format) => ({ format, name }))))(
    '$format prints the forecast of $name',
    async ({ format, name }) => {
      const made = await exported(name, [format as ExportFormat]);
      expectForecast(await others[format as ExportFormat]!(made.at), made);
    },
  );
});
