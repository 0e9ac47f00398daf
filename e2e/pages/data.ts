import type { Locator, Page } from '@playwright/test';

/** The Data screen: what is opened, and what was found in it. */
export class DataPage {
  /** Stands there once something is open. */
  readonly found: Locator;
  /** What joining readings and forecasts gave. */
  readonly join: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.join = window.getByTestId('forecast-join');
    this.found = window.getByRole('heading', { name: 'What was found' });
  }

  async openSample(name: string): Promise<void> {
    await this.#window.getByRole('button', { name: new RegExp(`^Open ${name}`) }).click();
    await this.found.waitFor();
  }

  /** What a file of several is taken to hold. */
  holds(file: string): Locator {
    return this.#window.getByRole('combobox', { name: `What ${file} holds` });
  }

  async take(file: string, held: 'Readings' | 'Forecasts'): Promise<void> {
    await this.holds(file).click();
    await this.#window.getByRole('option', { name: held }).click();
  }

  /** Asks for another file, whatever the screen shows; the dialog's answer is settled beforehand. */
  async chooseFile(): Promise<void> {
    const choose = this.#window.getByRole('button', { name: 'Choose a file' });
    const another = this.#window.getByRole('button', { name: 'Open another' });
    await choose.or(another).first().waitFor();
    if (!(await choose.isVisible())) await another.click();
    await choose.click();
  }
}
