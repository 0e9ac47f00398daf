import { request } from '../../api';
import { app } from '../../app-state.svelte';

/** What the Export screen shows; kept while other screens are open. */
export class ExportScreen {
  exporting = $state(false);
  opening = $state(false);
  /** Where the last export lies, and of which run it is. */
  saved = $state.raw<{ readonly runId: string; readonly path: string } | null>(null);

  async exportModel(runId: string): Promise<void> {
    this.exporting = true;
    this.saved = null;
    try {
      const file = await request('exportModel', { runId, format: 'tfjs' });
      if (file !== null) this.saved = { runId, path: file.path };
    } finally {
      this.exporting = false;
    }
  }

  /** Takes in an exported model as a run and shows its verification. */
  async openModel(): Promise<void> {
    this.opening = true;
    try {
      const opened = await request('openForecaster');
      if (opened === null) return;
      await app.openRun(opened.runId);
      // Who has gone elsewhere meanwhile stays there.
      if (app.step === 'export') app.go('verify');
    } finally {
      this.opening = false;
    }
  }
}

export const exportScreen = new ExportScreen();
