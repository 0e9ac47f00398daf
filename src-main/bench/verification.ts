import { resolve } from 'node:path';
import { coverageOf, INTERVAL_LEVELS, mapLevels, type ByLevel } from '../contract/intervals';
import { baselinesOf, type Baseline, type Verification } from '../contract/results';
import type { Series } from '../contract/series';
import { presetSettings, type TrainingSettings } from '../contract/settings';
import { mappingByNames, readTable, seriesOfTable, sourceOfPath, summarise } from '../dataset';
import type { NewRun } from '../library';
import { newRunOf } from '../model';
import { trainAside } from '../services';
import { forkTrainer } from '../trainer';

/** A file of readings and what of it is to be forecast. */
export interface DataSet {
  readonly name: string;
  readonly file: string;
  readonly target: string;
  /** First day used, as `Series.time`. */
  readonly from?: number;
}

/** One training with the Recommended settings, and another of the LSTM alone with the same seed. */
export interface SeedResult {
  readonly seed: number;
  readonly rmse: number;
  readonly lstmRmse: number;
  /** Share of the LSTM. */
  readonly share: number;
  readonly seconds: number;
  readonly coverage: ByLevel<number>;
  readonly frozenCoverage: ByLevel<number>;
  readonly width: ByLevel<number>;
}

export interface DataSetResult {
  readonly name: string;
  readonly rows: number;
  readonly step: string;
  readonly testWindows: number;
  readonly unit: string;
  readonly horizon: number;
  readonly persistence: number;
  readonly bestBaseline: Baseline;
  readonly bestRmse: number;
  readonly seeds: readonly SeedResult[];
}

/** `NAME=FILE::TARGET` or `NAME=FILE::TARGET::2021-01-01`; null: not understood. */
export function parseDataSet(text: string): DataSet | null {
  const cut = text.indexOf('=');
  const [file = '', target = '', day] = text.slice(cut + 1).split('::');
  const from = day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`);
  if (cut < 1 || file === '' || target === '' || Number.isNaN(from)) return null;
  return { name: text.slice(0, cut), file: resolve(file), target, ...(from === undefined ? {} : { from }) };
}

/** Trains with each seed and says how it did on the test part. */
export async function verifyDataSet(
  data: DataSet,
  seeds: readonly number[],
  say: (line: string) => void,
): Promise<DataSetResult> {
  const { run, series } = await readRun(data);
  const results: SeedResult[] = [];
  let last: Verification | null = null;
  for (const seed of seeds) {
    const recommended = await trainOnce(run, series, { seed });
    const alone = await trainOnce(run, series, { seed, combine: 'none' });
    const { intervals, combination, scores } = recommended.verification;
    if (intervals === null) throw new Error(`${data.name} has too few readings for intervals.`);
    last = recommended.verification;
    results.push({
      seed,
      rmse: scores.model.rmse,
      lstmRmse: alone.verification.scores.model.rmse,
      share: combination?.share ?? 1,
      seconds: recommended.seconds,
      coverage: coverageOf(intervals),
      frozenCoverage: intervals.frozenCoverage,
      width: mapLevels((level) => intervals.overall[level].width),
    });
    say(
      `${data.name}, seed ${seed}: RMSE ${scores.model.rmse.toFixed(3)}, ` +
        `held ${INTERVAL_LEVELS.map((level) => (100 * intervals.overall[level].coverage).toFixed(1)).join(' / ')} %, ` +
        `${recommended.seconds.toFixed(1)} s`,
    );
  }
  if (last === null) throw new Error('There is no seed.');
  const { scores } = last;
  const rmseOf = (baseline: Baseline): number => scores[baseline]?.rmse ?? Infinity;
  const bestBaseline = baselinesOf(scores).reduce((best, each) =>
    rmseOf(each) < rmseOf(best) ? each : best,
  );
  return {
    name: data.name,
    rows: series.time.length,
    step: series.step.label,
    testWindows: last.time.length,
    unit: last.unit,
    horizon: last.horizon,
    persistence: scores.persistence.rmse,
    bestBaseline,
    bestRmse: rmseOf(bestBaseline),
    seeds: results,
  };
}

async function readRun({ file, target, from }: DataSet): Promise<{ run: NewRun; series: Series }> {
  const hooks = { onProgress: () => undefined, signal: new AbortController().signal };
  const table = await readTable(sourceOfPath(file), hooks);
  const summary = summarise(table, 'table');
  const mapping = mappingByNames(summary, { target, ...(from === undefined ? {} : { from }) });
  const series = seriesOfTable(table, mapping);
  return { run: newRunOf(summary, mapping, presetSettings('recommended', series.step.seconds)), series };
}

/** In a process of its own, as the app does it. */
export const trainOnce = (
  run: NewRun,
  series: Series,
  changes: Partial<TrainingSettings>,
): ReturnType<typeof trainAside> =>
  trainAside({ ...run, settings: { ...run.settings, ...changes } }, series, {
    startTrainer: () => forkTrainer(resolve('out', 'main', 'trainer.cjs')),
  });
