import { expect, type Locator, type Page } from '@playwright/test';

/**
 * The screens as a person meets them: by role and name. Waits by `waitFor`: `expect`, while it waits, collects all that a
 * screen reader would be told in the window's own thread, which some tests watch.
 */
export class Journey {
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
  }

  heading(name: string): Locator {
    return this.#window.getByRole('heading', { level: 1, name });
  }

  step(name: string): Locator {
    return this.#window.getByRole('navigation').getByRole('button', { name: new RegExp(`^${name}`) });
  }

  async go(name: string): Promise<void> {
    await this.step(name).click();
    await this.heading(name).waitFor();
  }

  /** The bright button to the next screen. */
  async next(name: string): Promise<void> {
    await this.#window.getByRole('button', { name: `Next: ${name}` }).click();
    await this.heading(name).waitFor();
  }

  async openSample(name: string): Promise<void> {
    await this.#window.getByRole('button', { name: new RegExp(`^Open ${name}`) }).click();
    await this.#window.getByRole('heading', { name: 'What was found' }).waitFor();
  }

  /** Asks for another file, whatever the Data screen shows; the dialog's answer is settled beforehand. */
  async chooseFile(): Promise<void> {
    const choose = this.#window.getByRole('button', { name: 'Choose a file' });
    const another = this.#window.getByRole('button', { name: 'Open another' });
    await choose.or(another).first().waitFor();
    if (!(await choose.isVisible())) await another.click();
    await choose.click();
  }

  async choosePreset(name: 'Tutorial' | 'Recommended'): Promise<void> {
    await this.#window.getByRole('button', { name, exact: true }).click();
  }

  /** The settings of the Model screen are folded until somebody wants them. */
  async showSettings(): Promise<void> {
    const show = this.button('Show the settings');
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
    await this.heading('Train').waitFor();
  }

  button(name: string | RegExp, exact = false): Locator {
    return this.#window.getByRole('button', { name, exact });
  }

  /** The last finished epoch that the Train screen shows; 0 before the first. */
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
