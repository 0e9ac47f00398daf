import { Problem } from '../contract/problems';
import type { DeviceChoice } from '../contract/device';
import type { ExportFormat, ExportReport } from '../contract/export-formats';
import type { Series } from '../contract/series';
import type { TrainingAction, TrainingEvent, TrainingUnderWay } from '../contract/training';
import { replaceExport } from '../forecaster';
import {
  interruptRun,
  readHistories,
  type NewRun,
  type Release,
  type RunStore,
  type RunWeights,
  type SavedRun,
} from '../library';
import type { TrainerEvent, TrainerRequest } from '../trainer/processes/protocol';
import type { TrainingEnd } from '../training/training-end';
import { describeFailure, requireResumable, STATUS_OF } from './how-it-ended';
import { MemberGroup } from '../trainer/processes/member-group';
import { allEpochs, LiveTraining } from './live-training';
import { poolOfMembers, startedElsewhere, type MembersAsk, type MembersElsewhere } from './members';
import { SpareProcess } from '../processes/spare-process';
import { RunQuestions } from './run-questions';
import { ProcessGone } from '../processes/task-client';
import type { TrainerProcess } from '../trainer/processes/trainer-process';

export interface TrainingServiceParts {
  readonly library: RunStore;
  startTrainer(device: DeviceChoice): TrainerProcess;
  /** Where its processes compute, until `useDevice` says otherwise. */
  readonly device?: DeviceChoice;
  /** Called with everything that happens to the running training, at most some 20 times a second. */
  emit(event: TrainingEvent): void;
  /** Where the networks of a new training are trained, if there are several; null, and when left out: on this machine. */
  membersOn?(asked: MembersAsk): Promise<MembersElsewhere | null>;
}

/** The training under way. */
interface ActiveTraining {
  readonly runId: string;
  readonly group: MemberGroup;
  /** What its processes were started for. */
  readonly device: DeviceChoice;
  /** Settled when it has ended, in whatever way, and its run says so; null where there is nothing to keep. */
  readonly ended: Promise<TrainingEnd | null>;
  /** Lets other processes train the run. */
  readonly unlock: Release;
  cancelled: boolean;
}

/** How long a trainer may take to answer a stop or a cancel before it is killed. */
const PATIENCE_MS = 2000;

/**
 * Trainings, and exports of what was trained. Only moves messages: all work with many numbers is done by trainer
 * processes. One training at a time; results of other runs can be asked for meanwhile.
 */
export class TrainingService {
  /** What trained runs are asked. */
  readonly questions: RunQuestions;
  readonly #library: RunStore;
  readonly #startTrainer: TrainingServiceParts['startTrainer'];
  readonly #membersOn: TrainingServiceParts['membersOn'];
  #device: DeviceChoice;
  readonly #spare: SpareProcess<TrainerRequest>;
  /** Whether a process is to wait for the next training. */
  #keepsReady = false;
  readonly #emit: (event: TrainingEvent) => void;
  #active: ActiveTraining | null = null;
  readonly #live = new LiveTraining();
  /** From the press of the button on, before there is a run; and while a search is running. */
  #starting = false;

