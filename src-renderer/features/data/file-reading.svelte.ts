import { request } from '../../api';
import { Latest } from '../../api/latest';
import type { DatasetSummary, ReadingOptions, ReadingProgress } from '../../../src-main/contract/dataset';
import type { ProblemData } from '../../../src-main/contract/problems';

import { ReadingChoices } from './reading-choices.svelte';
import { fileCountOf, isMendable, nameOf, optionsOf, type Reading, type Source } from './source';

/** What is open, and what opens it in another way: the state of the app. */
interface Opener {
  readonly source: Source | null;
  readonly dataset: DatasetSummary | null;
  reread(options: ReadingOptions): Promise<void>;
}

/** The reading of files: the one under way, the choices of how, and what became of the last one. */
export class FileReading {
  /** The file being read; null when none is. */
  reading = $state.raw<Reading | null>(null);
  /** Why the last file could not be opened; the Data screen shows it in place. */
  problem = $state.raw<ProblemData | null>(null);
  /** What could not be opened, as long as that is told. */
  notOpened = $state.raw<Source | null>(null);
  /** That file, where another way of reading may open it. */
  refused = $state.raw<Source | null>(null);
  /** Why what is open could not be read in the way that the choices say. */
  rereadingProblem = $state.raw<ProblemData | null>(null);
  readonly choices: ReadingChoices;
  readonly #app: Opener;
  readonly #readings = new Latest();

  constructor(app: Opener) {
    this.#app = app;
    this.choices = new ReadingChoices((options) => void app.reread(options));
  }

  /** Whether a file is being opened for the first time. */
  get isOpening(): boolean {
    return this.reading?.again === false;
  }

  /**
   * Reads and takes what was read, even where a later reading has begun: what was open before is closed by then. Overtaken
   * by that, one that fails says nothing about it.
   * @param again whether what is open, or the refused file, is read in another way
   */
  async read(source: Source, again: boolean, take: (opened: DatasetSummary) => void): Promise<void> {
    this.reading = { name: nameOf(source), files: fileCountOf(source), again, progress: null };
    if (!again || this.refused !== null) this.problem = null;
    this.rereadingProblem = null;
    const result = await this.#readings.ask(async () => take(await request('openDataset', source)));
    if (result === null) return;
    this.reading = null;
    if (!result.ok) this.#refuse(source, again, result.problem);
  }

  /** What is read in another way goes back to the way in which it is open. */
  async cancel(): Promise<void> {
    if (this.reading?.again === true) this.choices.settle(optionsOf(this.refused ?? this.#app.source));
    await request('cancelReading');
  }

  /** Lets the file go that could not be opened: the choices are those of what is open again. */
  dismissRefused(): void {
    this.problem = null;
    this.notOpened = null;
    if (this.refused === null) return;
    const { source, dataset } = this.#app;
    this.refused = null;
    this.choices.begin(optionsOf(source));
    if (dataset !== null) this.choices.learn(dataset);
  }

  showProgress(progress: ReadingProgress): void {
    if (this.reading !== null) this.reading = { ...this.reading, progress };
  }

  #refuse(source: Source, again: boolean, problem: ProblemData): void {
    if (problem.code === 'cancelled') return;
    if (again && this.refused === null) {
      this.rereadingProblem = problem;
      return;
    }
    this.problem = problem;
    this.notOpened = source;
    if (!again && isMendable(problem)) {
      this.refused = source;
      this.choices.begin(optionsOf(source));
    }
  }
}
