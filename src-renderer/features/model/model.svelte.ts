import { request } from '../../api';
import { app } from '../../app-state.svelte';
import type { PreparationSummary } from '../../../src-main/contract/dataset';
import { toProblem, type ProblemData } from '../../../src-main/contract/problems';
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
    let superseded = false;
    const answer = (summary: PreparationSummary | null, problem: ProblemData | null): void => {
      if (superseded) return;
      this.summary = summary;
      if (summary !== null) this.drawn = summary;
      this.problem = problem;
      this.checking = false;
    };
    this.checking = true;
    const timer = setTimeout(() => {
      request('checkJob', { datasetId: dataset.id, mapping, settings }).then(
        (summary) => answer(summary, null),
        (error: unknown) => answer(null, toProblem(error).toData()),
      );
    }, checkDelayMs);
    return () => {
      superseded = true;
      clearTimeout(timer);
    };
  }
}
