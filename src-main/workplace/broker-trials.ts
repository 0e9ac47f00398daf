import { phrase } from '../contract/phrases';
import { Problem, toProblem } from '../contract/problems';
import type { TrainingAction } from '../contract/training';
import { packTrial, readProgress, unpackTrial } from '../library';
import type { JobSender } from '../queue';
import type { TrialAsk, Trials, TrialsAsk, TrialScore } from '../services';
import { laySeries } from './kept-series';
import { Pace } from './pace';
import { TRIAL_JOB } from './trial-job';
import { WhileReached } from './while-reached';

/** Trials of a random search that are with the broker at a time: some wait there, so that no worker does. */
const TRIALS_WITH_BROKER = 32;

/** The trials of a search with the workers of a broker. Where they are to stop, what is not done is given up. */
export class BrokerTrials implements Trials {
  readonly parallel = TRIALS_WITH_BROKER;
  readonly #sender: JobSender;
  readonly #asked: TrialsAsk;
  readonly #reached: WhileReached;
  readonly #pace = new Pace();
  readonly #end = new AbortController();
  /** How many jobs go on from contents of this search. */
  readonly #inUse = new Map<string, number>();
  #readings: Promise<string> | null = null;

  constructor(sender: JobSender, asked: TrialsAsk) {
    this.#sender = sender;
    this.#asked = asked;
    this.#reached = new WhileReached(sender);
  }

  get broker(): string | null {
    return this.#reached.isHere ? null : this.#sender.place;
  }

  async train(trial: TrialAsk, onEpochs: (epochs: number) => void): Promise<TrialScore> {
    await this.#pace.going();
    return this.#reached.do(
      (signal) =>
        this.#trainThere(trial, onEpochs, signal).catch((error: unknown) => {
          // Another trial, which drew the same, had the same result and has just removed it.
          if (toProblem(error).code !== 'job-content') throw error;
          return this.#trainThere(trial, onEpochs, signal);
        }),
      () => this.#asked.here.train(trial, onEpochs),
      this.#end.signal,
    );
  }

  async #trainThere(
    { folder, settings, without, epochs }: TrialAsk,
    onEpochs: (epochs: number) => void,
    signal: AbortSignal,
  ): Promise<TrialScore> {
    const { contents } = this.#sender;
    this.#readings ??= laySeries(contents, this.#asked.series);
    const series = await this.#readings;
    const hasBegun = (await readProgress(folder)) !== null;
    const from = hasBegun ? await this.#lay(await packTrial(folder)) : null;
    const ask = { series, settings, without: [...without], epochs, from };
    const { answer, worker, forget } = await this.#sender.do(TRIAL_JOB, ask, {
      signal,
      onProgress: (fraction) => {
        if (fraction !== null) onEpochs(Math.round(fraction * epochs));
      },
    });
    const { score, left } = answer;
    // Before anything else: who waited for the same is told at the same moment.
    this.#hold(left);
    const archive = await contents.get(left);
    // What goes on elsewhere writes into the same folder.
    signal.throwIfAborted();
    const progress = await unpackTrial(archive, folder).catch(() => null);
    await forget().catch(() => undefined);
    await this.#remove(left);
    if (from !== null) await this.#remove(from);
    if (progress === null || progress.checkpoint.epoch !== score.epochs)
      throw new Problem('job-result-invalid', { worker, cause: phrase('archive-unfinished') });
    return score;
  }

  /** Two trials that drew the same have the same bytes. */
  async #lay(bytes: Uint8Array): Promise<string> {
    const hash = await this.#sender.contents.put(bytes);
    this.#hold(hash);
    return hash;
  }

  #hold(hash: string): void {
    this.#inUse.set(hash, (this.#inUse.get(hash) ?? 0) + 1);
  }

  async #remove(hash: string): Promise<void> {
    const left = (this.#inUse.get(hash) ?? 0) - 1;
    if (left > 0) this.#inUse.set(hash, left);
    else {
      this.#inUse.delete(hash);
      // What cannot be removed the broker keeps for a week.
      await this.#sender.contents.remove(hash).catch(() => undefined);
    }
  }

  control(action: TrainingAction): void {
    this.#asked.here.control(action);
    if (action === 'pause') this.#pace.pause();
    else this.#pace.resume();
    if (action === 'stop' || action === 'cancel') this.#giveUp();
  }

  close(): void {
    this.#giveUp();
    this.#asked.here.close();
  }

  #giveUp(): void {
    this.#end.abort();
    this.#pace.resume();
  }
}
