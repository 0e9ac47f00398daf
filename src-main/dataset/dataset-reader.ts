import { randomUUID } from 'node:crypto';
import {
  DETECT_ALL,
  type ColumnMapping,
  type ColumnReading,
  type DatasetSummary,
  type PreparationSummary,
  type ReadingOptions,
  type ReadingProgress,
  type RowsPage,
} from '../contract/dataset';
import { Problem } from '../contract/problems';
import type { Question } from '../contract/plan';
import type { Answer } from '../contract/question';
import type { Course, MarkCounts, MarkedRun, Span } from '../contract/readings';
import type { Remedy } from '../contract/remedy';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import { SpareProcess } from '../processes/spare-process';
import type { SourceFile } from './bytes/source-file';
import type { CourseAsk, FindMarkAsk, ListMarksAsk, ReaderRequest } from './protocol';
import { ReaderClient, type ReaderProcess } from './reader-process';
import { READING_LIMITS } from './reading-watch';
import { SeriesAssembly } from './series-pieces';

/**
 * Reads files, each in a process of its own that then holds the table: whatever a file does to the process that reads it,
 * neither the caller nor the data set that is open suffers. The same in Electron's main process and in plain Node.
 */
export class DatasetReader {
  readonly #spare: SpareProcess<ReaderRequest>;
  #keepsReady = false;
  #reading: ReaderClient | null = null;
  #opened: { readonly datasetId: string; readonly client: ReaderClient } | null = null;

  /** @param start starts a process that runs reader-main.ts */
  constructor(start: () => ReaderProcess, limits = READING_LIMITS) {
    this.#spare = new SpareProcess(() => {
      const process = start();
      process.send({ kind: 'limits', limits });
      return process;
    });
  }

  /** From now on a process waits for the next file: its start is no part of the reading. */
  keepReady(): void {
    this.#keepsReady = true;
    this.#spare.prepare();
  }

  /** The processes that there are, for tests. */
  get pids(): readonly number[] {
    const pids = [this.#spare.pid, this.#reading?.pid, this.#opened?.client.pid];
    return pids.filter((pid) => pid !== undefined);
  }

  /**
   * Reads a file, or several of one station, which are joined; a reading under way is cancelled. The data set opened
   * before stays open if this one fails.
   * @throws Problem what `readTable` throws; 'cancelled', 'reading-stuck', 'reading-memory', 'reader-died'
   */
  async open(
    source: SourceFile | readonly SourceFile[],
    onProgress: (progress: ReadingProgress) => void = () => undefined,
    options: ReadingOptions = DETECT_ALL,
  ): Promise<DatasetSummary> {
    this.cancel();
    const client = new ReaderClient(this.#spare.take());
    this.#reading = client;
    try {
      const ask = { datasetId: randomUUID(), sources: [source].flat(), options };
      const summary = await client.ask('open', ask, (work) => {
        if (work.kind === 'progress') onProgress(work.progress);
      });
      // Overtaken in the moment in which it was done.
      if (this.#reading !== client) throw new Problem('cancelled');
      this.#opened?.client.end(new Problem('dataset-gone'));
      this.#opened = { datasetId: summary.id, client };
      return summary;
    } catch (error) {
      client.end(new Problem('cancelled'));
      throw error;
    } finally {
      if (this.#reading === client) this.#reading = null;
      if (this.#keepsReady) this.#spare.prepare();
    }
  }

  /** Ends the reading under way, if any, at once: its `open` fails with 'cancelled'. */
  cancel(): void {
    this.#reading?.end(new Problem('cancelled'));
    this.#reading = null;
  }

  /** @throws Problem 'dataset-gone', 'reader-died' */
  async rows(datasetId: string, from: number, count: number): Promise<RowsPage> {
    return this.#clientOf(datasetId).ask('rows', { from, count });
  }

  /**
   * Readings of a column over time with their marks, reduced to what can be drawn.
   * @throws Problem 'column-unknown', 'no-time-column', and as `rows`
   */
  async course(datasetId: string, ask: CourseAsk): Promise<Course> {
    return this.#clientOf(datasetId).ask('course', ask);
  }

  /** @throws Problem as `course` */
  async countMarks(datasetId: string, reading: ColumnReading): Promise<MarkCounts> {
    return this.#clientOf(datasetId).ask('countMarks', { reading });
  }

  /** @throws Problem as `course` */
  async findMark(datasetId: string, ask: FindMarkAsk): Promise<MarkedRun | null> {
    return this.#clientOf(datasetId).ask('findMark', ask);
  }

  /** @throws Problem 'too-many-struck' where they are more than can be struck, and as `course` */
  async listMarks(datasetId: string, ask: ListMarksAsk): Promise<readonly Span[]> {
    return this.#clientOf(datasetId).ask('listMarks', ask);
  }

  /** @throws Problem what `makeSeries` throws; 'dataset-gone', 'reading-stuck', 'reading-memory', 'reader-died' */
  async series(datasetId: string, mapping: ColumnMapping): Promise<Series> {
    const assembly = new SeriesAssembly();
    const frame = await this.#clientOf(datasetId).ask('series', { mapping }, (work) => {
      if (work.kind === 'piece') assembly.add(work.piece);
    });
    return assembly.within(frame);
  }

  /**
   * What the settings make of the series: the columns are read once for the same mapping.
   * @throws Problem what `makeSeries` and `summarisePreparation` throw, and as `series`
   */
  async check(
    datasetId: string,
    mapping: ColumnMapping,
    settings: TrainingSettings,
  ): Promise<PreparationSummary> {
    return this.#clientOf(datasetId).ask('check', { mapping, settings });
  }

  /**
   * What answers a question of the data set that is open.
   * @throws Problem 'no-number-column' where nothing can be forecast, and as `series`
   */
  async answer(datasetId: string, question: Question): Promise<Answer> {
    return this.#clientOf(datasetId).ask('answer', { question });
  }

  /**
   * The mapping with forecasts of a weather service among its inputs: as it is where there are none for its target.
   * @throws Problem 'dataset-gone', 'reader-died'
   */
  async withForecasts(datasetId: string, mapping: ColumnMapping, horizon: number): Promise<ColumnMapping> {
    return this.#clientOf(datasetId).ask('forecasts', { mapping, horizon });
  }

  /**
   * Every forecast that was joined to the readings, with its issue: CSV that is read as such again. Null where there are none.
   * @throws Problem 'dataset-gone', 'reader-died'
   */
  async archive(datasetId: string): Promise<string | null> {
    return this.#clientOf(datasetId).ask('archive', {});
  }

  /**
   * What can be done where the choices leave no window.
   * @throws Problem as `series`
   */
  async remedies(
    datasetId: string,
    mapping: ColumnMapping,
    settings: TrainingSettings,
  ): Promise<readonly Remedy[]> {
    return this.#clientOf(datasetId).ask('remedies', { mapping, settings });
  }

  /** Ends all processes; what was under way fails with 'cancelled'. */
  close(): void {
    this.#keepsReady = false;
    this.cancel();
    this.#opened?.client.end(new Problem('cancelled'));
    this.#opened = null;
    this.#spare.close();
  }

  #clientOf(datasetId: string): ReaderClient {
    if (this.#opened?.datasetId !== datasetId) throw new Problem('dataset-gone');
    return this.#opened.client;
  }
}
