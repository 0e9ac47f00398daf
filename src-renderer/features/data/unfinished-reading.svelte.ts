import { request } from '../../api';
import type { AppState } from '../../app-state.svelte';
import { isSameSource, type Source } from './source';

/** What was being read when Hindcast last ended: it is opened again only where a person says so. */
export class UnfinishedReading {
  source = $state.raw<Source | null>(null);
  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
  }

  async openAgain(): Promise<void> {
    const [app, source] = [this.#app, this.source];
    if (source === null || app.reading !== null) return;
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
