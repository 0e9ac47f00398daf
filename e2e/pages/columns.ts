import type { Locator, Page } from '@playwright/test';

/** The Columns screen: the part that each column plays. */
export class ColumnsPage {
  /** What is not suggested, each with its reason. */
  readonly leftOut: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.leftOut = window.getByTestId('left-out');
  }

  /** @param column its name, or how that begins */
  role(column: string): Locator {
    return this.#window.getByRole('combobox', { name: `Role of ${column}` });
  }

  async makeTarget(column: string): Promise<void> {
    await this.role(column).click();
    await this.#window.getByRole('option', { name: /^Target What/ }).click();
  }
}