  constructor({ library, startTrainer, device = 'auto', emit, membersOn }: TrainingServiceParts) {
    this.#library = library;
    this.#startTrainer = startTrainer;
    this.#membersOn = membersOn;
    this.#device = device;
    const start = (): TrainerProcess => this.startTrainer();
    this.#spare = new SpareProcess(start, (process) => process.send({ kind: 'warm-up' }));
    this.#emit = (event) => {
      this.#live.take(event);
      emit(event);
    };
    this.questions = new RunQuestions(library, start);
  }

  /** A process that computes where it was said last, the caller's own. */
  startTrainer(): TrainerProcess {
    return this.#startTrainer(this.#device);
  }

  /** Where every process started from now on computes. What is running continues as it began. */
  useDevice(device: DeviceChoice): void {
    if (device === this.#device) return;
    this.#device = device;
    this.#spare.replace();
    this.questions.startAfresh();
  }

  /** The processes that train at this moment, for tests. */
  get trainerPids(): readonly number[] {
    return this.#active?.group.pids ?? [];
  }

  /** From now on a process waits for each training, so that it begins at once. @returns its pid */
  keepReady(): number | undefined {
    this.#keepsReady = true;
    this.#spare.prepare();
    return this.#spare.pid;
  }

  /**
   * Keeps a new run and trains it. Resolves when training has begun; what cannot be trained leaves no run behind.
   * @throws Problem 'trainer-busy', 'setting-invalid', 'engine-missing', 'trainer-died-before', 'cannot-write', and what
   * preparing the series throws
   */
  async start(run: NewRun, series: Series, weights?: RunWeights): Promise<{ readonly runId: string }> {
    if (this.#starting || this.#active !== null) throw new Problem('trainer-busy');
    this.#starting = true;
    try {
      const runId = await this.#library.create({ ...run, status: 'training' }, series, weights);
      let unlock: Release | undefined;
      try {
        unlock = await this.#library.lock(runId);
        await this.#begin(runId, unlock, series);
      } catch (error) {
        unlock?.();
        // The reason why it could not begin matters, not that the disk also refuses to remove it.
        await this.#library.delete(runId).catch(() => undefined);
        if (error instanceof ProcessGone) throw new Problem('trainer-died-before', { cause: error.because });
        throw error;
      }
      return { runId };
    } finally {
      this.#starting = false;
    }
  }

  /**
   * Continues a run that was interrupted or stopped, as if it had never ended; given more epochs, also with a complete
   * one. Resolves when training has begun; a run that cannot be gone on with stays as it was.
   * @throws Problem 'trainer-busy', 'run-missing', 'run-damaged', 'nothing-to-resume', and what `start` throws
   */
  async resume(runId: string, epochs?: number): Promise<void> {
    if (this.#starting || this.#active !== null) throw new Problem('trainer-busy');
    this.#starting = true;
    let unlock: Release | undefined;
    try {
      unlock = await this.#library.lock(runId);
      const before = await this.#library.record(runId);
      const { status, settings, measured, warnings } = before;
      const wanted = { ...settings, epochs: epochs ?? settings.epochs };
      requireResumable(before, wanted.epochs);
      this.questions.forget(runId);
      await this.#library.update(runId, {
        status: 'training',
        settings: wanted,
        measured: null,
        warnings: warnings.map((warning) => ({ ...warning, learned: null })),
      });
      try {
        await this.#begin(runId, unlock);
      } catch (error) {
        const unchanged = { status, settings, measured, warnings };
        await this.#library.update(runId, unchanged).catch(() => this.#library.hold(runId, unchanged));
        if (error instanceof ProcessGone) throw new Problem('trainer-died-before', { cause: error.because });
        throw error;
      }
    } catch (error) {
      unlock?.();
      throw error;
    } finally {
      this.#starting = false;
    }
  }

  /** Keeps trainings away until what it returns is called. @throws Problem 'trainer-busy' */
  hold(): () => void {
    if (this.#starting || this.#active !== null) throw new Problem('trainer-busy');
    this.#starting = true;
    let held = true;
    return () => {
      if (held) this.#starting = false;
      held = false;
    };
  }

  /** Resolves when it was done: a cancelled run is gone, a stopped one can be verified. @throws Problem 'run-missing' */
  async control(runId: string, action: TrainingAction): Promise<void> {
    const active = this.#active;
    if (active?.runId !== runId) throw new Problem('run-missing');
    active.group.control(action);
    if (action === 'pause' || action === 'resume') return;
    if (action === 'cancel') active.cancelled = true;
    const timer = setTimeout(() => active.group.kill(), PATIENCE_MS);
    await active.ended;
    clearTimeout(timer);
  }

  /** Resolves when the training has ended and its run says so; null where nothing was kept. @throws Problem 'run-missing' */
  ended(runId: string): Promise<TrainingEnd | null> {
    if (this.#active?.runId !== runId) throw new Problem('run-missing');
    return this.#active.ended;
  }

  /** The training under way with its curve so far; null where none is. @throws Problem of reading */
  underWay(): Promise<TrainingUnderWay | null> {
    return this.#live.underWay(async (runId) => {
      const { settings } = await this.#library.record(runId);
      return await readHistories(this.#library.folderOf(runId), allEpochs(settings.members));
    });
  }

  /**
   * Exports a run in some formats with its forecaster.json, each checked against the trained network. In the folder the new
   * export takes the place of an old one when it is written and checked, and not before.
   * @throws Problem as `RunQuestions.ask`, as `replaceExport`, 'export-mismatch', 'export-unreadable'
   */
  async exportModel(
    runId: string,
    destination: string,
    formats: readonly ExportFormat[],
  ): Promise<ExportReport> {
    let report: ExportReport | null = null;
    await replaceExport(destination, async (aside) => {
      report = await this.questions.ask('exportFormats', { runId, destination: aside, formats });
    });
    return { ...report!, folder: destination };
  }

  /** Takes an exported forecaster.json in as a run. @throws Problem 'forecaster-invalid', 'cannot-write' */
  async importForecaster(file: string): Promise<{ readonly runId: string }> {
    const { run, series, weights } = await this.questions.run('readExport', { file });
    return { runId: await this.#library.create(run, series, weights) };
  }

  /** To be called before a run is put aside: what is known of it is forgotten; the one under way is cancelled, and gone. */
  async letGo(runId: string): Promise<void> {
    if (this.#active?.runId === runId) await this.control(runId, 'cancel');
    this.questions.forget(runId);
  }

  /** Ends all processes at once. A training under way is interrupted: its last finished epoch stays. */
  async close(): Promise<void> {
    this.#keepsReady = false;
    this.#spare.close();
    this.questions.close();
    const active = this.#active;
    active?.group.kill();
    await active?.ended;
  }

  /** Has the networks of a run trained; resolves with the first word of it and follows them from there. @param series of a new run */
  async #begin(runId: string, unlock: Release, series?: Series): Promise<void> {
    const { settings } = await this.#library.record(runId);
    const here = poolOfMembers(() => this.#spare.take(), settings.members);
    const asked = series === undefined || settings.members === 1 ? null : { settings, series, here };
    const elsewhere = (asked && (await this.#membersOn?.(asked))) ?? null;
    const first = asked && elsewhere && startedElsewhere(elsewhere, asked);
    return new Promise((begun, failed) => {
      let started = false;
      const group = new MemberGroup(elsewhere ?? here, settings.members, (event) => {
        if (event.kind === 'started') {
          started = true;
          begun();
        }
        this.#tell(runId, event);
      });
      const ended = group.train(this.#library.folderOf(runId), first).then(
        (end) => this.#finish(runId, group, end),
        async (error: unknown) => {
          if (started) return await this.#fail(runId, error);
          this.#leave();
          failed(error);
          return null;
        },
      );
      this.#active = { runId, group, device: this.#device, ended, unlock, cancelled: false };
      void ended.then(() => {
        if (this.#keepsReady) this.#spare.prepare();
      });
    });
  }

  /** From here on this process and others may train again. */
  #leave(): void {
    this.#active?.unlock();
    this.#active = null;
  }

  #tell(runId: string, event: TrainerEvent): void {
    if (event.kind === 'trial') return;
    if (event.kind !== 'started') {
      this.#emit({ ...event, runId });
      return;
    }
    const { versions, ...started } = event;
    void this.#library.update(runId, { versions }).catch(() => this.#library.hold(runId, { versions }));
    this.#emit({ ...started, runId });
  }

  async #finish(runId: string, group: MemberGroup, end: TrainingEnd): Promise<TrainingEnd | null> {
    const { reason, epochs, keptEpoch, seconds, members, versions } = end;
    if (reason === 'cancelled') {
      group.kill();
      return await this.#cancel(runId);
    }
    const client = group.release();
    if (this.#active?.device !== this.#device) client?.kill();
    else if (client !== null) this.questions.adopt(client);
    try {
      await this.#library.update(runId, {
        epochs,
        keptEpoch,
        seconds,
        ...(members === undefined ? {} : { members: [...members] }),
        ...(versions === undefined ? {} : { versions }),
      });
      await this.#keepFurtherTargets(runId);
      // Last: what ends before is found interrupted, and resuming it makes what is lacking.
      await this.#library.update(runId, { status: STATUS_OF[reason] });
    } catch (error) {
      return await this.#fail(runId, error);
    }
    this.#leave();
    this.#emit({ kind: 'finished', runId, reason, keptEpoch, seconds });
    return end;
  }

  /** What was learned of further targets becomes a run for each. */
  async #keepFurtherTargets(runId: string): Promise<void> {
    const { columns, keptEpoch } = await this.#library.record(runId);
    if (keptEpoch === 0 || !columns.some(({ role }) => role === 'also-target')) return;
    const further = await this.questions.ask('furtherTargets', { runId });
    for (const [index, { run, series, weights }] of further.entries()) {
      await this.#library.createAlongside(runId, index + 1, run, series, weights);
    }
  }

  async #fail(runId: string, error: unknown): Promise<null> {
    if (this.#active?.cancelled === true) return await this.#cancel(runId);
    const nothing: SavedRun = { epochs: 0, keptEpoch: 0, seconds: 0 };
    const saved = await interruptRun(this.#library, runId).catch(() => nothing);
    this.#leave();
    this.#emit({
      kind: 'failed',
      runId,
      problem: describeFailure(error, saved.keptEpoch).toData(),
      savedEpoch: saved.epochs,
    });
    return null;
  }

  async #cancel(runId: string): Promise<null> {
    // Before the folder goes, in which the lock is a file.
    this.#active?.unlock();
    // A disk that refuses is no reason to be stuck in a training that has ended.
    await this.#library.delete(runId).catch(() => undefined);
    this.#leave();
    this.#emit({ kind: 'cancelled', runId });
    return null;
  }
}
