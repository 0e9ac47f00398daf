import type { Measured } from '../contract/measured';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import { makeForecaster, type Forecaster } from '../forecaster';
import {
  memberFolder,
  readLinearShare,
  readRecord,
  readSeries,
  readWeights,
  rehearsalFolder,
  type RunRecord,
} from '../library';
import type { Composite } from '../network';
import { prepare, targetVariable, targetVariables, type Preparation } from '../series';
import { columnsOfTarget, seriesOfTarget, thetaOfTarget } from './one-target';
import { partBeside } from './part-beside';

/** What was learned by some settings, and the series prepared as it was for the training. */
export interface LearnedNetworks {
  readonly record: Pick<RunRecord, 'settings'>;
  readonly series: Series;
  readonly preparation: Preparation;
  readonly composite: Composite;
}

/** A run with the weights that were kept. */
export interface TrainedRun extends LearnedNetworks {
  readonly record: RunRecord;
  /** The training before it, which left the validation part out; null where it is the only one. */
  readonly rehearsal: TrainedRun | null;
}

/** A run as it is for its own target, whatever else it learned. @throws Problem 'run-missing', 'run-damaged', 'run-not-trained' */
export async function readTrainedRun(folder: string): Promise<TrainedRun> {
  const [own] = await readTargets(folder, 1);
  if (own === undefined) throw new RangeError('A run has a target.');
  const { record } = own;
  return { ...own, composite: { ...own.composite, ...(await readLinearShare(folder, record.name)) } };
}

/**
 * A run as it is for each target that it learned, its own first.
 * @param most targets to be read
 * @throws Problem as `readTrainedRun`
 */
export async function readTargets(folder: string, most = Infinity): Promise<TrainedRun[]> {
  const record = await readRecord(folder, folder);
  const { name, keptEpoch, settings, columns } = record;
  if (keptEpoch === 0) throw new Problem('run-not-trained', { name });
  const thetas = await readThetas(folder, record);
  const rehearsed = await readRehearsal(folder, record);
  const whole = await readSeries(folder, name);
  const count = targetVariables(whole).length;
  return Array.from({ length: Math.min(count, most) }, (_, place) => {
    const series = seriesOfTarget(whole, place);
    const own = { ...record, columns: columnsOfTarget(columns, targetVariable(series).name) };
    /** The same target as these networks learned it. */
    const learned = (by: TrainingSettings, networks: readonly Float32Array[]): TrainedRun => {
      const preparation = prepare(series, by);
      const members = networks.map((theta) =>
        thetaOfTarget(theta, by, preparation.inputCount, { place, count }),
      );
      const composite = { members, ...partBeside(by, series, preparation) };
      return { record: { ...own, settings: by }, series, preparation, composite, rehearsal: null };
    };
    const rehearsal = rehearsed === null ? null : learned(rehearsed.settings, [rehearsed.theta]);
    return { ...learned(settings, thetas), rehearsal };
  });
}

async function readRehearsal(
  folder: string,
  { name, rehearsal }: RunRecord,
): Promise<{ readonly settings: TrainingSettings; readonly theta: Float32Array } | null> {
  if (rehearsal === undefined) return null;
  const { settings, keptEpoch } = rehearsal;
  return { settings, theta: await readTheta(rehearsalFolder(folder), name, keptEpoch) };
}

/** The weights kept of each network. */
async function readThetas(folder: string, record: RunRecord): Promise<Float32Array[]> {
  const { name } = record;
  const thetas: Float32Array[] = [];
  for (const [member, { keptEpoch: epoch }] of (record.members ?? [record]).entries()) {
    // A network whose turn had not come when the user stopped.
    if (epoch === 0) continue;
    thetas.push(await readTheta(memberFolder(folder, member), name, epoch));
  }
  return thetas;
}

/** The weights of one network. */
async function readTheta(folder: string, name: string, epoch: number): Promise<Float32Array> {
  const theta = await readWeights(folder, epoch);
  if (theta !== null) return theta;
  throw new Problem('run-damaged', { name, cause: phrase('weights-not-whole', { epoch }) });
}

const UNMEASURED = { scores: null, intervals: null, combination: null, event: null };

/** @param measured null where the test part was not scored yet */
export function forecasterOf(trained: TrainedRun, measured: Measured | null): Forecaster {
  const { record, series, preparation, composite } = trained;
  const { sourceFile, columns, settings, epochs, keptEpoch, versions, createdAt } = record;
  const { stepSeconds, gapLimit, derived, sun, warnings } = record;
  return makeForecaster({
    fileName: sourceFile,
    columns,
    series,
    settings,
    preparation,
    composite,
    epochs,
    keptEpoch,
    versions,
    ...(measured ?? UNMEASURED),
    createdAt,
    warnings,
    axis: { stepSeconds, gapLimit, derived, sun },
  });
}
