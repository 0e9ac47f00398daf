import { holdsWords, type ColumnChoice, type ColumnMapping, type ColumnReport } from '../../contract/dataset';
import {
  isCalendarName,
  isIdentifierName,
  isNameless,
  isPlainTemperature,
  isTimeName,
} from '../cells/column-names';

/** As many inputs as a mapping holds. */
const MOST_INPUTS = 200;

/**
 * The mapping that the Columns screen starts with; null without a column for the time or for the target.
 * @param timeParts the columns that make up the time, the first of which stands for it
 * @param dry rain columns in which an empty cell means that none fell
 */
export function suggestMapping(
  reports: readonly ColumnReport[],
  timeParts: readonly number[],
  dry: ReadonlyMap<number, number> = new Map(),
): ColumnMapping | null {
  const [time] = timeParts;
  if (time === undefined) return null;
  const measured = reports.filter((report) => !timeParts.includes(report.index) && isMeasured(report));
  const temperatures = measured.filter(({ quantity }) => quantity === 'temperature');
  const target = temperatures.find(({ name }) => isPlainTemperature(name)) ?? temperatures[0] ?? measured[0];
  if (target === undefined) return null;
  const others = measured.filter(({ index }) => index !== target.index).slice(0, MOST_INPUTS - 1);
  return {
    time,
    target: target.index,
    alsoTargets: [],
    inputs: [...others, target].map(({ index }) => index).sort((a, b) => a - b),
    columns: reports.map((report) => choiceFor(report, dry.has(report.index))),
    from: null,
    to: null,
    stepSeconds: null,
    gapLimit: null,
    derived: [],
  };
}

/** Numbers, no words, that vary and do not name a station or a time of day. */
function isMeasured(report: ColumnReport): boolean {
  const { name, quantity, count, min, max } = report;
  if (count === 0 || holdsWords(report) || min === max || isIdentifierName(name)) return false;
  // Whole numbers from 0 or 1 on, one more each row.
  const counts = quantity === 'other' && (min === 0 || min === 1) && (max ?? 0) - min === count - 1;
  if (counts && isNameless(name)) return false;
  return quantity !== 'other' || !(isCalendarName(name) || isTimeName(name) || NOT_MEASURED.test(name));
}

/** Times of day of extremes and flags of quality. */
const NOT_MEASURED = /시각|hhmi|^qn?(_\d+)?$|^q[a-z0-9]{1,8}$|flag|플래그|品質|均質|現象なし/i;

function choiceFor({ index, quantity, unit }: ColumnReport, isDry: boolean): ColumnChoice {
  return { index, quantity, unit, useUnit: unit, gapPolicy: isDry ? 'zero' : 'linear' };
}
