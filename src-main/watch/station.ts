import { basename } from 'node:path';
import { Problem, toProblem, type ProblemData } from '../contract/problems';
import type { Measured } from '../contract/measured';
import type { DatasetSummary } from '../contract/dataset';
import { SERVICE_ERROR_LENGTHS, serviceErrorName, type Series } from '../contract/series';
import type { Issued, WatchSettings, WatchState } from '../contract/watch';
import { sourceOfPath, type DatasetReader } from '../dataset';
import { whileLocked } from '../files/lock';
import {
  keepForecasts,
  keptForecasts,
  readForecastLog,
  readingOf,
  readRecord,
  readWatchState,
  SingleRun,
  writeWatchState,
} from '../library';
import type { Publication } from '../publish';
import { formatInstant } from '../series';
import type { RunQuestions } from '../services';
import { doubtsOf } from './doubts';
import { dueAt } from './due';
import { endOfRow, lastTaken, latestPossible } from './limits';
import { publicationFor, publishIssued } from './publishing';
import { Retrainer } from './retrainer';
import { removeCandidate, settleCandidate, type Candidate } from './retraining';
import { endsWhole, lookAt, type SourceLook } from './source';

/** Forecasts of one run by hand and by watching wait for each other. */
const LOCK_WAIT_MS = 300_000;
/** A file that ends within a line is taken as whole when it has stayed so for this long. */
const SETTLED_MS = 5000;
/** What could not be read is tried again after this, though nothing was written meanwhile. */
const AGAIN_AFTER_MS = 60_000;
/** How far it came is kept after so many forecasts of a row. */
const ROWS_PER_STATE = 20;
/** Without a reading for so many steps, and so long, a station is said to be silent. */
const SILENT_STEPS = 4;
const SILENT_MS = 3 * 3_600_000;
const DAY_MS = 86_400_000;
const NO_FILES: SourceLook = { paths: [], stamp: '' };

/** What the watching of a run needs of the program around it. */
export interface StationParts {
  /** Of the run. */
  readonly folder: string;
  /** Milliseconds since 1970, UTC. */
  now(): number;
  openReader(): DatasetReader;
  readonly questions: Pick<RunQuestions, 'run'>;
  /** Trains a new model on all readings, as `trainCandidate` does. */
  train(signal: AbortSignal): Promise<Candidate>;
  /** What a person should know; nothing of it stops the watching. */
  tell(notice: ProblemData): void;
  /** Of the broker; null: none is kept. */
  password(): Promise<string | null>;
  /** A forecast was issued, or found in the log after an end that came between that and publishing it. */
  issued(issued: Issued): void;
  /** The newest of them was published, in whatever ways are wanted. */
  published(publication: Publication): void;
  /** A training began or ended; whether another model forecasts from now on. */
  retrained(isOther: boolean): void;
}

/** What was read of a source at one moment. */
interface Reading {
  readonly file: string;
  readonly reader: DatasetReader;
  readonly summary: DatasetSummary;
  /** Up to the last row that may be taken. */
  readonly series: Series;
  /** The same readings up to a row and no later, gaps filled as they could be filled then. */
  upTo(row: number): Promise<Series>;
}

/** One run that is watched: what is due is issued, once and in order, whatever ends the program in between. */
export class Station {
  readonly #parts: StationParts;
  readonly #settings: WatchSettings;
  /** What was read last, and when it was first seen so. */
  #seen = { stamp: '', at: -Infinity, isRead: false };
  #failedAt = -Infinity;
  /** The last message of each kind; the same one is not repeated. */
  readonly #told = new Map<string, string>();
  #newest: { readonly time: number; readonly at: number } | null = null;
  #stepMs = 0;
  readonly #retrainer: Retrainer;
  /** When it is to be trained again; null: it was not looked up yet. */
  #retrainAt: number | null = null;

  constructor(parts: StationParts, settings: WatchSettings) {
    this.#parts = parts;
    this.#settings = settings;
    this.#retrainer = new Retrainer((signal) => parts.train(signal));
  }

  get isRetraining(): boolean {
    return this.#retrainer.isAtWork;
  }

