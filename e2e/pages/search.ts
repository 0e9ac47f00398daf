import type { Locator, Page } from '@playwright/test';

/** The screen of the search for good settings: its space, its trials, its end. */
export class SearchPage {
  readonly start: Locator;
  readonly board: Locator;
  /** The row of the best trial, once one has a score in °C. */
  readonly best: Locator;
  /** Who works for the broker that is set. */
  readonly workers: Locator;
  readonly paused: Locator;
  /** Stands there once the best settings were trained in full. */
  readonly finished: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.start = window.getByRole('button', { name: 'Start the search' });
    this.board = window.getByRole('region', { name: 'Leaderboard' }).last();
    this.best = this.board.getByRole('row', { name: /^1 \d.* °C/ });
    this.workers = window.getByRole('table', { name: 'Workers' });
    this.paused = window.getByText('Paused', { exact: true });
    this.finished = window.getByText(/was trained again|these were trained/);
  }

  async pause(): Promise<void> {
    await this.#button('Pause').click();
    await this.paused.waitFor();
  }

  async resume(): Promise<void> {
    await this.#button('Resume').click();
  }

  async seeScores(): Promise<void> {
    await this.#button('See its scores').click();
  }

  #button(name: string): Locator {
    return this.#window.getByRole('button', { name });
  }
}
