import type { Locator, Page } from '@playwright/test';

/** The Model screen: the settings, and what they make of the data. */
export class ModelPage {
  /** '(windows, window length, inputs)' */
  readonly windowsShape: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.windowsShape = window.getByTestId('windows-shape');
  }

  async choosePreset(name: 'Tutorial' | 'Recommended'): Promise<void> {
    await this.#window.getByRole('button', { name, exact: true }).click();
  }

  /** The settings are folded at first. */
  async showSettings(): Promise<void> {
    const show = this.#window.getByRole('button', { name: 'Show the settings' });
    if (await show.isVisible()) await show.click();
  }

  async setNumber(label: string, value: number): Promise<void> {
    await this.showSettings();
    const field = this.#window.getByLabel(label, { exact: true });
    await field.fill(String(value));
    await field.blur();
  }

  async startTraining(): Promise<void> {
    await this.#window.getByRole('button', { name: 'Train', exact: true }).last().click();
    await this.#window.getByRole('heading', { level: 1, name: 'Train' }).waitFor();
  }
}
