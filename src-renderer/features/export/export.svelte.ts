import {
  EXPORT_FORMAT_NAMES,
  type ExportFormat,
  type ExportReport,
} from '../../../src-main/contract/export-formats';
import { request } from '../../api';
import { app } from '../../app-state.svelte';

/** What the Export screen shows; kept while other screens are open. */
export class ExportScreen {
  exporting = $state(false);
  opening = $state(false);
  /** In the order of the cards. */
  formats = $state.raw<readonly ExportFormat[]>(['tfjs', 'onnx']);
  /** What was exported last, and of which run. */
  saved = $state.raw<{ readonly runId: string; readonly report: ExportReport } | null>(null);

  toggle(format: ExportFormat): void {
    const has = this.formats.includes(format);
    this.formats = EXPORT_FORMAT_NAMES.filter((each) =>
      each === format ? !has : this.formats.includes(each),
    );
  }

  async exportModel(runId: string): Promise<void> {
    this.exporting = true;
    this.saved = null;
    try {
      const report = await request('exportModel', { runId, formats: [...this.formats] });
      if (report !== null) this.saved = { runId, report };
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
