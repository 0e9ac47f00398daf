import { expect, type Locator, type Page } from '@playwright/test';

/** The Train screen: how far a training is, and how it ended. */
export class TrainPage {
  /** Stands there once all epochs are done. */
  readonly complete: Locator;
  readonly stopped: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.complete = window.getByText(/Training is complete/);
    this.stopped = window.getByText(/Training was stopped/);
  }

  /** The last finished epoch; 0 before the first. */
  async epoch(): Promise<number> {
    const text = await this.#window
      .locator('dt', { hasText: /^Epoch$/ })
      .locator('xpath=../dd')
      .innerText();
    return Number(/^[\d,]+/.exec(text)?.[0].replace(/,/g, '') ?? 0);
  }

  async waitForEpoch(least: number): Promise<void> {
    await expect.poll(() => this.epoch(), { intervals: [50] }).toBeGreaterThanOrEqual(least);
  }
}
