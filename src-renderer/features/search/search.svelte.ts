import { listen, request } from '../../api';
import { app } from '../../app-state.svelte';
import { targetsOf } from '../../../src-main/contract/dataset';
import {
  columnsLeftOut,
  GOING_STATES,
  INPUT_SHARE,
  type ListedSetting,
  type RangedSetting,
  type SearchAction,
  type SearchReport,
  type SearchTrial,
} from '../../../src-main/contract/search';
import type { TrainingSettings } from '../../../src-main/contract/settings';
import {
  checkSearch,
  draftOfDefaults,
  type ListDraft,
  type RangeDraft,
  type SearchDraft,
  type WholeSetting,
} from './draft';

/** The running search, or the last one, and what the next is to search. */
export class SearchScreen {
  report = $state.raw<SearchReport | null>(null);
  confirmingCancel = $state(false);
  /** From the press of a button until it was done. */
  asked = $state<SearchAction | 'start' | null>(null);
  /** null: the defaults for the readings that are open. */
  #changed = $state.raw<SearchDraft | null>(null);

  draft = $derived(this.#changed ?? draftOfDefaults(app.dataset?.step?.seconds));
  checked = $derived(checkSearch(this.draft, app.settings.seed, app.dataset?.step?.seconds));
  isGoing = $derived(this.report !== null && GOING_STATES.includes(this.report.state));

  /** Call once. The last search comes back, also that of an app that was closed in the middle of it. */
  connect(): void {
    listen('search', (report) => (this.report = report));
    void app.attempt(async () => {
      const last = await request('readSearch');
      this.report ??= last;
    });
  }

  change(changes: Partial<Pick<SearchDraft, 'method' | 'budgetSeconds' | WholeSetting>>): void {
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

/** Takes a trial's settings over to Model, and to Columns which inputs it saw. */
export function takeChoice(choice: SearchTrial['choice'], inputOrder: readonly string[]): void {
  const { [INPUT_SHARE]: _columns, ...settings } = choice;
  app.settings = { ...app.settings, ...(settings as Partial<TrainingSettings>) };
  const { mapping, dataset } = app;
  if (mapping === null || dataset === null) return;
  const targetIsInput = targetsOf(mapping).every((index) => mapping.inputs.includes(index));
  const left = columnsLeftOut(choice, inputOrder, targetIsInput);
  if (left.length === 0) return;
  const isKept = (index: number): boolean => !left.includes(dataset.columns[index]?.name ?? '');
  app.mapping = { ...mapping, inputs: mapping.inputs.filter(isKept) };
}

export const searchScreen = new SearchScreen();
