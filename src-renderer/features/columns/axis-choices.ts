import {
  DERIVED_INPUTS,
  type ColumnMapping,
  type DatasetSummary,
  type DerivedInput,
} from '../../../src-main/contract/dataset';
import { fitsStep, MONTH_SECONDS, sourcesOf, STEP_CHOICES } from '../../../src-main/contract/derived';
import { clockAhead, sunSchema } from '../../../src-main/contract/sun';

/** Seconds of the shortest calendar month: a log with such steps is monthly. */
const SHORTEST_MONTH = 28 * 86_400;

/** Steps that the readings can be laid on beside their own: coarser ones, in seconds. */
export function coarserSteps(dataset: DatasetSummary): readonly number[] {
  const own = dataset.step?.seconds ?? Infinity;
  return own >= SHORTEST_MONTH ? [] : STEP_CHOICES.filter((seconds) => seconds > own);
}

/** Seconds from row to row of the time axis that a mapping makes; undefined for a single reading. */
export function stepOfAxis(
  mapping: ColumnMapping | null,
  dataset: DatasetSummary | null,
): number | undefined {
  return mapping?.stepSeconds ?? dataset?.step?.seconds;
}

/** What Recommended depends on: the step of the time axis, and whether a weather service's forecast of the target is known. */
export const occasionOf = (
  mapping: ColumnMapping | null,
  dataset: DatasetSummary | null,
): readonly [stepSeconds: number | undefined, hasService: boolean] => [
  stepOfAxis(mapping, dataset),
  mapping?.service !== undefined,
];

/** Longest holes to fill that can be chosen from, in steps. */
export const GAP_LIMITS = [0, 1, 2, 3, 6, 12, 24, 48, 168] as const;

export const setGapLimit = (mapping: ColumnMapping, gapLimit: number | null): ColumnMapping => ({
  ...mapping,
  gapLimit,
});

/** Another step; derived inputs and extremes that cannot be made on it are taken out. */
export function setStep(
  mapping: ColumnMapping,
  dataset: DatasetSummary,
  stepSeconds: number | null,
): ColumnMapping {
  const { extremes, ...rest } = mapping;
  const gathers = extremes !== undefined && stepSeconds !== null;
  const next = { ...rest, ...(gathers ? { extremes } : {}), stepSeconds };
  return {
    ...next,
    derived: mapping.derived.filter((derived) => obstacleTo(derived, next, dataset) !== 'step'),
  };
}

/** In the order of the list, whatever the order in which they are chosen. */
export function setDerived(mapping: ColumnMapping, derived: DerivedInput, isInput: boolean): ColumnMapping {
  const chosen = new Set(mapping.derived);
  if (isInput) chosen.add(derived);
  else chosen.delete(derived);
  return { ...mapping, derived: DERIVED_INPUTS.filter((each) => chosen.has(each)) };
}

/** Why an input cannot be derived: columns are lacking, or the step is too coarse; null where it can. */
export function obstacleTo(
  derived: DerivedInput,
  mapping: ColumnMapping,
  dataset: DatasetSummary,
): 'columns' | 'step' | null {
  const log = dataset.step?.seconds ?? MONTH_SECONDS;
  const nameOf = (index: number): string => dataset.columns[index]?.name ?? '';
  if (!fitsStep(derived, log, mapping.stepSeconds ?? log)) return 'step';
  return sourcesOf(derived, mapping, nameOf, log) === null ? 'columns' : null;
}

/** A place as it is typed; without hours the clock goes by the zone of the file, or by the longitude. */
export interface SunDraft {
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly utcOffset: number | null;
}

/** With the sun at this place among the inputs; without where none is told, and while it is not whole. */
export function withSun(mapping: ColumnMapping, draft: SunDraft | null, zone: string | null): ColumnMapping {
  if (draft === null || draft.longitude === null) return { ...mapping, sun: null };
  const { latitude, longitude, utcOffset } = draft;
  // How far ahead it is to be told, the horizon says when it is trained.
  const sun = { latitude, longitude, utcOffset: utcOffset ?? clockAhead(zone, longitude), ahead: 1 };
  return { ...mapping, sun: sunSchema.safeParse(sun).data ?? null };
}
