import { cpus } from 'node:os';
import { Problem, toProblem } from '../contract/problems';
import {
  AS_SET,
  chosenTrial,
  rankTrials,
  INPUT_SHARE,
  settleTrials,
  trialsToCompare,
  type SearchAction,
  type SearchOptions,
  type SearchReport,
  type SearchTrial,
} from '../contract/search';
import type { Series } from '../contract/series';
import { readWeights, type NewRun, type SearchFolder } from '../library';
import { inputsToChooseFrom, withoutColumns } from '../model';
import { finalSettings, requireSearchable, runSearch } from '../search';
import { ActiveClock } from '../training/active-clock';
import { ProcessGone } from '../processes/task-client';
import type { TrialPlace } from '../trainer/processes/protocol';
import { TrainerPool } from '../trainer/processes/trainer-pool';
import { leftOutBy, mayDraw, newReport, nextTrial, settingsOfTrial } from './search-report';
import type { TrainingService } from './training-service';
import { trialsIn, type Trials, type TrialsAsk } from './trials';

export interface SearchServiceParts {
  readonly folder: SearchFolder;
  /** Starts the trials' processes, trains the best in the end, and keeps other trainings away until then. */
  readonly training: TrainingService;
  /** Called with the leaderboard as it changes, at most some five times a second. */
  emit(report: SearchReport): void;
  /** Trials trained side by side; the processor's cores when left out. */
  readonly parallel?: number;
  /** Where they are trained; null, and when left out: in processes of this machine. */
  trialsOn?(asked: TrialsAsk): Promise<Trials | null>;
}

/** The search under way. */
interface ActiveSearch {
  readonly run: NewRun;
  readonly series: Series;
  /** Of the trials, where they are trained on this machine, and then of their comparison. */
  pool: TrainerPool;
  readonly trials: Trials;
  readonly clock: ActiveClock;
  report: SearchReport;
  /** Nothing more is begun: the time is up, or the user wants no more. */
  timeIsUp: boolean;
  /** What comes after the trials: the best is trained, nothing, or the app is closing. */
  next: 'train' | 'cancel' | 'close';
  deadline: NodeJS.Timeout | undefined;
  /** Reports the time left, also where an epoch takes long. */
  ticker: NodeJS.Timeout | undefined;
  ended: Promise<void>;
}

/** So many trials may fail before one has a score. */
const MOST_FAILURES = 8;
const REPORT_EVERY_MS = 200;
const TICK_MS = 1000;
const SAVE_EVERY_MS = 1000;
/** How long trainers may take to answer the end of the time before they are killed. */
const PATIENCE_MS = 2000;

/**
 * Searches for good settings: trials in several trainer processes, scored on the validation part alone; then one training
 * of the best. Only moves messages and keeps the leaderboard. One search at a time, and no training beside it.
 */
export class SearchService {
  readonly #parts: SearchServiceParts;
  #active: ActiveSearch | null = null;
  #tellTimer: NodeJS.Timeout | undefined;
  #savedAt = 0;

  constructor(parts: SearchServiceParts) {
    this.#parts = parts;
  }

  /** The processes at work, for tests. */
  get trainerPids(): readonly number[] {
    return this.#active?.pool.pids ?? [];
  }

