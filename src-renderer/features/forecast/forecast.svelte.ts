import type { Forecast } from '../../../src-main/contract/results';
import { request } from '../../api';
import { drawPicture } from '../../charts/picture';
import type { BuildChart } from '../../charts/option';
import { readChartTheme } from '../../charts/theme';
import { RunResult } from '../results/run-result.svelte';
import { fileNameOf } from './file-name';

/** What the Forecast screen shows; kept while other screens are open. */
export class ForecastScreen {
  readonly result: RunResult<Forecast>;
  /** The last file that was saved of this forecast. */
  savedPath = $state<string | null>(null);
  saving = $state<'csv' | 'svg' | 'png' | null>(null);
  /** Whether the table of this forecast is on the clipboard. */
  copied = $state(false);

  constructor() {
    this.result = new RunResult((runId) => {
      this.savedPath = null;
      this.copied = false;
      return request('forecastRun', { runId });
    });
  }

  /** The table as CSV, or the chart as a picture without pixels. */
  async save(runId: string, format: 'csv' | 'svg'): Promise<void> {
    await this.#save(format, () => request('saveForecast', { runId, format }));
  }

  async copy(runId: string): Promise<void> {
    await request('copyForecast', { runId });
    this.copied = true;
  }

  /** Draws the chart for a picture, in the colours that are on the screen, and saves it. */
  async savePicture(name: string, build: BuildChart): Promise<void> {
    await this.#save('png', async () => {
      const png = await drawPicture(build, readChartTheme(document.documentElement));
      return await request('savePicture', { suggestedName: fileNameOf(name, 'png'), png });
    });
  }

  async #save(
    kind: 'csv' | 'svg' | 'png',
    save: () => Promise<{ readonly path: string } | null>,
  ): Promise<void> {
    this.saving = kind;
    try {
      const saved = await save();
      if (saved !== null) this.savedPath = saved.path;
    } finally {
      this.saving = null;
    }
  }
}

export const forecastScreen = new ForecastScreen();
