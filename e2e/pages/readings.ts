import type { Locator, Page } from '@playwright/test';

export type Mark = 'spike' | 'stuck' | 'repeated' | 'struck';

/** The readings over time on the Data screen: doubtful ones are marked, and struck by hand. */
export class ReadingsPage {
  readonly heading: Locator;
  /** The beginning of the span in sight, of the first column. */
  readonly from: Locator;
  readonly undo: Locator;
  readonly redo: Locator;
  /** What the cleaning did to the score, in a sentence. */
  readonly cleaning: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.heading = window.getByRole('heading', { name: 'Readings over time' });
    this.from = window.getByLabel('From', { exact: true }).first();
    this.undo = window.getByRole('button', { name: 'Undo' });
    this.cleaning = window.getByTestId('cleaning');
    this.redo = window.getByRole('button', { name: 'Redo' });
  }

  /** How many readings bear a mark, and which of them is in sight. */
  marks(mark: Mark): Locator {
    return this.#window.locator(`li[data-mark="${mark}"]`);
  }

  /** @param column its name without the unit */
  chart(column: string): Locator {
    return this.#window.getByRole('img', { name: new RegExp(`^${column} \\(.*\\) ?(from|,)`) });
  }

  /** The button that goes to the next reading with a mark. @param mark as the button names it */
  next(mark: 'Spike' | 'Stuck'): Locator {
    return this.#window.getByRole('button', { name: `Next: ${mark}` });
  }

  /** Strikes the reading that is in sight. */
  async strike(): Promise<void> {
    await this.#window.getByRole('button', { name: 'Strike', exact: true }).click();
  }

  async compareCleaning(): Promise<void> {
    await this.#window.getByRole('button', { name: 'Train twice and compare' }).click();
  }

  /** All readings of a mark count, whatever they look like. */
  async keepAll(mark: 'Spike' | 'Stuck'): Promise<void> {
    await this.#window.getByRole('button', { name: `Keep all: ${mark}` }).click();
  }
}
