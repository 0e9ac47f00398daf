import type { Series } from '../../contract/series';
import { ProgressWriter, readProgress, readSeries, readWeights } from '../../library';
import { errorOfBlend } from '../../model/assemble';
import { forecastsOfTarget, seriesOfTarget, thetaOfTarget } from '../../model/one-target';
import { partBeside } from '../../model/part-beside';
import { joinForecasts } from '../../model/predict';
import { initialiseParameters } from '../../network';
import { prepare, targetVariables, withoutInputs } from '../../series';
import { runTraining } from '../../training/job';
import { openOnOneCore } from '../../training/open-session';
import { dataOf, makePlan } from '../../training/plan';
import type { TrainingControl } from '../../training/training-control';
import { rankInputs, rmseOfForecasts } from '../../verification';
import type {
  TrainerEvent,
  TrainerFunctions,
  TrainerTasks,
  TrialAsk,
  TrialPlace,
  TrialScore,
} from '../processes/protocol';

/** Of the readings, in sentences on what is wrong with them. */
const SEARCH_NAME = 'search';
/** At most ten reports a second. */
const TELL_EVERY_MS = 100;

/**
 * Trains a trial on from where it stands. It may be asked of one process again and again, and a trial may go on in
 * another process; its numbers are the same.
 * @throws Problem of reading and preparing the series, 'engine-missing', 'loss-not-finite', 'cannot-write'
 */
export async function trialTask(
  { epochs, ...trial }: TrialAsk,
  control: TrainingControl,
  tell: (event: TrainerEvent) => void,
): Promise<TrialScore> {
  const { folder, settings } = trial;
  const series = await seriesOfTrial(trial);
  const preparation = prepare(series, settings);
  const plan = makePlan(settings, preparation);
  const from = await readProgress(folder);
  if (from !== null && from.checkpoint.epoch >= epochs) control.apply('stop');
  const { initialisation: scheme, seed } = settings;
  const state = from?.checkpoint ?? initialiseParameters(plan.network, { scheme, seed });
  const session = openOnOneCore(plan, dataOf(preparation), state);
  let files: ProgressWriter | null = null;
  try {
    const writer = await ProgressWriter.open(folder, from);
    files = writer;
    let toldAt = -Infinity;
    const { reason, last } = await runTraining({
      settings,
      split: preparation.split,
      from,
      session,
      control,
      onEpoch(record, checkpoint) {
        writer.write(record, checkpoint);
        if (record.epoch >= epochs) control.apply('stop');
        const now = performance.now();
        if (now - toldAt < TELL_EVERY_MS) return;
        toldAt = now;
        tell({ kind: 'trial', epochs: record.epoch });
      },
      onPhase: () => undefined,
    });
    if (last === null) return { epochs: 0, bestEpoch: 0, rmse: null, state: 'stopped' };
    session.writeState(last.bestTheta);
    const { split } = preparation;
    const beside = partBeside(settings, series, preparation);
    // Of several targets the first decides.
    const members = [
      forecastsOfTarget(session.predict(split.validation), settings, {
        place: 0,
        count: targetVariables(series).length,
      }),
    ];
    const predicted = joinForecasts(beside, members, preparation, split.validation);
    const isDone = reason === 'early-stopping' || last.epoch >= settings.epochs;
    return {
      epochs: last.epoch,
      bestEpoch: last.bestEpoch,
      rmse: rmseOfForecasts(series, preparation, split.validation, predicted),
      state: isDone ? 'finished' : last.epoch >= epochs ? 'kept' : 'stopped',
    };
  } finally {
    session.close();
    files?.close();
  }
}

const seriesOfTrial = async ({ seriesFolder, without }: TrialPlace): Promise<Series> =>
  withoutInputs(await readSeries(seriesFolder, SEARCH_NAME), without);

/**
 * The RMSE on the validation part, in the target's unit, of what would forecast: of the LSTM as the trial kept it, with what
 * stands beside it. Null where nothing does, or where the trial kept nothing.
 * @throws Problem as `trialTask`
 */
async function compareTrial({
  epoch,
  ...trial
}: TrainerTasks['compareTrial']['ask']): Promise<number | null> {
  const { folder, settings } = trial;
  const whole = await seriesOfTrial(trial);
  const theta = await readWeights(folder, epoch);
  if (theta === null) return null;
  const series = seriesOfTarget(whole, 0);
  const preparation = prepare(series, settings);
  const target = { place: 0, count: targetVariables(whole).length };
  const members = [thetaOfTarget(theta, settings, preparation.inputCount, target)];
  const composite = { members, ...partBeside(settings, series, preparation) };
  return errorOfBlend({ record: { settings }, series, preparation, composite });
}

/** What a search asks beside its trials. */
export const searchTasks = {
  compareTrial: (ask) => compareTrial(ask),
  rankInputs: async ({ seriesFolder, settings, candidates }) => {
    const series = seriesOfTarget(await readSeries(seriesFolder, SEARCH_NAME), 0);
    return rankInputs(series, prepare(series, settings), candidates);
  },
} satisfies Partial<TrainerFunctions>;
