import type { TrainingAction } from '../../contract/training';
import { ActiveClock } from '../../training/active-clock';
import type { MemberEnd, TrainedElsewhere, TrainingEnd } from '../../training/training-end';
import type { TrainerEvent, TrainerTasks } from './protocol';
import type { TrainerClient } from './trainer-client';
import { NotBegun, type TrainerPool } from './trainer-pool';

/** Where the networks of one training are trained. */
export interface Members {
  /** The processes of this machine that are at it. */
  readonly pids: readonly number[];
  /**
   * Trains one network to its end; what it has then lies in its folder.
   * @throws Problem of the training; ProcessGone where what trained it ended, NotBegun where nothing more is begun
   */
  train(
    ask: TrainerTasks['train']['ask'],
    onEvent: (event: TrainerEvent) => void,
  ): Promise<MemberEnd & TrainedElsewhere>;
  /** After 'stop' and 'cancel' nothing more is begun. */
  control(action: TrainingAction): void;
  /** Gives away a process of this machine that is free, and ends the others; of no use afterwards. */
  release(): TrainerClient | null;
  /** Ends all at once. */
  close(): void;
}

/** In processes of this machine. */
export const membersIn = (pool: TrainerPool): Members => ({
  get pids() {
    return pool.pids;
  },
  train: (ask, onEvent) => pool.run('train', ask, onEvent),
  control: (action) => pool.control(action),
  release: () => pool.release(),
  close: () => pool.close(),
});

type Progress = Extract<TrainerEvent, { kind: 'progress' }>;

/** How far one network has come. */
interface MemberProgress {
  /** Epochs done. */
  epoch: number;
  epochsPerSecond: number;
  ended: boolean;
}

/** The networks of one training, each trained by itself: steered and reported as one. */
export class MemberGroup {
  readonly #place: Members;
  readonly #members: readonly MemberProgress[];
  readonly #onEvent: (event: TrainerEvent) => void;
  readonly #clock = new ActiveClock();
  #epochs = 0;
  #hasStarted = false;
  #isHere = false;
  #isPaused = false;
  #isCancelled = false;
  #isKilled = false;

  /** @param members how many there are */
  constructor(place: Members, members: number, onEvent: (event: TrainerEvent) => void) {
    this.#place = place;
    this.#members = Array.from({ length: members }, () => ({ epoch: 0, epochsPerSecond: 0, ended: false }));
    this.#onEvent = onEvent;
  }

  get pids(): readonly number[] {
    return this.#place.pids;
  }

  /**
   * Trains them all; resolves when the last has ended.
   * @param started what is told first where no process of this machine tells it
   * @throws Problem of a training, ProcessGone when a process ends: the others are ended then
   */
  async train(folder: string, started: TrainerEvent | null = null): Promise<TrainingEnd> {
    if (started !== null) this.#take(0, started);
    try {
      const ends = await Promise.all(this.#members.map((_, member) => this.#trainMember(folder, member)));
      return this.#endOf(ends);
    } catch (error) {
      this.#place.close();
      throw error;
    }
  }

  control(action: TrainingAction): void {
    if (action === 'pause') this.#clock.stop();
    else this.#clock.start();
    this.#isCancelled ||= action === 'cancel';
    this.#place.control(action);
  }

  /** Gives away one of its processes, for other tasks, and ends the others. */
  release(): TrainerClient | null {
    return this.#place.release();
  }

  kill(): void {
    this.#isKilled = true;
    this.#place.close();
  }

  async #trainMember(folder: string, member: number): Promise<MemberEnd & TrainedElsewhere> {
    const progress = this.#members[member]!;
    try {
      const ask = { folder, member, members: this.#members.length };
      return await this.#place.train(ask, (event) => this.#take(member, event));
    } catch (error) {
      // Stopped or cancelled before its turn came. Whatever else ends a process is no wish of the user's.
      if (!(error instanceof NotBegun) || this.#isKilled) throw error;
      return { reason: 'cancelled', epochs: 0, keptEpoch: 0, seconds: 0, msPerStep: 0 };
    } finally {
      progress.ended = true;
      progress.epochsPerSecond = 0;
    }
  }

  #take(member: number, event: TrainerEvent): void {
    switch (event.kind) {
      case 'started':
        this.#epochs = event.epochs;
        if (!this.#hasStarted) this.#onEvent(event);
        this.#hasStarted = true;
        return;
      case 'progress':
        this.#onEvent(this.#joined(member, event));
        return;
      case 'paused':
      case 'resumed':
        // All are asked at once, and the first answer tells it for all.
        if (this.#isPaused === (event.kind === 'paused')) return;
        this.#isPaused = event.kind === 'paused';
        this.#onEvent(event);
        return;
      case 'goes-on-here':
        if (!this.#isHere) this.#onEvent(event);
        this.#isHere = true;
        return;
      case 'trial':
        return;
    }
  }

  /** One network's progress with the speed of all, and the time that all need. */
  #joined(member: number, event: Progress): Progress {
    const progress = this.#members[member]!;
    progress.epoch = Math.round(event.fraction * this.#epochs);
    progress.epochsPerSecond = event.epochsPerSecond;
    if (this.#members.length === 1) return event;
    const epochsPerSecond = this.#members.reduce((sum, each) => sum + each.epochsPerSecond, 0);
    const left = this.#members.reduce((sum, each) => sum + (each.ended ? 0 : this.#epochs - each.epoch), 0);
    const secondsLeft = event.secondsLeft === null ? null : left / epochsPerSecond;
    const fraction = 1 - left / (this.#members.length * this.#epochs);
    return { ...event, member, epochsPerSecond, fraction, secondsLeft };
  }

  #endOf(ends: readonly (MemberEnd & TrainedElsewhere)[]): TrainingEnd {
    const [only] = ends;
    if (ends.length === 1 && only !== undefined) return only;
    const trained = ends.filter(({ epochs }) => epochs > 0);
    return {
      reason: this.#reasonOf(ends, trained.length > 0),
      epochs: Math.max(...ends.map(({ epochs }) => epochs)),
      keptEpoch: Math.max(...ends.map(({ keptEpoch }) => keptEpoch)),
      seconds: this.#clock.seconds,
      msPerStep: trained.reduce((sum, { msPerStep }) => sum + msPerStep, 0) / Math.max(1, trained.length),
      members: ends.map(({ epochs, keptEpoch, trainedBy }) => ({
        epochs,
        keptEpoch,
        ...(trainedBy === undefined ? {} : { trainedBy }),
      })),
      versions: ends.find(({ versions }) => versions !== undefined)?.versions,
    };
  }

  /** A network that a stop met before its first epoch says 'cancelled': it is only left out. */
  #reasonOf(ends: readonly MemberEnd[], hasTrained: boolean): TrainingEnd['reason'] {
    const has = (reason: TrainingEnd['reason']): boolean => ends.some((end) => end.reason === reason);
    if (!hasTrained || this.#isCancelled) return 'cancelled';
    if (has('stopped') || has('cancelled')) return 'stopped';
    return has('early-stopping') ? 'early-stopping' : 'completed';
  }
}
