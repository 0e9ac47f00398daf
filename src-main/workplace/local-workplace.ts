import { cpus } from 'node:os';
import type { DeviceChoice } from '../contract/device';
import type { StationOutcome } from '../contract/fleet';
import { MOST_MEMBERS } from '../contract/network';
import { Problem } from '../contract/problems';
import type { Verification } from '../contract/results';
import type { TrainingAction } from '../contract/training';
import { describeVerdict } from '../contract/verdict';
import { SingleRun } from '../library';
import { poolOfMembers, poolOfTrials, TrainingService, type Members, type Trials } from '../services';
import type { StationHooks, StationWork, Workplace } from './workplace';

/** What work is done with on this machine. */
export interface WorkplaceParts {
  readonly startTrainer: ConstructorParameters<typeof TrainingService>[0]['startTrainer'];
  readonly device: DeviceChoice;
  /** Trials of a search, networks of a training at a time; as many as there are processors if left out. */
  readonly parallel?: number;
}

interface LocalHooks extends StationHooks {
  /** Called when epochs are done and on the disk, with the last of them; of several networks with each one's. */
  readonly onEpoch?: (epoch: number) => void;
}

/** This machine: each training has processes of its own. Nothing has to be started. */
export class LocalWorkplace implements Workplace {
  readonly #parts: WorkplaceParts;

  constructor(parts: WorkplaceParts) {
    this.#parts = parts;
  }

  train({ run, series }: StationWork, folder: string, hooks: LocalHooks): Promise<StationOutcome> {
    return this.#train(folder, hooks, (service) => service.start(run, series));
  }

  trials(): Trials {
    const { startTrainer, device, parallel = cpus().length } = this.#parts;
    return poolOfTrials(() => startTrainer(device), parallel);
  }

  members(): Members {
    const { startTrainer, device, parallel } = this.#parts;
    return poolOfMembers(() => startTrainer(device), MOST_MEMBERS, parallel);
  }

  /** Goes on with the unfinished training that lies in a folder, as if it had never ended. @throws as `train` */
  goOn(folder: string, hooks: LocalHooks): Promise<StationOutcome> {
    return this.#train(folder, hooks, (service, id) => service.resume(id));
  }

  async #train(
    folder: string,
    { signal, onProgress, onEpoch, pace }: LocalHooks,
    begin: (service: TrainingService, id: string) => Promise<unknown>,
  ): Promise<StationOutcome> {
    const { startTrainer, device } = this.#parts;
    const store = new SingleRun(folder, true);
    let failure: Problem | null = null;
    let epochs = 0;
    const service = new TrainingService({
      library: store,
      startTrainer,
      device,
      emit(event) {
        if (event.kind === 'started') ({ epochs } = event);
        else if (event.kind === 'failed') failure = Problem.from(event.problem);
        else if (event.kind === 'progress') {
          const epoch = event.records.at(-1)?.epoch;
          onProgress(epoch === undefined || epochs === 0 ? null : epoch / epochs);
          if (epoch !== undefined) onEpoch?.(epoch);
        }
      },
    });
    const control = (action: TrainingAction): void =>
      void service.control(store.id, action).catch(() => undefined);
    const cancel = (): void => control('cancel');
    signal.addEventListener('abort', cancel);
    let unfollow = (): void => undefined;
    try {
      await begin(service, store.id);
      if (pace !== undefined) unfollow = pace.follow(control);
      if (signal.aborted) cancel();
      const end = await service.ended(store.id);
      if (failure !== null) throw failure as Problem;
      if (end === null || signal.aborted) throw new Problem('cancelled');
      return outcomeOf(await service.questions.ask('verifyRun', { runId: store.id }));
    } finally {
      unfollow();
      signal.removeEventListener('abort', cancel);
      await service.close();
    }
  }
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

function outcomeOf(verification: Verification): StationOutcome {
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
