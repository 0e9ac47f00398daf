import { DETECT_ALL } from '../contract/dataset';
import type { DeviceChoice } from '../contract/device';
import type { FleetStation, TrainedStation } from '../contract/fleet';
import { Problem } from '../contract/problems';
import { describeVerdict } from '../contract/verdict';
import type { Verification } from '../contract/results';
import type { TrainingAction } from '../contract/training';
import { DatasetReader, sourceOfPath } from '../dataset';
import { SingleRun } from '../library';
import { newRunOf } from '../model';
import { TrainingService } from '../services';
import type { Pace } from './pace';
import { planStation, type FleetWish } from './plan-station';

/** What a station is trained with: processes of this machine. */
export interface Workshop {
  readonly startReader: ConstructorParameters<typeof DatasetReader>[0];
  readonly startTrainer: ConstructorParameters<typeof TrainingService>[0]['startTrainer'];
  readonly device: DeviceChoice;
}

/** Progress of one station. */
export interface StationProgress {
  /** 0 to 1; null while it cannot be known. */
  readonly fraction: number | null;
}

/**
 * The whole way of one station: reads its file, maps it, trains into a folder, verifies on the held-back part.
 * @param folder of its run; a run that lies there gives way
 * @throws Problem of reading, mapping and training; 'cancelled'
 */
export async function trainStation(
  station: FleetStation,
  folder: string,
  wish: FleetWish,
  {
    workshop,
    signal,
    onProgress,
    pace,
  }: {
    readonly workshop: Workshop;
    readonly signal: AbortSignal;
    readonly onProgress: (progress: StationProgress) => void;
    /** Where it can be paused. */
    readonly pace: Pace | undefined;
  },
): Promise<Omit<TrainedStation, 'folder'>> {
  const started = performance.now();
  const reader = new DatasetReader(workshop.startReader);
  const cancelReading = (): void => reader.cancel();
  signal.addEventListener('abort', cancelReading);
  try {
    if (signal.aborted) throw new Problem('cancelled');
    const summary = await reader.open(sourceOfPath(station.file), undefined, {
      ...DETECT_ALL,
      station: station.station,
    });
    const { mapping, settings, remarks } = planStation(summary, wish);
    const series = await reader.series(summary.id, mapping);
    reader.close();
    const run = { ...newRunOf(summary, mapping, settings), name: station.name.slice(0, 120) };
    const verification = await train({ run, series, folder }, { workshop, signal, onProgress, pace });
    return {
      ...resultOf(verification),
      remarks: [...remarks],
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    signal.removeEventListener('abort', cancelReading);
    reader.close();
  }
}

async function train(
  {
    run,
    series,
    folder,
  }: {
    readonly run: Parameters<TrainingService['start']>[0];
    readonly series: Parameters<TrainingService['start']>[1];
    readonly folder: string;
  },
  { workshop, signal, onProgress, pace }: Parameters<typeof trainStation>[3],
): Promise<Verification> {
  const store = new SingleRun(folder, true);
  let failure: Problem | null = null;
  let epochs = 0;
  const service = new TrainingService({
    library: store,
    startTrainer: workshop.startTrainer,
    device: workshop.device,
    emit(event) {
      if (event.kind === 'started') ({ epochs } = event);
      else if (event.kind === 'failed') failure = Problem.from(event.problem);
      else if (event.kind === 'progress') {
        const epoch = event.records.at(-1)?.epoch;
        onProgress({ fraction: epoch === undefined || epochs === 0 ? null : epoch / epochs });
      }
    },
  });
  const control = (action: TrainingAction): void =>
    void service.control(store.id, action).catch(() => undefined);
  const cancel = (): void => control('cancel');
  signal.addEventListener('abort', cancel);
  let unfollow = (): void => undefined;
  try {
    await service.start(run, series);
    if (pace !== undefined) unfollow = pace.follow(control);
    if (signal.aborted) cancel();
    const end = await service.ended(store.id);
    if (failure !== null) throw failure as Problem;
    if (end === null || signal.aborted) throw new Problem('cancelled');
    return await service.questions.ask('verifyRun', { runId: store.id });
  } finally {
    unfollow();
    signal.removeEventListener('abort', cancel);
    await service.close();
  }
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

function resultOf(verification: Verification): Omit<TrainedStation, 'folder' | 'remarks' | 'seconds'> {
  const { targetName, unit, stepSeconds, horizon, time, scores, verdict, intervals } = verification;
  const { value, low, high } = verdict.skill;
  return {
    kind: 'trained',
    target: targetName,
    unit,
    stepSeconds,
    horizon,
    windows: time.length,
    rmse: finite(scores.model.rmse),
    best: verdict.bestBaseline,
    bestRmse: finite(verdict.baselineRmse),
    skill: finite(scores.model.skill),
    skillOverBest: { value: finite(value) ?? 0, low: finite(low), high: finite(high) },
    coverage: finite(intervals?.overall[95].coverage),
    verdict: verdict.kind,
    pValue: finite(verdict.pValue),
    sentence: describeVerdict(verdict),
  };
}
