import { holdsWords, type ColumnReport } from '../../contract/dataset';
import type { LeftOut, LeftOutReason } from '../../contract/suggestion';
import { isNameless } from '../cells/column-names';
import { correlationOf, foretells } from '../../series';
import { kindOfColumn, type ColumnKind } from './column-kind';
import type { ColumnTraits } from './traits';

/** A column with all that a suggestion goes by. */
export interface Candidate extends ColumnKind {
  readonly report: ColumnReport;
  readonly traits: ColumnTraits;
  /** Share of the rows in which it was read, 0 to 1; an empty cell of a rain column that means none counts as read. */
  readonly share: number;
}

/** A column that is read less often than this is mostly empty. */
const LEAST_SHARE = 0.5;
/** And one of which the newest part holds less than this is not measured any more. */
const LEAST_NEWEST_SHARE = 0.1;
/** An hour of the day, or a clock time written as one number. */
const LATEST_TIME = 2400;

export function candidatesOf(
  reports: readonly ColumnReport[],
  traits: readonly ColumnTraits[],
  rows: number,
  dry: ReadonlyMap<number, number>,
): readonly Candidate[] {
  return reports.map((report, position) => ({
    ...kindOfColumn(report),
    report,
    traits: traits[position]!,
    share: (report.count + (dry.get(report.index) ?? 0)) / Math.max(1, rows),
  }));
}

export const leftOutBecause = (
  { report }: Candidate,
  why: LeftOutReason,
  params: LeftOut['params'] = {},
): LeftOut => ({ column: report.index, why, params });

/** Why a column is no measurement at all, and so neither target nor input; null: it is one. */
export function whyNotMeasured(candidate: Candidate, all: readonly Candidate[]): LeftOut | null {
  const { report, traits, notMeasured, computedFrom } = candidate;
  const because = (why: LeftOutReason, params?: LeftOut['params']): LeftOut =>
    leftOutBecause(candidate, why, params);
  if (notMeasured === 'names-row' || notMeasured === 'date') return because(notMeasured);
  if (report.count === 0 && report.words === 0) return because('no-readings');
  if (holdsWords(report)) return because('words');
  if (notMeasured !== null) return because(notMeasured);
  if (traits.tellsClock && report.quantity === 'other') return because('date');
  // One reading among thousands is the same throughout too.
  if (report.min === report.max) {
    return isMostlyEmpty(candidate)
      ? mostlyEmpty(candidate)
      : because('constant', { value: report.min ?? 0 });
  }
  if (report.quantity !== 'other') return null;
  if (isTimeOfAnother(candidate, all)) return because('companion');
  if (isCounter(candidate)) return because('names-row');
  // Rows of a short file may well hold but two values.
  const isFlag = traits.isTwoValued && traits.isWhole && report.count > 10 && !isNameless(report.name);
  return isFlag && computedFrom === null ? because('flag') : null;
}

/** Numbers that grow by one and the same from row to row. */
function isCounter({ report: { min, max, count, name }, traits }: Candidate): boolean {
  if (!traits.isWhole) return false;
  const isCount = (min === 0 || min === 1) && (max ?? 0) - min === count - 1;
  return (isCount && isNameless(name)) || traits.risesEvenly;
}

/** 'TXH' beside 'TX', 'outTempMaxTime' beside 'outTempMax': when an extreme was read. */
function isTimeOfAnother({ report, traits }: Candidate, all: readonly Candidate[]): boolean {
  const { name, min, max } = report;
  if (!traits.isWhole || (min ?? -1) < 0 || (max ?? Infinity) > LATEST_TIME) return false;
  const [, of] = /^(.+?)[ _.]?(?:h|hr|hour|hours|time|t|zeit|uhrzeit|hora|heure)$/i.exec(name) ?? [];
  if (of === undefined) return false;
  return all.some((other) => other.report.quantity !== 'other' && other.report.name.trim() === of.trim());
}

/** Why a measurement is no input though it is one: the station no longer reads it, or hardly ever did. */
export function whyNotAlive(candidate: Candidate): LeftOut | null {
  if (isMostlyEmpty(candidate)) return mostlyEmpty(candidate);
  return candidate.traits.newestShare < LEAST_NEWEST_SHARE && candidate.report.quantity !== 'rain'
    ? leftOutBecause(candidate, 'empty-lately')
    : null;
}

const isMostlyEmpty = ({ share }: Candidate): boolean => share < LEAST_SHARE;

const mostlyEmpty = (candidate: Candidate): LeftOut =>
  leftOutBecause(candidate, 'mostly-empty', { percent: percentEmpty(candidate.share) });

/** In whole per cent; 100 only where nothing was read, 99.9 for a few readings among thousands. */
function percentEmpty(share: number): number {
  const percent = Math.round((1 - share) * 100);
  return percent === 100 && share > 0 ? 99.9 : percent;
}

/** Two columns that are more alike than this tell the same, whatever they are called. */
const MOST_ALIKE = 0.999;

export const areAlike = (a: Candidate, b: Candidate): boolean =>
  Math.abs(correlationOf(a.traits.sample.now, b.traits.sample.now)) > MOST_ALIKE;

/** Whether a column tells what another is in the next row better than anything from the past can. */
export const tellsTheNext = ({ traits }: Candidate, { traits: { sample } }: Candidate): boolean =>
  foretells(traits.sample.now, sample.now, sample.next);
