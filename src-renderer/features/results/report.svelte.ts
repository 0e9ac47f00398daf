import { request } from '../../api';
import { app } from '../../app-state.svelte';
import { language } from '../../i18n/index.svelte';

/** Saving the report of a run, from whichever screen it is asked for. */
export class ReportSaver {
  saving = $state(false);
  #saved = $state.raw<{ readonly runId: string; readonly path: string } | null>(null);

  /** Where the report of the run that is shown was last saved. */
  get savedPath(): string | null {
    return this.#saved !== null && this.#saved.runId === app.run?.id ? this.#saved.path : null;
  }

  async save(runId: string): Promise<void> {
    this.saving = true;
    try {
      const saved = await request('saveReport', { runId, language: language() });
      if (saved !== null) this.#saved = { runId, path: saved.path };
    } finally {
      this.saving = false;
    }
  }
}

export const reportSaver = new ReportSaver();
