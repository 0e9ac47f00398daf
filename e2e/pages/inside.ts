import type { Locator, Page } from '@playwright/test';

/** The Inside screen: the numbers in the network, step by step. */
export class InsidePage {
  readonly unitComputes: Locator;
  /** Gates and states of all units at one step. */
  readonly values: Locator;
  /** The step of the window that is shown. */
  readonly step: Locator;
  readonly heatMaps: Locator;
  /** The place of the window among all, of a trained model. */
  readonly window: Locator;
  /** With the state carried on: the states after each hundredth window. */
  readonly hundredths: Locator;
  readonly shapes: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.unitComputes = page.getByRole('region', { name: 'What one unit computes' });
    this.values = page.getByRole('region', { name: /^All units at one step/ }).last();
    this.step = page.getByRole('slider');
    this.heatMaps = page.getByRole('img', { name: /^Heat map/ });
    this.window = page.getByText(/^Window \d+ of \d+$/);
    this.hundredths = page.getByRole('region', { name: 'Every hundredth window' }).last();
    this.shapes = page.getByRole('region', { name: 'Shapes, and batches of windows' }).last();
  }

  /** What is looked into, and how: 'First numbers', 'Your model', 'State carried on'. */
  choice(name: string): Locator {
    return this.#page.getByRole('radio', { name, exact: true });
  }

  /** A row of any table here, by how it begins. */
  row(name: RegExp): Locator {
    return this.#page.getByRole('row', { name });
  }

  /** A choice of one from a list. */
  list(name: 'Unit' | 'Layer'): Locator {
    return this.#page.getByRole('combobox', { name });
  }

  async pick(name: 'Unit' | 'Layer', number: number): Promise<void> {
    await this.list(name).click();
    await this.#page.getByRole('option', { name: `${name} ${number}`, exact: true }).click();
  }

  async earlierWindow(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Earlier window' }).click();
  }
}