  /** Trains it again on all readings; forecasts go on meanwhile. */
  retrain(): void {
    this.#retrainer.begin();
    this.#parts.retrained(false);
  }

  /** Resolves when a training that is under way has ended and what came of it was taken up. */
  async finishRetraining(): Promise<void> {
    await this.#retrainer.settled();
    await this.#takeUpRetraining();
  }

  /** Ends a training that is under way. */
  async close(): Promise<void> {
    await this.#retrainer.close();
    const end = this.#retrainer.takeEnd();
    if (end?.kind === 'trained') await removeCandidate(end.candidate);
  }

  /** Looks whether anything is due, and does it. Never fails: what went wrong is reported, and tried again. */
  async look(): Promise<void> {
    try {
      await this.#takeUpRetraining();
      await this.#look();
      await this.#retrainWhereDue();
    } catch (error) {
      this.#failedAt = this.#parts.now();
      this.#tellOnce(toProblem(error).toData());
    }
  }

  async #look(): Promise<void> {
    const { folder, now } = this.#parts;
    const { paths, stamp: written } = await lookAt(this.#settings.source);
    const forecasts = await this.#lookAtForecasts();
    const stamp = `${written}\n${forecasts.stamp}`;
    if (!(await this.#isToBeRead([...paths, ...forecasts.paths], stamp))) {
      this.#tellSilence();
      return;
    }
    const state = await readWatchState(folder);
    const reader = this.#parts.openReader();
    try {
      const reading = await this.#read(reader, paths, forecasts.paths);
      this.#seen = { ...this.#seen, stamp, isRead: true };
      this.#failedAt = -Infinity;
      await this.#issueWhatIsDue(reading, state, now());
    } finally {
      reader.close();
    }
  }

  /** Where they are missing, that is told: the model does without. */
  async #lookAtForecasts(): Promise<SourceLook> {
    const { forecasts } = this.#settings;
    if (forecasts === null) return NO_FILES;
    try {
      return await lookAt(forecasts);
    } catch (error) {
      this.#tellOnce(toProblem(error).toData());
      return NO_FILES;
    }
  }

  async #retrainWhereDue(): Promise<void> {
    const { retrainDays } = this.#settings;
    if (retrainDays === null || this.isRetraining) return;
    const { folder, now } = this.#parts;
    if (this.#retrainAt === null) {
      const { createdAt } = await readRecord(folder, folder);
      const { retrainedAt } = await readWatchState(folder);
      this.#retrainAt = Math.max(createdAt, retrainedAt ?? 0) + retrainDays * DAY_MS;
    }
    if (now() >= this.#retrainAt) this.retrain();
  }

