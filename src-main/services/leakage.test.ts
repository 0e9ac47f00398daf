import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DETECT_ALL, type GapPolicy } from '../contract/dataset';
import type { Series } from '../contract/series';
import { mappingByNames, readTable, seriesOfTable, sourceOfPath, summarise } from '../dataset';
import { readProgress, RunLibrary } from '../library';
import { prepare, type Preparation } from '../series';
import { fitBaselines } from '../verification';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';
import { bundled } from '../bundle.fixture';
import { TrainerClient } from '../trainer/processes/trainer-client';
import { forkTrainer } from '../trainer/processes/trainer-process';
import { trainIn } from './service.fixture';

/** The leakage guard: nothing that comes after the split may change a training by one bit. The real engine trains. */
let folder: string;
let library: RunLibrary;
/** One process for all trainings: where it computes is no part of the question. */
let trainer: TrainerClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-leakage-'));
  library = new RunLibrary(join(folder, 'runs'));
  trainer = new TrainerClient(forkTrainer(bundled('trainer')));
});
afterAll(async () => {
  trainer.kill();
  await rm(folder, { recursive: true, force: true });
});

/** Recommended, but small: season inputs, validation part, early stopping, clipped gradients, scaler of the training part. */
const smallRun = weatherRun({ horizon: 2, hidden: 6, layers: 2, dropout: 0.1, epochs: 6, patience: 2 });
const whole = weatherSeries(260);
const settings = smallRun.settings;
const split = prepare(whole, settings).split;
/** The row of the first target of the test part: what comes from here on is unseen. */
const border = split.test[0]! + settings.window;

/** Every value of the given variables that `change` is given, changed. */
function altered(
  change: (value: number, row: number) => number,
  variables: readonly number[] = [0, 1],
): Series {
  return {
    ...whole,
    variables: whole.variables.map((variable, index) =>
      variables.includes(index) ? { ...variable, values: variable.values.map(change) } : variable,
    ),
  };
}

/** Weights, optimiser and losses after a training; of the checkpoint all but the wall time that it took. */
async function train(series: Series) {
  const run = await trainIn(trainer, library, smallRun, series);
  const saved = await readProgress(run);
  return { checkpoint: { ...saved!.checkpoint, seconds: 0 }, history: saved!.history };
}

const afterBorder = {
  'other values': altered((value, row) => (row < border ? value : 1000 - 7 * value)),
  'a missing target': altered((value, row) => (row === border || row > 240 ? NaN : value), [1]),
  'missing inputs': altered((value, row) => (row >= border && row % 3 === 0 ? NaN : value), [0]),
} as const;

/** Readings that are missing across the border: humidity from the day before it, temperature from two before. */
const open = altered((value, row) => (row >= border - 1 && row < border + 6 ? NaN : value), [0]);
const acrossBorder: Series = {
  ...whole,
  variables: [
    open.variables[0]!,
    altered((value, row) => (row >= border - 2 && row < border + 2 ? NaN : value), [1]).variables[1]!,
  ],
};

/** The series of a file of these readings, gaps filled by the policy. */
async function throughFile(
  name: string,
  { time, variables }: Series,
  policy: GapPolicy,
  gapLimit?: number,
): Promise<Series> {
  const lines = [...time].map((moment, row) => {
    const cells = variables.map(({ values }) => (Number.isNaN(values[row]) ? '' : String(values[row])));
    return [new Date(moment).toISOString().slice(0, 10), ...cells].join(',');
  });
  const path = join(folder, `${name}.csv`);
  await writeFile(path, `date,humidity (%),temperature (°C)\n${lines.join('\n')}\n`);
  const reading = { onProgress: () => undefined, signal: new AbortController().signal };
  const table = await readTable(sourceOfPath(path), reading, DETECT_ALL);
  const mapping = mappingByNames(summarise(table, name), {
    target: 'temperature',
    inputs: ['humidity', 'temperature'],
    gaps: { humidity: policy, temperature: policy },
    ...(gapLimit === undefined ? {} : { gapLimit }),
  });
  return seriesOfTable(table, mapping);
}

describe('what comes after the split', () => {
  it.each<[GapPolicy, number | undefined]>([
    ['linear', undefined],
    ['linear', 12],
    ['forward', undefined],
    ['forward', 12],
    ['leave-out', undefined],
  ])('in a file does not fill the gap before it: %s, limit %s', async (policy, limit) => {
    const name = `file-${policy}-${limit ?? 'none'}`;
    const given = await throughFile(name, acrossBorder, policy, limit);
    const before = await train(given);
    for (const [what, change] of Object.entries({
      other: (value: number, row: number) => (row < border ? value : 60 - 0.5 * value),
      longer: (value: number, row: number) => (row >= border && row < border + 12 ? NaN : value),
    })) {
      const variables = acrossBorder.variables.map((variable) => ({
        ...variable,
        values: variable.values.map(change),
      }));
      const series = await throughFile(`${name}-${what}`, { ...acrossBorder, variables }, policy, limit);
      const after = await train(series);
      expect(after.checkpoint, what).toEqual(before.checkpoint);
      expect(after.history, what).toEqual(before.history);
    }
  });

  it('does not change the trained weights by one bit', async () => {
    const before = await train(whole);
    for (const [name, series] of Object.entries(afterBorder)) {
      const after = await train(series);
      expect(after.checkpoint, name).toEqual(before.checkpoint);
      expect(after.history, name).toEqual(before.history);
    }
    // One reading earlier it must: else this would prove nothing.
    const earlier = await train(altered((value, row) => (row === border - 1 ? value + 1 : value)));
    expect(earlier.history).not.toEqual(before.history);
  });

  it('does not change scalers, parts or baselines', () => {
    const before = prepare(whole, settings);
    const learnt = ({ split: parts, inputScalers, targetScaler }: Preparation) => ({
      inputScalers,
      targetScaler,
      train: parts.train,
      validation: parts.validation,
    });
    for (const [name, series] of Object.entries(afterBorder)) {
      const after = prepare(series, settings);
      expect(learnt(after), name).toEqual(learnt(before));
      for (const part of [split.train, split.validation]) {
        expect(fitBaselines(series, after).forecast(part), name).toEqual(
          fitBaselines(whole, before).forecast(part),
        );
      }
    }
  });
});
