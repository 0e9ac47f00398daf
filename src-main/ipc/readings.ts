import { isAbsolute } from 'node:path';
import type { DatasetSummary, ReadingProgress } from '../contract/dataset';
import { Problem } from '../contract/problems';
import type { ReadingSource } from '../contract/requests';
import { sampleSources, sourceOfPath, type DatasetReader } from '../dataset';
import type { UnfinishedReading } from '../library';

export interface ReadingsParts {
  readonly reader: DatasetReader;
  readonly resources: string;
  readonly mark: UnfinishedReading;
  /** What was being read when Hindcast last ended. */
  readonly unfinished: ReadingSource | null;
  onProgress(progress: ReadingProgress): void;
}

/** Opens readings for the window: those files alone that a person chose, each marked while it is read. */
export class Readings {
  readonly #parts: ReadingsParts;
  readonly #granted = new Set<string>();
  #unfinished: ReadingSource | null;

  constructor(parts: ReadingsParts) {
    this.#parts = parts;
    this.#unfinished = parts.unfinished;
    this.grantSource(parts.unfinished);
  }

  /** A person chose these: in the system's dialog, by dropping them, or in work that is remembered. */
  grant(paths: readonly string[]): void {
    for (const path of paths) this.#granted.add(path);
  }

  grantSource(source: ReadingSource | null): void {
    if (source?.kind === 'file') this.grant(source.paths);
  }

  /** @throws Problem 'file-not-chosen' where the page names a file that the user did not choose */
  check(source: ReadingSource): void {
    if (source.kind === 'file') this.requireChosen(source.paths);
  }

  /** @throws Problem 'file-not-chosen' */
  requireChosen(paths: readonly string[]): void {
    const strange = paths.find((path) => !this.#granted.has(path));
    if (strange !== undefined) throw new Problem('file-not-chosen', { file: strange });
  }

  /** @throws Problem 'file-not-chosen', and what `DatasetReader.open` throws */
  async open(source: ReadingSource): Promise<DatasetSummary> {
    this.check(source);
    const { reader, resources, mark, onProgress } = this.#parts;
    if (source.kind === 'sample') {
      return await reader.open(sampleSources(source.sample, resources), onProgress, source.options);
    }
    const relative = source.paths.find((path) => !isAbsolute(path));
    if (relative !== undefined) throw new Problem('file-missing', { file: relative });
    this.#unfinished = null;
    const end = mark.begin(source);
    try {
      return await reader.open(source.paths.map(sourceOfPath), onProgress, source.options);
    } finally {
      void end();
    }
  }

  /** What was being read when Hindcast last ended, until another file is opened or it is left. */
  get unfinished(): ReadingSource | null {
    return this.#unfinished;
  }

  async leaveUnfinished(): Promise<void> {
    this.#unfinished = null;
    await this.#parts.mark.forget();
  }
}
