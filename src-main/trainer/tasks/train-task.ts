import { HINDCAST_VERSION } from '../../contract/version';
import { describeDevice, type DeviceDescription } from '../../engine';
import {
  chooseKeptEpoch,
  memberFolder,
  ProgressWriter,
  readProgress,
  readRecord,
  readSeries,
  writeLinearShare,
} from '../../library';
import { initialiseParameters } from '../../network';
import { prepare } from '../../series';
import { runTraining } from '../../training/job';
import { openOnAllCores, openOnOneCore } from '../../training/open-session';
import { partBeside } from '../../model/part-beside';
import { dataOf, makePlan, memberSeed, requireHonest } from '../../training/plan';
import { ProgressReporter } from '../../training/progress-reporter';
import type { MemberEnd } from '../../training/training-end';
import type { TrainerEvent, TrainerTasks } from '../processes/protocol';
import type { TrainingControl } from '../../training/training-control';

/**
 * Trains one network of the run in a folder, from where it stands on, keeping the weights and losses of each finished
 * epoch in the network's own folder as it goes. One alone chooses TensorFlow's threads by the job, so it must come first
 * in its process.
 * @throws Problem of reading and preparing the run, 'engine-missing', 'loss-not-finite', 'cannot-write'
 */
export async function trainTask(
  { folder: runFolder, member, members }: TrainerTasks['train']['ask'],
  control: TrainingControl,
  tell: (event: TrainerEvent) => void,
): Promise<MemberEnd> {
  const { name, settings: common } = await readRecord(runFolder, runFolder);
  const settings = { ...common, seed: memberSeed(common.seed, member) };
  requireHonest(settings);
  const series = await readSeries(runFolder, name);
  const preparation = prepare(series, settings);
  const folder = memberFolder(runFolder, member);
  const { split } = preparation;
  const plan = makePlan(settings, preparation);
  const from = await readProgress(folder);
  const state =
    from?.checkpoint ??
    initialiseParameters(plan.network, { scheme: settings.initialisation, seed: settings.seed });
  const session = (members === 1 ? openOnAllCores : openOnOneCore)(plan, dataOf(preparation), state);
  const device = describeDevice();
  let files: ProgressWriter | null = null;
  try {
    // Before the first weights, which are of no use without it; what was blended with those before no longer holds.
    const beside = partBeside(settings, series, preparation);
    if (beside.linear !== null || from !== null) await writeLinearShare(runFolder, beside);
    const writer = await ProgressWriter.open(folder, from);
    files = writer;
    const resumedAfter = from?.checkpoint.epoch ?? 0;
    tell({
      kind: 'started',
      epochs: settings.epochs,
      resumedAfter,
      device: device.device,
      versions: currentVersions(device),
      windows: { train: split.train.length, validation: split.validation.length, test: split.test.length },
    });
    const reporter = new ProgressReporter(
      { epochs: settings.epochs, resumedAfter, startedAt: performance.now() },
      (progress) => tell({ kind: 'progress', ...progress }),
    );
    const { reason, last, seconds, msPerStep } = await runTraining({
      settings,
      split,
      from,
      session,
      control,
      onEpoch(record, checkpoint) {
        writer.write(record, checkpoint);
        reporter.add(record, checkpoint.bestEpoch, performance.now());
      },
      onPhase(phase) {
        if (phase === 'paused') reporter.flush(performance.now());
        else reporter.resume(performance.now());
        tell({ kind: phase });
      },
    });
    reporter.flush(performance.now());
    const keptEpoch = last === null ? 0 : chooseKeptEpoch(settings, last, reason === 'stopped');
    return { reason, epochs: last?.epoch ?? 0, keptEpoch, seconds, msPerStep };
  } finally {
    session.close();
    files?.close();
  }
}

/** What a run is trained with. */
function currentVersions({
  tensorflowVersion,
  kernels,
}: DeviceDescription): Readonly<Record<string, string>> {
  return { hindcast: HINDCAST_VERSION, tensorflow: tensorflowVersion, kernels, node: process.versions.node };
}

/** Loads the library. @throws Problem 'engine-missing' */
export function describeEngine(): TrainerTasks['describeEngine']['answer'] {
  const { device, kernels } = describeDevice();
  return { device, kernels };
}
