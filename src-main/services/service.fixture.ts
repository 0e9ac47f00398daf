import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { DeviceChoice } from '../contract/device';
import type { Forecast, Verification } from '../contract/results';
import type { Series } from '../contract/series';
import type { TrainingEvent } from '../contract/training';
import { isRunning } from '../files/processes';
import { RunLibrary, type NewRun } from '../library';
import { bundled } from '../bundle.fixture';
import type { TrainerClient } from '../trainer/processes/trainer-client';
import { forkTrainer, type TrainerProcess } from '../trainer/processes/trainer-process';
import { TrainingService } from './training-service';

export type EventOf<K extends TrainingEvent['kind']> = Extract<TrainingEvent, { kind: K }>;

/**
 * Trains a run to its end in a process that is asked again and again: for many trainings where processes are no part of the
 * question. As the first of several networks, which keeps to one core: a process may do that more than once.
 * @returns the folder of the run, whose record is left as it was
 */
export async function trainIn(
  trainer: TrainerClient,
  library: RunLibrary,
  run: NewRun,
  series: Series,
): Promise<string> {
  const folder = library.folderOf(await library.create({ ...run, status: 'training' }, series));
  await trainer.ask('train', { folder, member: 0, members: 2 });
  return folder;
}

/** The real engine in real processes, and for each test a service of its own over a library of its own. */
export class TrainingBench {
  folder = '';
  library!: RunLibrary;
  service!: TrainingService;
  /** What each process was started for, by its pid. */
  readonly devices = new Map<number | undefined, DeviceChoice>();
  /** The pids of those whose end was reported: the system knows it a moment earlier. */
  readonly ended = new Set<number | undefined>();
  /** All events the service has sent. */
  events: TrainingEvent[] = [];
  #waiting: (() => void)[] = [];

  constructor() {
    beforeEach(async () => {
      this.folder = await mkdtemp(join(tmpdir(), 'hindcast-training-'));
      this.library = new RunLibrary(join(this.folder, 'runs'));
      this.devices.clear();
      this.ended.clear();
      this.events = [];
      this.#waiting = [];
      this.service = this.serviceOver(this.library);
    });
    afterEach(async () => {
      await this.service.close();
      await rm(this.folder, { recursive: true, force: true });
    });
  }

  /** A service over another library, whose events arrive here too; the caller closes it. */
  serviceOver(library: RunLibrary): TrainingService {
    return new TrainingService({
      library,
      startTrainer: this.startTrainer,
      emit: (event) => {
        this.events.push(event);
        for (const look of this.#waiting) look();
      },
    });
  }

  readonly startTrainer = (device: DeviceChoice): TrainerProcess => {
    const trainer = forkTrainer(bundled('trainer'), device);
    this.devices.set(trainer.pid, device);
    trainer.onExit(() => this.ended.add(trainer.pid));
    return trainer;
  };

  /** The pids of the processes that are there. */
  running(): number[] {
    return [...this.devices.keys()].filter((pid): pid is number => pid !== undefined && isRunning(pid));
  }

  /** The first such event, past or to come. */
  event<K extends TrainingEvent['kind']>(
    kind: K,
    fits: (event: EventOf<K>) => boolean = () => true,
  ): Promise<EventOf<K>> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.events.find(
          (each): each is EventOf<K> => each.kind === kind && fits(each as EventOf<K>),
        );
        if (found) resolve(found);
      };
      this.#waiting.push(look);
      look();
    });
  }

  /** Trains a run to its end. */
  async train(run: NewRun, series: Series): Promise<string> {
    const { runId } = await this.service.start(run, series);
    await this.service.ended(runId);
    return runId;
  }

  verify(runId: string): Promise<Verification> {
    return this.service.questions.ask('verifyRun', { runId });
  }

  forecast(runId: string): Promise<Forecast> {
    return this.service.questions.ask('forecastRun', { runId });
  }
}
