import type { Estimate, Measure, Verification } from '../../../src-main/contract/results';
import { formatWithUnit } from '../../../src-main/contract/format';

const DIGITS: Readonly<Record<Measure, number>> = {
  rmse: 2,
  mae: 2,
  bias: 2,
  correlation: 2,
  mase: 2,
  skill: 1,
  skillOverBest: 1,
};

/** A measured number as it is shown: skill in per cent, errors with their unit unless it stands in the header. */
export interface ShownEstimate {
  readonly value: string;
  /** '2.10 to 2.52'; null where there is none. */
  readonly interval: string | null;
}

/**
 * @param range joins the ends of an interval: '2.10 to 2.52'
 */
export function showEstimate(
  measure: Measure,
  { value, low, high }: Estimate,
  language: string,
  range: (low: string, high: string) => string,
): ShownEstimate {
  const factor = measure === 'skill' || measure === 'skillOverBest' ? 100 : 1;
  const write = (number: number): string =>
    Number.isFinite(number) ? formatWithUnit(number * factor, '', DIGITS[measure], language) : '–';
  return { value: write(value), interval: Number.isFinite(low) ? range(write(low), write(high)) : null };
}

/** The unit that a column of measured numbers has. */
export function unitOf(measure: Measure, { unit }: Pick<Verification, 'unit'>): string {
  switch (measure) {
    case 'rmse':
    case 'mae':
    case 'bias':
      return unit;
    case 'skill':
    case 'skillOverBest':
      return '%';
    case 'correlation':
    case 'mase':
      return '';
  }
}
