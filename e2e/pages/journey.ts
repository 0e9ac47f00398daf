import type { Locator, Page } from '@playwright/test';
import { ColumnsPage } from './columns';
import { DataPage } from './data';
import { ExportPage } from './export';
import { FleetPage } from './fleet';
import { ForecastPage } from './forecast';
import { InsidePage } from './inside';
import { ModelPage } from './model';
import { ReadingsPage } from './readings';
import { RunsPage } from './runs';
import { SearchPage } from './search';
import { TrainPage } from './train';
import { VerifyPage } from './verify';

/**
 * The way through the screens, as a person finds it: by role and name. Each screen has a page of its own. Waits by
 * `waitFor`: `expect`, while it waits, collects all that a screen reader would be told in the window's own thread, which
 * some tests watch.
 */
export class Journey {
  readonly data: DataPage;
  readonly readings: ReadingsPage;
  readonly columns: ColumnsPage;
  readonly model: ModelPage;
  readonly search: SearchPage;
  readonly fleet: FleetPage;
  readonly train: TrainPage;
  readonly verify: VerifyPage;
  readonly forecast: ForecastPage;
  readonly export: ExportPage;
  readonly inside: InsidePage;
  readonly runs: RunsPage;
  readonly #window: Page;

  constructor(window: Page) {
    this.data = new DataPage(window);
    this.readings = new ReadingsPage(window);
    this.columns = new ColumnsPage(window);
    this.model = new ModelPage(window);
    this.search = new SearchPage(window);
    this.fleet = new FleetPage(window);
    this.train = new TrainPage(window);
    this.verify = new VerifyPage(window);
    this.forecast = new ForecastPage(window);
    this.export = new ExportPage(window);
    this.inside = new InsidePage(window);
    this.runs = new RunsPage(window);
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

  /** From the Data screen to a training with the lesson's settings. @param sample how its name begins */
  async trainTutorial(sample: string, epochs: number): Promise<void> {
    await this.data.openSample(sample);
    await this.next('Columns');
    await this.next('Model');
    await this.model.choosePreset('Tutorial');
    await this.model.setNumber('Epochs', epochs);
    await this.model.startTraining();
  }

  async speak(language: 'English' | '한국어'): Promise<void> {
    await this.#window.getByRole('radio', { name: language }).click();
  }

  button(name: string | RegExp, exact = false): Locator {
    return this.#window.getByRole('button', { name, exact });
  }
}