  /**
   * Begins a search; resolves when its first report is kept.
   * @param run its settings are what the trials have in common
   * @throws Problem 'trainer-busy', 'setting-invalid', 'cannot-write'
   */
  async start(run: NewRun, series: Series, options: SearchOptions): Promise<void> {
    requireSearchable(run.settings);
    const { folder, training, parallel = cpus().length } = this.#parts;
    const release = training.hold();
    try {
      const report = newReport(run, series, options);
      await folder.begin(series);
      await folder.writeReport(report).catch(async (error: unknown) => {
        await folder.end().catch(() => undefined);
        throw error;
      });
      const pool = new TrainerPool(() => training.startTrainer(), parallel);
      const here = trialsIn(pool, parallel);
      const trials = (await this.#parts.trialsOn?.({ series, here })) ?? here;
      const active: ActiveSearch = {
        run,
        series,
        pool,
        trials,
        clock: new ActiveClock(),
        report,
        timeIsUp: false,
        next: 'train',
        deadline: undefined,
        ticker: undefined,
        ended: Promise.resolve(),
      };
      this.#active = active;
      this.#startDeadline(active);
      active.ticker = setInterval(() => this.#change(active, {}), TICK_MS);
      active.ended = this.#search(active, parallel, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** The running search, or the last one; null where there was none. */
  report(): Promise<SearchReport | null> {
    return this.#active === null ? this.#parts.folder.readReport() : Promise.resolve(this.#now(this.#active));
  }

  /** Resolves when a search that was begun has ended, in whatever way, with its last report. */
  async ended(): Promise<SearchReport | null> {
    await this.#active?.ended;
    return this.report();
  }

  /** Nothing happens where no search is running. */
  async control(action: SearchAction): Promise<void> {
    const active = this.#active;
    if (active === null) return;
    switch (action) {
      case 'pause':
        if (active.report.state !== 'running') return;
        clearTimeout(active.deadline);
        active.clock.stop();
        active.trials.control('pause');
        this.#change(active, { state: 'paused' });
        return;
      case 'resume':
        if (active.report.state !== 'paused') return;
        active.clock.start();
        this.#startDeadline(active);
        active.trials.control('resume');
        this.#change(active, { state: 'running' });
        return;
      case 'finish':
        this.#endTrials(active);
        return;
      case 'cancel':
        active.next = 'cancel';
        this.#endTrials(active);
        if (active.report.state === 'comparing') active.pool.close();
        if (active.report.runId !== null) await this.#parts.training.control(active.report.runId, 'cancel');
        await active.ended;
    }
  }

  /** Ends all processes at once. The leaderboard stays as it was kept last. */
  async close(): Promise<void> {
    const active = this.#active;
    if (active === null) return;
    active.next = 'close';
    active.timeIsUp = true;
    clearTimeout(active.deadline);
    active.trials.close();
    active.pool.close();
    await active.ended;
  }

  async #search(active: ActiveSearch, parallel: number, release: () => void): Promise<void> {
    const { options, settings } = active.report;
    try {
      await this.#orderInputs(active);
      const asSet = this.#tryAsSet(active);
      const drawn = runSearch({
        method: options.method,
        epochs: settings.epochs,
        parallel: active.trials.parallel,
        draw: () => this.#draw(active),
        mayDraw: () => !active.timeIsUp && mayDraw(active.report),
        train: (number, epochs) => this.#train(active, number, epochs),
        mark: (number, state) => this.#changeTrial(active, number, { state }),
        mayGoOn: () => !active.timeIsUp,
      });
      await Promise.all([asSet, drawn]);
      this.#stopClock(active);
      active.trials.close();
      active.pool.close();
      this.#change(active, { trials: settleTrials(active.report.trials) });
      if (active.next === 'train') await this.#compare(active, parallel);
      release();
      if (active.next === 'cancel') this.#change(active, { state: 'cancelled' });
      else if (active.next === 'train') await this.#trainBest(active);
    } catch (error) {
      this.#change(active, { state: 'failed', problem: toProblem(error).toData() });
    } finally {
      active.trials.close();
      active.pool.close();
      release();
      clearTimeout(active.deadline);
      clearInterval(active.ticker);
      await this.#keep(active);
      await this.#parts.folder.end().catch(() => undefined);
      this.#active = null;
      this.#tell(this.#now(active));
    }
  }

  /** Which columns to try first; none where they cannot be ranked: the trials then say what is wrong. */
  async #orderInputs(active: ActiveSearch): Promise<void> {
    const { run, series, report, pool } = active;
    const candidates = inputsToChooseFrom(run, series);
    if (report.options.space[INPUT_SHARE] === null || candidates.length === 0) return;
    const { seriesFolder } = this.#parts.folder;
    const ask = { seriesFolder, settings: report.settings, candidates };
    const inputOrder = await pool.run('rankInputs', ask).catch(() => []);
    this.#change(active, { inputOrder: [...inputOrder] });
  }

  /** Where the search begins: the settings as they are. */
  async #tryAsSet(active: ActiveSearch): Promise<void> {
    const score = await this.#train(active, this.#draw(active), active.report.settings.epochs);
    if (score !== null && !active.timeIsUp) this.#changeTrial(active, AS_SET, { state: 'finished' });
  }

  #draw(active: ActiveSearch): number {
    const trial = nextTrial(active.report, active.series);
    this.#change(active, { trials: [...active.report.trials, trial] });
    return trial.number;
  }

  /** A process that dies is replaced once: the trial continues from its last epoch. */
  async #train(active: ActiveSearch, number: number, epochs: number, again = false): Promise<number | null> {
    const ask = { ...(await this.#placeOf(active, number)), epochs };
    try {
      const scored = await active.trials.train(ask, (done) =>
        this.#changeTrial(active, number, { state: 'training', epochs: done }),
      );
      this.#changeTrial(active, number, scored);
      return scored.rmse;
    } catch (error) {
      const gone = error instanceof ProcessGone;
      if (gone && active.timeIsUp) return null;
      if (gone && !again) return this.#train(active, number, epochs, true);
      this.#changeTrial(active, number, { state: 'failed' });
      // One trial may ask for more than the readings hold. Where all do, more time does not help.
      this.#change(active, { problem: active.report.problem ?? toProblem(error).toData() });
      if (active.report.trials.filter(({ state }) => state === 'failed').length >= MOST_FAILURES) {
        if (rankTrials(active.report.trials).length === 0) this.#endTrials(active);
      }
      return null;
    }
  }

  async #placeOf({ report, series }: ActiveSearch, number: number): Promise<TrialPlace> {
    const { folder } = this.#parts;
    const trial = report.trials[number]!;
    return {
      seriesFolder: folder.seriesFolder,
      folder: await folder.trialFolder(number),
      settings: settingsOfTrial(report, trial),
      without: leftOutBy(report, series, trial),
    };
  }

