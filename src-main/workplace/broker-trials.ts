import { phrase } from '../contract/phrases';
import { Problem, toProblem } from '../contract/problems';
import type { Series } from '../contract/series';
import type { TrainingAction } from '../contract/training';
import { packTrial, readProgress, unpackTrial } from '../library';
import type { JobSender } from '../queue';
import { NotBegun, type TrialAsk, type Trials, type TrialScore } from '../services';
import { laySeries } from './kept-series';
import { Pace } from './pace';
import { TRIAL_JOB } from './trial-job';

/** Trials of a random search that are with the broker at a time: some wait there, so that no worker does. */
const TRIALS_WITH_BROKER = 32;

/** The trials of a search with the workers of a broker. Where they are to stop, what is not done is given up. */
export class BrokerTrials implements Trials {
  readonly parallel = TRIALS_WITH_BROKER;
  readonly #sender: JobSender;
  readonly #series: Series;
  readonly #pace = new Pace();
  readonly #end = new AbortController();
  /** How many jobs go on from contents of this search. */
  readonly #inUse = new Map<string, number>();
  #readings: Promise<string> | null = null;

  constructor(sender: JobSender, series: Series) {
    this.#sender = sender;
    this.#series = series;
  }

  async train(trial: TrialAsk, onEpochs: (epochs: number) => void): Promise<TrialScore> {
    const { signal } = this.#end;
    try {
      await this.#pace.going();
      signal.throwIfAborted();
      return await this.#trainThere(trial, onEpochs).catch((error: unknown) => {
        // Another trial, which drew the same, had the same result and has just removed it.
        if (toProblem(error).code !== 'job-content') throw error;
        return this.#trainThere(trial, onEpochs);
      });
    } catch (error) {
      throw signal.aborted ? new NotBegun(phrase('not-begun')) : error;
    }
  }

  async #trainThere(
    { folder, settings, without, epochs }: TrialAsk,
    onEpochs: (epochs: number) => void,
  ): Promise<TrialScore> {
    const { contents } = this.#sender;
    this.#readings ??= laySeries(contents, this.#series);
    const series = await this.#readings;
    const hasBegun = (await readProgress(folder)) !== null;
    const from = hasBegun ? await this.#lay(await packTrial(folder)) : null;
    const ask = { series, settings, without: [...without], epochs, from };
    const { answer, worker, forget } = await this.#sender.do(TRIAL_JOB, ask, {
      signal: this.#end.signal,
      onProgress: (fraction) => {
        if (fraction !== null) onEpochs(Math.round(fraction * epochs));
      },
    });
    const { score, left } = answer;
    // Before anything else: who waited for the same is told at the same moment.
    this.#hold(left);
    const progress = await unpackTrial(await contents.get(left), folder).catch(() => null);
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
    if (action === 'pause') this.#pace.pause();
    else this.#pace.resume();
    if (action === 'stop' || action === 'cancel') this.close();
  }

  close(): void {
    this.#end.abort();
    this.#pace.resume();
  }
}
