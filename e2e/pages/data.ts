import type { Locator, Page } from '@playwright/test';

/** The Data screen: what is opened, and what was found in it. */
export class DataPage {
  /** Stands there once something is open. */
  readonly found: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.found = window.getByRole('heading', { name: 'What was found' });
  }

  async openSample(name: string): Promise<void> {
    await this.#window.getByRole('button', { name: new RegExp(`^Open ${name}`) }).click();
    await this.found.waitFor();
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
