import type { Locator, Page } from '@playwright/test';

/** The Fleet screen: its stations, how far it is, the leaderboard. */
export class FleetPage {
  /** On Data, beside what was opened as one record. */
  readonly offer: Locator;
  readonly plan: Locator;
  readonly board: Locator;
  readonly notTrained: Locator;
  readonly sharing: Locator;
  /** The shared model beside those of the stations, and at stations that it never saw. */
  readonly shared: Locator;
  readonly curve: Locator;
  readonly map: Locator;
  /** Of the broker that is set. */
  readonly workers: Locator;
  /** All stations were looked at. */
  readonly planned: Locator;
  /** Stands there once all stations were tried. */
  readonly ended: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.offer = window.getByRole('button', { name: 'Open as a fleet' });
    this.plan = window.getByRole('region', { name: 'The stations, as they were read' }).last();
    this.board = window.getByRole('region', { name: 'Leaderboard' }).last();
    this.notTrained = window.getByRole('region', { name: 'Not trained' }).last();
    this.workers = window.getByRole('table', { name: 'Workers' });
    this.sharing = window.getByText('Training the shared model');
    this.shared = window.getByRole('region', { name: 'One model for all stations' }).last();
    this.curve = window.getByRole('region', { name: /at a station that the shared model never saw/ });
    this.map = window.getByRole('img', { name: /^Map of/ });
    this.planned = window.getByText('All stations were looked at.');
    this.ended = window.getByText(/Against its best baseline the model is better at/);
  }

  async chooseFolder(): Promise<void> {
    await this.#button('Choose a folder…').click();
  }

  /** The same settings for all stations: those of the Model screen. */
  async takeModelSettings(): Promise<void> {
    await this.#window.getByRole('radio', { name: 'As on the Model screen' }).click();
  }

  /** Types its address and takes it. */
  async useBroker(address: string): Promise<void> {
    await this.#window.getByLabel('Address of the broker').fill(address);
    await this.#button('Use this broker').click();
  }

  async alsoShare(): Promise<void> {
    await this.#window.getByRole('switch', { name: 'One model for all stations, too' }).click();
  }

  async train(): Promise<void> {
    await this.#button(/^Train \d+ stations/).click();
  }

  /** The first stations are done, and it is known how long the others take. */
  get underWay(): Locator {
    return this.#window.getByText(/^[1-6] of 7 stations, .+ left$/);
  }

  /** Holds up what is under way; resolves when it says so. */
  async pause(): Promise<void> {
    await this.#button('Pause').click();
    await this.#button('Resume').waitFor();
  }

  async resume(): Promise<void> {
    await this.#button('Resume').click();
    await this.#button('Resume').waitFor({ state: 'detached' });
  }

  async forecastAll(): Promise<void> {
    await this.#button('Forecast all again').click();
    await this.board.getByRole('columnheader', { name: 'Next value' }).waitFor();
    await this.ended.waitFor({ timeout: 600_000 });
  }

  async another(): Promise<void> {
    await this.#button('Another fleet').click();
  }

  sortButton(column: string): Locator {
    return this.board.getByRole('columnheader', { name: column }).getByRole('button');
  }

  openButton(station: string): Locator {
    return this.#button(`Open station “${station}” as a run`);
  }

  /** By the head of a column; pressed again it goes the other way. */
  async sortBy(column: string): Promise<void> {
    await this.sortButton(column).click();
  }

  /** The names of the stations, in the order of the leaderboard. */
  names(): Promise<string[]> {
    return this.board.getByRole('rowheader').allTextContents();
  }

  async openStation(name: string): Promise<void> {
    await this.openButton(name).click();
  }

  async saveTable(): Promise<void> {
    await this.#button('Save table').click();
  }

  #button(name: string | RegExp): Locator {
    return this.#window.getByRole('button', { name });
  }
}
