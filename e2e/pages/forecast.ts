import type { Locator, Page } from '@playwright/test';

/** The Forecast screen: the values to come, and how earlier ones turned out. */
export class ForecastPage {
  readonly values: Locator;
  /** The scores of forecasts whose time has come. */
  readonly runningScores: Locator;
  /** What is watched, and when the last forecast was issued. */
  readonly watching: Locator;

  /** Says that the weather service's forecast was missing. */
  readonly withoutService: Locator;

  constructor(window: Page) {
    this.values = window.getByRole('region', { name: 'Values', exact: true });
    this.runningScores = window.getByTestId('running-scores');
    this.withoutService = window.getByTestId('without-service');
    this.watching = window.getByTestId('watching');
  }

  /** @param date how its time begins: '2023-01-01' */
  valueOf(date: string): Locator {
    return this.values.getByRole('row', { name: new RegExp(`^${date}`) });
  }
}
