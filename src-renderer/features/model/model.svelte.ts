import { request } from '../../api';
import { Latest } from '../../api/latest';
import { app } from '../../app-state.svelte';
import type { PreparationSummary } from '../../../src-main/contract/dataset';
import type { ProblemData } from '../../../src-main/contract/problems';
import type { RequestInput } from '../../../src-main/contract/requests';
import { presetSettings, type Preset } from '../../../src-main/contract/settings';
import { checkDraft, draftOf, type SettingsDraft } from './draft';

const checkDelayMs = 200;

/** The fields of the Model screen, and what the main process makes of them with the data. */
export class ModelState {
  draft = $state.raw<SettingsDraft>(draftOf(app.settings));
  checked = $derived(checkDraft(this.draft));

  /** The last answer; it stays while a new one is awaited, so that nothing jumps. */
  summary = $state.raw<PreparationSummary | null>(null);
  problem = $state.raw<ProblemData | null>(null);
  checking = $state(false);
  /** The last summary there was: the chart of the parts stays while what is chosen cannot be trained. */
  drawn = $state.raw<PreparationSummary | null>(null);

  readonly #checks = new Latest();

  change(changes: Partial<SettingsDraft>): void {
    this.draft = { ...this.draft, ...changes };
    const { settings } = checkDraft(this.draft);
    if (settings !== null) app.settings = settings;
  }

  applyPreset(preset: Preset): void {
    app.settings = presetSettings(preset, app.dataset?.step?.seconds);
    this.draft = draftOf(app.settings, this.draft);
  }

  /**
   * Asks what the current choices make of the data, a moment after the last change. Call in an effect: gives back what
   * stops the asking.
   */
  check(): (() => void) | undefined {
    const { dataset, mapping, settings } = app;
    if (dataset === null || mapping === null || this.checked.errors !== null) return undefined;
    this.checking = true;
    const job = { datasetId: dataset.id, mapping, settings };
    const timer = setTimeout(() => void this.#check(job), checkDelayMs);
    return () => {
      clearTimeout(timer);
      this.#checks.forget();
    };
  }

  async #check(job: RequestInput<'checkJob'>): Promise<void> {
    const result = await this.#checks.ask(() => request('checkJob', job));
    if (result === null) return;
    this.checking = false;
    this.summary = result.ok ? result.value : null;
    if (result.ok) this.drawn = result.value;
    this.problem = result.ok ? null : result.problem;
  }
}
