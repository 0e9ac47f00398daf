import type { Inside, StatefulPass } from '../contract/inside';
import type { ColumnMapping, DatasetSummary } from '../contract/dataset';
import type { AddedReadings, ForecastLog } from '../contract/forecast-log';
import type { Series } from '../contract/series';
import type { Language } from '../contract/language';
import type { Measured } from '../contract/measured';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { Forecast, Verification } from '../contract/results';
import { replaceExport } from '../forecaster';
import type { RunStore } from '../library';
import type { ReadyRun } from '../model/ready-run';
import type { TaskName, TrainerTasks } from '../trainer/processes/protocol';
import { measuredBy } from '../model/measured';
import { ProcessGone } from '../processes/task-client';
import { TrainerClient } from '../trainer/processes/trainer-client';
import type { TrainerProcess } from '../trainer/processes/trainer-process';

/** A process without work is kept this long: starting one costs half a second, keeping one some 300 MB. */
const idleMs = 60_000;

/** Verifies, forecasts and exports in a trainer process that is kept for a while, and started again when it is gone. */
export class TaskRunner {
  readonly #library: RunStore;
  readonly #startTrainer: () => TrainerProcess;
  #client: TrainerClient | null = null;
  #idleTimer: NodeJS.Timeout | undefined;
  #closed = false;
  /** The last verification: Verify is looked at more than once. */
  #verified: { readonly runId: string; readonly result: Promise<Verification> } | null = null;

  constructor(library: RunStore, startTrainer: () => TrainerProcess) {
    this.#library = library;
    this.#startTrainer = startTrainer;
  }

  verify(runId: string): Promise<Verification> {
    if (this.#verified?.runId !== runId) {
      const result = this.#verify(runId);
      this.#verified = { runId, result };
      result.catch(() => this.forget(runId));
    }
    return this.#verified.result;
  }

  async forecast(runId: string): Promise<Forecast> {
    const { forecast, measured } = await this.#run('forecast', { folder: await this.#folderOf(runId) });
    await this.#keep(runId, measured);
    return forecast;
  }

  async inside(runId: string, place: number | null, layer: number): Promise<Inside> {
    return await this.#run('inside', { folder: await this.#folderOf(runId), place, layer });
  }

  async stateful(runId: string | null): Promise<StatefulPass> {
    return await this.#run('stateful', { folder: runId === null ? null : await this.#folderOf(runId) });
  }

  /** In the folder the new export takes the place of an old one when it is written and checked, and not before. */
  async exportModel(runId: string, destination: string): Promise<void> {
    const folder = await this.#folderOf(runId);
    await replaceExport(destination, async (aside) => {
      await this.#keep(runId, await this.#run('exportTfjs', { folder, destination: aside }));
    });
  }

  /** The report as one HTML page. */
  async report(runId: string, language: Language): Promise<string> {
    const { html, measured } = await this.#run('report', {
      folder: await this.#folderOf(runId),
      language,
    });
    await this.#keep(runId, measured);
    return html;
  }

  async mappingFor(runId: string, summary: DatasetSummary): Promise<ColumnMapping> {
    return await this.#run('mapping', { folder: await this.#folderOf(runId), summary });
  }

  async addReadings(runId: string, newer: Series): Promise<AddedReadings> {
    return await this.#run('addReadings', { folder: await this.#folderOf(runId), newer });
  }

  async forecastLog(runId: string): Promise<ForecastLog> {
    return await this.#run('forecastLog', { folder: await this.#folderOf(runId) });
  }

  async furtherTargets(runId: string): Promise<readonly ReadyRun[]> {
    return await this.#run('furtherTargets', { folder: await this.#folderOf(runId) });
  }

  readExport(file: string): Promise<ReadyRun> {
    return this.#run('readExport', { file });
  }

  /** Goes on with a process that has just trained: it has TensorFlow loaded. */
  adopt(client: TrainerClient): void {
    if (this.#client !== null && !this.#client.idle) {
      client.kill();
      return;
    }
    this.#client?.kill();
    this.#client = client;
    this.#restTimer();
  }

  /** The next task is done by a process that is started for it; one that is at work ends with what it does. */
  startAfresh(): void {
    clearTimeout(this.#idleTimer);
    this.#client?.endWhenIdle();
    this.#client = null;
  }

  forget(runId: string): void {
    if (this.#verified?.runId === runId) this.#verified = null;
  }

  /** Nothing is begun any more: what still waits for its turn is told that it was cancelled. */
  close(): void {
    this.#closed = true;
    this.#endProcess();
  }

  #endProcess(): void {
    clearTimeout(this.#idleTimer);
    this.#client?.kill();
    this.#client = null;
  }

  async #verify(runId: string): Promise<Verification> {
    const verification = await this.#run('verify', { folder: await this.#folderOf(runId) });
    await this.#keep(runId, measuredBy(verification));
    return verification;
  }

  async #run<N extends TaskName>(task: N, ask: TrainerTasks[N]['ask']): Promise<TrainerTasks[N]['answer']> {
    if (this.#closed) throw new Problem('cancelled');
    clearTimeout(this.#idleTimer);
    if (this.#client === null || !this.#client.alive) this.#client = new TrainerClient(this.#startTrainer());
    try {
      return await this.#client.ask(task, ask);
    } catch (error) {
      if (!(error instanceof ProcessGone)) throw error;
      throw new Problem(
        'trainer-failed',
        { cause: phrase('process-ended', { what: error.because }) },
        { cause: error },
      );
    } finally {
      this.#restTimer();
    }
  }

  /** @throws Problem 'run-missing', 'run-damaged', 'run-not-trained', 'cannot-write' */
  async #folderOf(runId: string): Promise<string> {
    const { name, keptEpoch } = await this.#library.record(runId);
    if (keptEpoch === 0) throw new Problem('run-not-trained', { name });
    await this.#library.settle(runId);
    return this.#library.folderOf(runId);
  }

  async #keep(runId: string, measured: Measured): Promise<void> {
    if ((await this.#library.record(runId)).measured === null)
      await this.#library.update(runId, { measured });
  }

  #restTimer(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      if (this.#client?.idle === true) this.#endProcess();
    }, idleMs);
    this.#idleTimer.unref();
  }
}