  /** The best are compared as they would forecast. Where one cannot be, it is not taken. */
  async #compare(active: ActiveSearch, parallel: number): Promise<void> {
    const trials = trialsToCompare(active.report.trials);
    if (trials.length < 2) return;
    this.#change(active, { state: 'comparing' });
    active.pool = new TrainerPool(() => this.#parts.training.startTrainer(), parallel);
    await Promise.all(
      trials.map(async ({ number, bestEpoch, rmse }) => {
        const ask = { ...(await this.#placeOf(active, number)), epoch: bestEpoch };
        const compared = await active.pool.run('compareTrial', ask).catch(() => undefined);
        if (compared !== undefined) this.#changeTrial(active, number, { blended: compared ?? rmse });
      }),
    );
    active.pool.close();
  }

  /** The only look at the test part: the scores of this one training. */
  async #trainBest(active: ActiveSearch): Promise<void> {
    const best = chosenTrial(active.report.trials);
    if (best === undefined) {
      const problem = active.report.problem ?? new Problem('search-too-short').toData();
      this.#change(active, { state: 'failed', problem });
      return;
    }
    const { training } = this.#parts;
    this.#change(active, { state: 'retraining', problem: null });
    const { runId } =
      best.number === AS_SET
        ? await training.start(active.run, active.series)
        : await this.#startAgain(active, best);
    this.#change(active, { runId });
    const end = await training.ended(runId);
    if (end === null) this.#change(active, { state: 'cancelled', runId: null });
    else this.#change(active, { state: 'finished' });
  }

  /** Trains a drawn trial's settings again, on all but the test part. */
  async #startAgain(active: ActiveSearch, trial: SearchTrial): Promise<{ readonly runId: string }> {
    const { training, folder } = this.#parts;
    const { report } = active;
    const { number, choice, bestEpoch } = trial;
    const settings = finalSettings(report.settings, choice, bestEpoch);
    // The trial has not seen the validation part: intervals and the share of ridge are learned from its errors there.
    const rehearsal = { settings: settingsOfTrial(report, trial), keptEpoch: bestEpoch };
    const theta = await readWeights(await folder.trialFolder(number), bestEpoch);
    const left = leftOutBy(report, active.series, trial);
    const { run, series } = withoutColumns(active.run, active.series, left);
    return training.start(
      { ...run, settings, ...(theta === null ? {} : { rehearsal }) },
      series,
      theta === null ? {} : { rehearsal: theta },
    );
  }

  #startDeadline(active: ActiveSearch): void {
    const left = active.report.options.budgetSeconds - active.clock.seconds;
    active.deadline = setTimeout(() => this.#endTrials(active), Math.max(0, left * 1000));
  }

  /** Nothing more is drawn. */
  #stopClock(active: ActiveSearch): void {
    active.timeIsUp = true;
    clearTimeout(active.deadline);
    active.clock.stop();
  }

  /** What is under way ends within a moment, with the epochs it has. */
  #endTrials(active: ActiveSearch): void {
    if (active.timeIsUp) return;
    this.#stopClock(active);
    const { trials } = active;
    trials.control(active.next === 'cancel' ? 'cancel' : 'stop');
    const killer = setTimeout(() => trials.close(), PATIENCE_MS);
    void active.ended.finally(() => clearTimeout(killer));
  }

  #changeTrial(active: ActiveSearch, number: number, changes: Partial<SearchTrial>): void {
    const trials = [...active.report.trials];
    trials[number] = { ...trials[number]!, ...changes };
    this.#change(active, { trials });
  }

  #change(active: ActiveSearch, changes: Partial<SearchReport>): void {
    active.report = { ...active.report, ...changes };
    this.#tellTimer ??= setTimeout(() => {
      this.#tellTimer = undefined;
      if (this.#active !== active) return;
      this.#parts.emit(this.#now(active));
      if (performance.now() - this.#savedAt >= SAVE_EVERY_MS) void this.#keep(active);
    }, REPORT_EVERY_MS);
  }

  #tell(report: SearchReport): void {
    clearTimeout(this.#tellTimer);
    this.#tellTimer = undefined;
    this.#parts.emit(report);
  }

  /** A disk that refuses ends no search: the leaderboard is on the screen. */
  async #keep(active: ActiveSearch): Promise<void> {
    this.#savedAt = performance.now();
    await this.#parts.folder.writeReport(this.#now(active)).catch(() => undefined);
  }

  #now({ report, clock, trials }: ActiveSearch): SearchReport {
    return {
      ...report,
      broker: trials.broker,
      elapsedSeconds: Math.min(clock.seconds, report.options.budgetSeconds),
    };
  }
}
