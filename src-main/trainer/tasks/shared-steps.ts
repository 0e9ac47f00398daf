import type { z } from 'zod';
import type { SharedProgress } from '../../library';
import { ActiveClock } from '../../training/active-clock';
import type { LearningHooks } from '../../training/retrain';
import type { TrainingControl } from '../../training/training-control';
import type { TaskNews } from '../processes/protocol';

/**
 * Goes through the work on shared models step by step: waits while it is paused, keeps what was found, takes what was found
 * before, and tells how far it is, in pieces that take about as long as each other.
 */
export class SharedSteps {
  readonly #progress: SharedProgress;
  readonly #control: TrainingControl;
  readonly #total: number;
  readonly #tell: (news: TaskNews) => void;
  #done = 0;
  #before = 0;
  #seconds = 0;

  constructor(
    progress: SharedProgress,
    control: TrainingControl,
    total: number,
    tell: (news: TaskNews) => void,
  ) {
    this.#progress = progress;
    this.#control = control;
    this.#total = total;
    this.#tell = tell;
  }

  /** That it took so far without pauses, also before it was gone on with. */
  get seconds(): number {
    return this.#seconds;
  }

  /** A training whose epochs are kept. @param name as `SharedProgress` has it. @param pieces that it is */
  async train<T>(
    name: string,
    pieces: number,
    epochs: number,
    train: (hooks: LearningHooks) => Promise<T>,
  ): Promise<T> {
    const begun = this.#done;
    const reach = (epoch: number): number => (this.#done = begun + (pieces * epoch) / epochs);
    const folder = await this.#progress.trainingFolder(name);
    const trained = await this.#timed((hooks) =>
      train({
        ...hooks,
        folder,
        onGoesOn: (epoch) => (this.#before += reach(epoch) - begun),
        onEpoch: (epoch) => {
          reach(epoch);
          this.#say();
        },
      }),
    );
    this.#seconds += trained.seconds;
    this.#done = begun + pieces;
    this.#say();
    return trained.value;
  }

  /** Something that is kept once it is found: one piece. */
  async once<T>(name: string, schema: z.ZodType<T>, find: (hooks: LearningHooks) => Promise<T>): Promise<T> {
    const known = this.#progress.known(name, schema);
    const found = known ?? (await this.#timed(find));
    if (known === null) await this.#progress.keep(name, found);
    else this.#before += 1;
    this.#seconds += found.seconds;
    this.#done += 1;
    this.#say();
    return found.value;
  }

  async #timed<T>(action: (hooks: LearningHooks) => Promise<T>): Promise<{ seconds: number; value: T }> {
    await this.#control.untilResumed();
    const clock = new ActiveClock();
    const onPhase = (phase: 'paused' | 'resumed'): void =>
      phase === 'paused' ? clock.stop() : clock.start();
    const value = await action({ control: this.#control, onPhase });
    return { seconds: clock.seconds, value };
  }

  #say(): void {
    this.#tell({ kind: 'work', done: this.#done, total: this.#total, before: this.#before });
  }
}
