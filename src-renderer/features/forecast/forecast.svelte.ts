import type { AddedReadings, ForecastLog } from '../../../src-main/contract/forecast-log';
import type { Forecast } from '../../../src-main/contract/results';
import { request } from '../../api';
import { drawPicture } from '../../charts/picture';
import type { BuildChart } from '../../charts/option';
import { readChartTheme } from '../../charts/theme';
import { language } from '../../i18n/index.svelte';
import { RunResult } from '../results/run-result.svelte';
import { fileNameOf } from './file-name';

/** What the Forecast screen shows; kept while other screens are open. */
export class ForecastScreen {
  readonly result: RunResult<Forecast>;
  /** What became of the forecasts issued so far. */
  readonly log = new RunResult<ForecastLog>((runId) => request('forecastLog', { runId }));
  adding = $state(false);
  /** The newer readings that were last added to the run that is shown. */
  added = $state.raw<AddedReadings | null>(null);
  /** The last file that was saved of this forecast. */
  savedPath = $state<string | null>(null);
  saving = $state<'csv' | 'svg' | 'png' | null>(null);
  /** Whether the table of this forecast is on the clipboard. */
  copied = $state(false);

  constructor() {
    this.result = new RunResult((runId) => {
      this.savedPath = null;
      this.copied = false;
      this.added = null;
      return request('forecastRun', { runId });
    });
  }

  /** The table as CSV, or the chart as a picture without pixels. */
  async save(runId: string, format: 'csv' | 'svg'): Promise<void> {
    await this.#save(format, () => request('saveForecast', { runId, format, language: language() }));
  }

  /** Asks for a file of newer readings; then the forecast starts from them. */
  async addReadings(runId: string): Promise<void> {
    this.adding = true;
    try {
      const added = await request('addReadings', { runId });
      if (added === null) return;
      await this.result.reload(runId);
      this.added = added;
    } finally {
      this.adding = false;
    }
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