  /** Between two forecasts, so that each is of one model. */
  async #takeUpRetraining(): Promise<void> {
    const { folder, now, tell, retrained } = this.#parts;
    const end = this.#retrainer.takeEnd();
    if (end === null) return;
    this.#retrainAt = null;
    const told = end.kind === 'failed' ? end.problem : await settleCandidate(folder, end.candidate, now());
    // Whatever came of it: the next one is as many days away.
    await writeWatchState(folder, { ...(await readWatchState(folder)), retrainedAt: now() });
    tell(told);
    retrained(told.code === 'watch-retrained');
  }

  /** Whether something was written, a moment of the schedule may have come, or what failed is to be tried again. */
  async #isToBeRead(paths: readonly string[], stamp: string): Promise<boolean> {
    const now = this.#parts.now();
    if (this.#seen.stamp !== stamp) {
      this.#seen = { stamp, at: now, isRead: false };
      this.#failedAt = -Infinity;
    }
    if (now - this.#failedAt < AGAIN_AFTER_MS) return false;
    if (this.#seen.isRead && this.#failedAt === -Infinity) {
      return this.#settings.schedule.kind === 'reading' ? false : await this.#isMoment(now);
    }
    return now - this.#seen.at >= SETTLED_MS || (await endsWhole(paths));
  }

  async #isMoment(now: number): Promise<boolean> {
    const { decidedUpTo, decidedAt } = await readWatchState(this.#parts.folder);
    const newest = this.#newest?.time ?? -Infinity;
    const rows = Float64Array.of(newest);
    return dueAt({ schedule: this.#settings.schedule, now, rows, decidedUpTo, decidedAt }).rows.length > 0;
  }

  /** @throws Problem as `DatasetReader.open` and `series`, 'columns-differ' */
  async #read(
    reader: DatasetReader,
    paths: readonly string[],
    forecasts: readonly string[],
  ): Promise<Reading> {
    const { folder, questions, now } = this.#parts;
    const summary = await this.#open(reader, paths, forecasts);
    // What the service said is kept with its issue, whatever becomes of its files.
    if (summary.forecasts !== null) await keepForecasts(folder, await reader.archive(summary.id));
    const file = basename(this.#settings.source);
    const mapping = await questions.run('mapping', { folder, summary });
    const { stepSeconds } = mapping;
    const to = lastTaken(summary, stepSeconds, now());
    this.#tellAhead(file, summary);
    return {
      file,
      reader,
      summary,
      series: await reader.series(summary.id, { ...mapping, to }),
      upTo: (row) =>
        reader.series(summary.id, { ...mapping, to: Math.min(to, endOfRow(row, summary, stepSeconds)) }),
    };
  }

  /** The readings with the forecasts beside them; where these cannot be read, that is told and they are left out. */
  async #open(
    reader: DatasetReader,
    paths: readonly string[],
    forecasts: readonly string[],
  ): Promise<DatasetSummary> {
    const { folder } = this.#parts;
    const reading = readingOf(await readRecord(folder, folder));
    const kept = await keptForecasts(folder);
    const open = (beside: readonly string[], names: readonly string[] | null): Promise<DatasetSummary> => {
      const sources = [...paths, ...beside, ...(kept === null ? [] : [kept])].map(sourceOfPath);
      return reader.open(sources, undefined, { ...reading, forecasts: names && [...names] });
    };
    if (forecasts.length > 0) {
      try {
        return await open(
          forecasts,
          forecasts.map((path) => basename(path)),
        );
      } catch (error) {
        this.#tellOnce(toProblem(error).toData());
      }
    }
    return open([], null);
  }

  async #issueWhatIsDue(reading: Reading, before: WatchState, now: number): Promise<void> {
    const { series, file } = reading;
    const rows = rowsWithReading(series);
    this.#noteNewest(rows.at(-1), now);
    this.#stepMs = series.step.seconds * 1000;
    let state = before;
    const { rows: newer, skipped } = dueAt({ schedule: this.#settings.schedule, now, rows, ...state });
    const due = newer.length > 0 ? newer : await this.#toBeSaidAgain(series, before.decidedUpTo);
    if (due.length > 1) this.#parts.tell({ code: 'watch-caught-up', params: { count: due.length } });
    const lastSkipped = skipped.at(-1);
    if (lastSkipped !== undefined) {
      const params = { count: skipped.length, last: formatInstant(lastSkipped) };
      this.#parts.tell({ code: 'watch-skipped', params });
    }
    let newest: Issued | null = null;
    for (const [index, row] of due.entries()) {
      const isLast = index === due.length - 1;
      const known = row === series.time.at(-1) ? series : await reading.upTo(row);
      const issued = await this.#issue(known, state, isLast);
      state = { ...state, decidedUpTo: row, decidedAt: now, worse: issued?.worse ?? state.worse };
      if (issued !== null) {
        this.#tellWithoutService(issued);
        this.#parts.issued(issued);
        newest = issued;
      }
      if (isLast && newest !== null) {
        const from = series.time.findIndex((time) => time > (before.decidedUpTo ?? row - 1));
        for (const doubt of doubtsOf(file, known, newest.taken, from)) this.#tellOnce(doubt);
        await this.#publish(newest);
      }
      // Last: what ends before is done again, and finds in the log that it was done.
      if (isLast || index % ROWS_PER_STATE === 0) await writeWatchState(this.#parts.folder, state);
    }
  }

  /** The newest row, where the weather service's forecast was missing when it was forecast from, and has come since. */
  async #toBeSaidAgain(series: Series, decidedUpTo: number | null): Promise<readonly number[]> {
    const row = series.time.length - 1;
    const newest = series.time[row];
    const said = series.variables.filter(({ lead }) => lead !== undefined);
    const isThere = said.length > 0 && said.every(({ values }) => !Number.isNaN(values[row]));
    if (newest === undefined || newest !== decidedUpTo || !isThere) return [];
    const log = await readForecastLog(this.#parts.folder);
    return log.some((each) => each.issuedAt === newest && each.withoutService === true) ? [newest] : [];
  }

  /** null where the readings up to there give no forecast: too few in a row without a hole. */
  async #issue(newer: Series, { worse }: WatchState, keeps: boolean): Promise<Issued | null> {
    const { folder, questions } = this.#parts;
    let measured: Measured | null = null;
    try {
      return await whileLocked(folder, 'forecast', LOCK_WAIT_MS, () =>
        questions.run('issueForecast', { folder, newer, worse, keeps }, (news) => {
          if (news.kind === 'measured') ({ measured } = news);
        }),
      );
    } catch (error) {
      if (!(error instanceof Problem) || !['too-few-windows', 'too-few-rows'].includes(error.code))
        throw error;
      this.#tellOnce(error.toData());
      return null;
    } finally {
      // Found out once by the test part: what needs TensorFlow is not done for each forecast.
      if (measured !== null) await keepMeasured(folder, measured);
    }
  }

  async #publish(issued: Issued): Promise<void> {
    const { folder, now, password, published } = this.#parts;
    const publication = await publicationFor(folder, issued, this.#settings, now());
    const since = publication.grade?.worseSince ?? null;
    if (since !== null) {
      this.#tellOnce({
        code: 'watch-worse',
        params: { name: publication.name, since: formatInstant(since) },
      });
    }
    for (const problem of await publishIssued(folder, publication, this.#settings, await password())) {
      this.#parts.tell(problem);
    }
    published(publication);
  }

  /** Once until the service's forecast is there again. */
  #tellWithoutService({ forecast: { withoutService, issuedAt } }: Issued): void {
    const code = 'watch-without-service';
    if (withoutService !== true) this.#told.delete(code);
    else if (!this.#told.has(code)) this.#tellOnce({ code, params: { from: formatInstant(issuedAt) } });
  }

  #tellAhead(file: string, summary: DatasetSummary): void {
    const newest = summary.range?.to ?? -Infinity;
    if (newest <= latestPossible(summary, this.#parts.now())) this.#told.delete('watch-ahead');
    else this.#tellOnce({ code: 'watch-ahead', params: { file, newest: formatInstant(newest) } });
  }

  #noteNewest(newest: number | undefined, now: number): void {
    if (newest === undefined || newest === this.#newest?.time) return;
    const { time } = this.#newest ?? { time: newest };
    this.#newest = { time: Math.max(newest, time), at: now };
    this.#told.delete('watch-silent');
  }

  #tellSilence(): void {
    if (this.#newest === null) return;
    const { time, at } = this.#newest;
    const usual = Math.max(SILENT_MS, SILENT_STEPS * this.#stepMs);
    if (this.#parts.now() - at < usual) return;
    const file = basename(this.#settings.source);
    this.#tellOnce({ code: 'watch-silent', params: { file, newest: formatInstant(time) } });
  }

  #tellOnce(notice: ProblemData): void {
    const { code, params } = notice;
    const { column } = params;
    const key = column === undefined ? code : `${code} ${String(column)}`;
    const text = JSON.stringify(params);
    if (this.#told.get(key) === text) return;
    this.#told.set(key, text);
    this.#parts.tell(notice);
  }
}

async function keepMeasured(folder: string, measured: Measured): Promise<void> {
  const store = new SingleRun(folder);
  await store.update(store.id, { measured });
}

const SERVICE_ERRORS: readonly string[] = SERVICE_ERROR_LENGTHS.map(serviceErrorName);

/** Times of the rows in which anything was read; what a weather service says, and its errors, are no reading. */
function rowsWithReading({ time, variables }: Series): Float64Array {
  const read = variables.filter(({ lead, name }) => lead === undefined && !SERVICE_ERRORS.includes(name));
  return time.filter((_, row) =>
    read.some(({ values, filled }) => filled[row] === 0 && !Number.isNaN(values[row])),
  );
}
