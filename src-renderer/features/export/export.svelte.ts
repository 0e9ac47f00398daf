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

  async openModel(): Promise<void> {
    this.opening = true;
    try {
      await app.openModel();
    } finally {
      this.opening = false;
    }
  }
}

export const exportScreen = new ExportScreen();
