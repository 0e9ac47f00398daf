import { request } from '../../api';
import type { ColumnMapping, DatasetSummary } from '../../../src-main/contract/dataset';
import { isSameSource, type Source } from './source';

/** What opens readings: the state of the app. */
interface Opener {
  source: Source | null;
  mapping: ColumnMapping | null;
  readonly dataset: DatasetSummary | null;
  readonly files: { readonly reading: object | null };
  openSource(source: Source): Promise<void>;
  reopen(source: Source): Promise<void>;
  attempt(work: () => Promise<unknown>): Promise<unknown>;
}

/** What was being read when Hindcast last ended: it is opened again only where a person says so. */
export class UnfinishedReading {
  source = $state.raw<Source | null>(null);
  readonly #app: Opener;

  constructor(app: Opener) {
    this.#app = app;
  }

  async openAgain(): Promise<void> {
    const [app, source] = [this.#app, this.source];
    if (source === null || app.files.reading !== null) return;
    // As at a start where it is the remembered work: the choices of columns stay.
    if (isSameSource(source, app.source)) await app.reopen(source);
    else await app.openSource(source);
  }

  /** Other work that is remembered is opened, as at every start. */
  async leave(): Promise<void> {
    const [app, source] = [this.#app, this.source];
    this.source = null;
    await app.attempt(() => request('leaveUnfinishedReading'));
    if (app.source === null || app.dataset !== null) return;
    if (!isSameSource(source, app.source)) return await app.reopen(app.source);
    app.source = null;
    app.mapping = null;
  }
}
