import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { secondsLeftAfter } from '../contract/progress';
import type { WorkProgress } from '../contract/work';
import type { TaskName, TrainerTasks } from '../trainer/processes/protocol';
import { ProcessGone } from '../processes/task-client';
import { TrainerClient } from '../trainer/processes/trainer-client';
import type { TrainerProcess } from '../trainer/processes/trainer-process';

/**
 * Calculations over a run that take their time, one at once, each in a process of its own: cancelling ends the process,
 * and nothing else waits for it.
 */
export class LongTasks {
  readonly #startTrainer: () => TrainerProcess;
  #active: { readonly client: TrainerClient; cancelled: boolean } | null = null;

  constructor(startTrainer: () => TrainerProcess) {
    this.#startTrainer = startTrainer;
  }

  /** @throws Problem 'work-busy', 'cancelled', 'trainer-failed', and those of the task */
  async run<N extends TaskName>(
    task: N,
    ask: TrainerTasks[N]['ask'],
    onProgress: (progress: WorkProgress) => void,
  ): Promise<TrainerTasks[N]['answer']> {
    if (this.#active !== null) throw new Problem('work-busy');
    const client = new TrainerClient(this.#startTrainer());
    const active = { client, cancelled: false };
    this.#active = active;
    const began = performance.now();
    try {
      return await client.ask(task, ask, (news) => {
        if (news.kind !== 'work') return;
        const { done, total } = news;
        const fraction = done / total;
        const secondsLeft = secondsLeftAfter((performance.now() - began) / 1000, fraction);
        onProgress({ done, total, fraction, secondsLeft });
      });
    } catch (error) {
      if (!(error instanceof ProcessGone)) throw error;
      throw active.cancelled
        ? new Problem('cancelled')
        : new Problem(
            'trainer-failed',
            { cause: phrase('process-ended', { what: error.because }) },
            { cause: error },
          );
    } finally {
      this.#active = null;
      client.kill();
    }
  }

  /** Nothing happens where nothing is under way. */
  cancel(): void {
    if (this.#active === null) return;
    this.#active.cancelled = true;
    this.#active.client.kill();
  }
}
