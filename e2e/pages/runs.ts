import type { Locator, Page } from '@playwright/test';

/** The Runs screen: trainings that are kept, damaged, or deleted. */
export class RunsPage {
  readonly damaged: Locator;
  readonly deleted: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.damaged = window.getByRole('heading', { name: 'Damaged runs' });
    this.deleted = window.getByRole('heading', { name: 'Deleted runs' });
  }

  retry(id: string): Locator {
    return this.#button(`Try “${id}” again`);
  }

  delete(name: string): Locator {
    return this.#button(`Delete “${name}”`);
  }

  bringBack(name: string): Locator {
    return this.#button(`Bring “${name}” back`);
  }

  async removeForGood(name: string): Promise<void> {
    await this.#button(`Remove “${name}” for good`).click();
    await this.#window.getByRole('button', { name: 'Remove for good', exact: true }).last().click();
  }

  #button(name: string): Locator {
    return this.#window.getByRole('button', { name });
  }
}
