import type { Locator, Page } from '@playwright/test';

/** The Export screen: the formats, and what was written of them. */
export class ExportPage {
  /** Stands there once all files are written and forecast as the model does. */
  readonly done: Locator;
  /** One for each format: how far its model is from the trained one. In the language of the window. */
  readonly checks: { readonly English: Locator; readonly 한국어: Locator };
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.done = window.getByText(/Exported and checked/);
    this.checks = {
      English: window.getByText(/^Checked: greatest difference \d(e-\d)? °C$/),
      한국어: window.getByText(/^확인함: 가장 큰 차이/),
    };
  }

  format(name: string): Locator {
    return this.#window.getByRole('button', { name });
  }

  /** Writes what is chosen; the answer of the dialog that asks for a folder is settled beforehand. */
  async write(): Promise<void> {
    await this.#window.getByRole('button', { name: /^Export…/ }).click();
    await this.done.waitFor();
  }
}
