/** How a file tells of when its forecasts were issued. */
export const FORECAST_KINDS = ['issue-valid', 'lead-time', 'previous-runs', 'one-run'] as const;
export type ForecastKind = (typeof FORECAST_KINDS)[number];

/** A file of forecasts that was joined to the readings. Times are of the station's clock, as `Series.time`. */
export interface ForecastFile {
  readonly fileName: string;
  readonly kind: ForecastKind;
  readonly rows: number;
  /** Different moments of issue, the first and the last of them. */
  readonly runs: number;
  readonly issued: { readonly from: number; readonly to: number };
  readonly valid: { readonly from: number; readonly to: number };
  /** Hours that were added to its times, and why: zones were told, its course fits the readings so, it was chosen. */
  readonly hours: number;
  readonly clock: 'same' | 'told' | 'course' | 'chosen';
}

/** What joining readings and forecasts gave. */
export interface ForecastJoin {
  readonly files: readonly ForecastFile[];
  /** The places of their columns in the table. */
  readonly columns: readonly number[];
  /** Columns that were passed over: they tell what was known only afterwards. */
  readonly passedOver: readonly string[];
  readonly stepSeconds: number;
  /** The longest lead time. */
  readonly leadSeconds: number;
  /** Readings for which a forecast was known one step before, and those for which none was. */
  readonly matched: number;
  readonly unmatched: number;
  /** The first and the last reading with one; null where there is none. */
  readonly range: { readonly from: number; readonly to: number } | null;
  /** Valid times for which there is no reading: before the first, after the last, in between. */
  readonly without: { readonly before: number; readonly after: number; readonly between: number };
}
