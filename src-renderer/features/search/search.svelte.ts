import { listen, request } from '../../api';
import { app } from '../../app-state.svelte';
import type {
  ListedSetting,
  RangedSetting,
  SearchAction,
  SearchReport,
} from '../../../src-main/contract/search';
import { checkSearch, draftOfDefaults, type ListDraft, type RangeDraft, type SearchDraft } from './draft';

const GOING: readonly SearchReport['state'][] = ['running', 'paused', 'retraining'];

/** The running search, or the last one, and what the next is to search. */
export class SearchScreen {
  report = $state.raw<SearchReport | null>(null);
  confirmingCancel = $state(false);
  /** From the press of a button until it was done. */
  asked = $state<SearchAction | 'start' | null>(null);
  /** null: the defaults for the readings that are open. */
  #changed = $state.raw<SearchDraft | null>(null);

  draft = $derived(this.#changed ?? draftOfDefaults(app.dataset?.step?.seconds));
  checked = $derived(checkSearch(this.draft, app.settings.seed));
  isGoing = $derived(this.report !== null && GOING.includes(this.report.state));

  /** Call once. The last search comes back, also that of an app that was closed in the middle of it. */
  connect(): void {
    listen('search', (report) => (this.report = report));
    void app.attempt(async () => {
      const last = await request('readSearch');
      this.report ??= last;
    });
  }

  change(changes: Partial<Pick<SearchDraft, 'method' | 'budgetSeconds'>>): void {
    this.#changed = { ...this.draft, ...changes };
  }

  changeRange(name: RangedSetting, changes: Partial<RangeDraft>): void {
    this.#changed = { ...this.draft, [name]: { ...this.draft[name], ...changes } };
  }

  changeList(name: ListedSetting, changes: Partial<ListDraft>): void {
    this.#changed = { ...this.draft, [name]: { ...this.draft[name], ...changes } };
  }

  async start(): Promise<void> {
    const { dataset, mapping, settings } = app;
    const { options } = this.checked;
    if (dataset === null || mapping === null || options === null) return;
    await this.#ask('start', async () => {
      await request('startSearch', { datasetId: dataset.id, mapping, settings, search: options });
      this.report = await request('readSearch');
    });
  }

  async control(action: SearchAction): Promise<void> {
    await this.#ask(action, () => request('controlSearch', { action }));
  }

  async #ask(action: SearchAction | 'start', work: () => Promise<void>): Promise<void> {
    this.asked = action;
    try {
      await app.attempt(work);
    } finally {
      this.asked = null;
    }
  }
}

export const searchScreen = new SearchScreen();
