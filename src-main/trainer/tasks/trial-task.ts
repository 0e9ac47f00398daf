import { ProgressWriter, readProgress, readSeries } from '../../library';
import { initialiseParameters } from '../../network';
import { prepare, targetVariables } from '../../series';
import { rmseOfForecasts } from '../../verification';
import { runTraining } from '../../training/job';
import { openOnOneCore } from '../../training/open-session';
import { forecastsOfTarget } from '../../model/one-target';
import { partBeside } from '../../model/part-beside';
import { dataOf, makePlan } from '../../training/plan';
import { joinForecasts } from '../../model/predict';
import type { TrainerEvent, TrialAsk, TrialScore } from '../processes/protocol';
import type { TrainingControl } from '../../training/training-control';

/** At most ten reports a second. */
const TELL_EVERY_MS = 100;

/**
 * Trains a trial on from where it stands. It may be asked of one process again and again, and a trial may go on in
 * another process; its numbers are the same.
 * @throws Problem of reading and preparing the series, 'engine-missing', 'loss-not-finite', 'cannot-write'
 */
export async function trialTask(
  { seriesFolder, folder, settings, epochs }: TrialAsk,
  control: TrainingControl,
  tell: (event: TrainerEvent) => void,
): Promise<TrialScore> {
  const series = await readSeries(seriesFolder, 'search');
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
