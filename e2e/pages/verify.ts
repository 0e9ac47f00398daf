import type { Locator, Page } from '@playwright/test';

/** The Verify screen: how good a model is. */
export class VerifyPage {
  readonly verdict: Locator;
  /** The verdict, where it is of the LSTM or of a blend with it. */
  readonly sentence: Locator;
  /** How often the intervals held. */
  readonly coverage: Locator;
  /** How likely rain was said to be, and how often it came. */
  readonly rain: Locator;
  /** What warnings of the event shown would have done. */
  readonly warningRecord: Locator;
  /** What came of training again and again along the test part. */
  readonly rolling: Locator;

  /** What the model adds to the weather service's forecast. */
  readonly overService: Locator;

  constructor(window: Page) {
    this.verdict = window.getByTestId('verdict');
    this.sentence = window.getByText(/^The (LSTM|blend of LSTM .*) (seems|beats|loses|cannot be told apart)/);
    this.coverage = window.getByTestId('coverage');
    this.overService = window.getByTestId('over-service');
    this.rain = window.getByTestId('rain');
    this.warningRecord = window.getByTestId('warning-record');
    this.rolling = window.getByTestId('rolling');
  }
}
