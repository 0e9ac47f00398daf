import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import {
  DETECT_ALL,
  type ColumnMapping,
  type DatasetSummary,
  type PreparationSummary,
  type ReadingOptions,
  type ReadingProgress,
  type RowsPage,
} from '../contract/dataset';
import { Problem } from '../contract/problems';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import type { ReaderReply, ReaderRequest, ReaderValue } from './protocol';
import type { SourceFile } from './bytes/source-file';

/** A file that would need more than this in texts ends the worker, not the app. */
const MOST_HEAP_MB = 1024;

interface Pending {
  resolve(value: ReaderValue): void;
  reject(problem: Problem): void;
  onProgress?(progress: ReadingProgress): void;
}

type Numbered<R> = R extends { readonly request: number } ? Omit<R, 'request'> : never;

/**
 * Reads files in a worker thread that holds the open table, so that the caller's thread stays free. The same in
 * Electron's main process and in plain Node. A worker that dies is told as 'reader-died'; the next `open` starts another.
 */
export class DatasetReader {
  private worker: Worker | null = null;
  private readonly pending = new Map<number, Pending>();
  private lastRequest = 0;

  /** @param workerEntry the absolute path of the bundled `reader.cjs` */
  constructor(private readonly workerEntry: string) {}

  /**
   * Reads a file, or several of one station, which are joined; a reading under way is cancelled. The data set opened before stays open if this one fails.
   * @throws Problem what `readTable` throws, or 'reader-died'
   */
  async open(
    source: SourceFile | readonly SourceFile[],
    onProgress: (progress: ReadingProgress) => void = () => undefined,
    options: ReadingOptions = DETECT_ALL,
  ): Promise<DatasetSummary> {
    const worker = this.worker ?? this.start();
    const ask = { kind: 'open', datasetId: randomUUID(), sources: [source].flat(), options } as const;
    return (await this.ask(worker, ask, onProgress)) as DatasetSummary;
  }

  /** Ends the reading under way, if any: its `open` fails with 'cancelled'. */
  cancel(): void {
    this.worker?.postMessage({ kind: 'cancel' } satisfies ReaderRequest);
  }

  /** @throws Problem 'dataset-gone', 'reader-died' */
  async rows(datasetId: string, from: number, count: number): Promise<RowsPage> {
    return (await this.ask(this.running(), { kind: 'rows', datasetId, from, count })) as RowsPage;
  }

  /** @throws Problem what `makeSeries` throws, 'dataset-gone', 'reader-died' */
  async series(datasetId: string, mapping: ColumnMapping): Promise<Series> {
    return (await this.ask(this.running(), { kind: 'series', datasetId, mapping })) as Series;
  }

  /**
   * What the settings make of the series: the columns are read once for the same mapping.
   * @throws Problem what `makeSeries` and `summarisePreparation` throw, 'dataset-gone', 'reader-died'
   */
  async check(
    datasetId: string,
    mapping: ColumnMapping,
    settings: TrainingSettings,
  ): Promise<PreparationSummary> {
    const ask = { kind: 'check', datasetId, mapping, settings } as const;
    return (await this.ask(this.running(), ask)) as PreparationSummary;
  }

  /** Ends the worker; what was under way fails with 'cancelled'. */
  async close(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    this.failAll(new Problem('cancelled'));
    await worker?.terminate();
  }

  private running(): Worker {
    if (this.worker === null) throw new Problem('dataset-gone');
    return this.worker;
  }

  private start(): Worker {
    const worker = new Worker(this.workerEntry, { resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB } });
    const died = (cause: string): void => {
      if (this.worker !== worker) return;
      this.worker = null;
      this.failAll(new Problem('reader-died', { cause }));
    };
    worker.on('message', (reply: ReaderReply) => this.take(reply));
    worker.on('error', (error: Error) => died(error.message));
    worker.on('exit', (code) => died(`exit code ${code}`));
    this.worker = worker;
    return worker;
  }

  private ask(
    worker: Worker,
    ask: Numbered<ReaderRequest>,
    onProgress?: (progress: ReadingProgress) => void,
  ): Promise<ReaderValue> {
    this.lastRequest += 1;
    const request = this.lastRequest;
    return new Promise((resolve, reject) => {
      this.pending.set(request, { resolve, reject, onProgress });
      worker.ref();
      worker.postMessage({ ...ask, request } as ReaderRequest);
    });
  }

  private take(reply: ReaderReply): void {
    const pending = this.pending.get(reply.request);
    if (pending === undefined) return;
    if (reply.kind === 'progress') {
      pending.onProgress?.(reply.progress);
      return;
    }
    this.pending.delete(reply.request);
    // An idle worker does not keep a finished program from ending.
    if (this.pending.size === 0) this.worker?.unref();
    if (reply.kind === 'done') pending.resolve(reply.value);
    else pending.reject(Problem.from(reply.problem));
  }

  private failAll(problem: Problem): void {
    const waiting = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of waiting) reject(problem);
  }
}
