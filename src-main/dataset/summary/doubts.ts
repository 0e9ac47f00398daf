import {
  outliersAreMissing,
  roleOf,
  targetsOf,
  type ColumnReport,
  type ColumnMapping,
} from '../../contract/dataset';
import type { ProblemData } from '../../contract/problems';
import { physicalRange } from '../../contract/quantities';

/** Clocks go wrong, and where the zone is not known a time is up to 14 hours off. */
const MOST_AHEAD = 24 * 3_600_000;
/** With more values outside, the quantity or the unit is another than it is taken for. */
const MOSTLY = 0.5;
/** Fewer jumps than this share of the readings are weather, or one bad cell. */
const MOST_JUMPS = 0.001;

/**
 * What is doubtful in the columns that the suggestion takes, each with a way out.
 * @param mapping the suggestion
 * @param range of the times, as `Series.time`
 * @param now the same
 */
export function doubtsOf(
  reports: readonly ColumnReport[],
  mapping: ColumnMapping,
  range: { readonly from: number; readonly to: number } | null,
  now: number,
): ProblemData[] {
  const taken = reports.filter(({ index }) => !['time', 'ignore'].includes(roleOf(mapping, index)));
  const isTarget = ({ index }: ColumnReport): boolean => targetsOf(mapping).includes(index);
  const date = new Date(range?.to ?? 0).toISOString().slice(0, 10);
  return [
    ...(range !== null && range.to > now + MOST_AHEAD
      ? [{ code: 'dates-ahead' as const, params: { date } }]
      : []),
    ...taken.flatMap((report) => [
      ...outside(report),
      ...takenOut(report),
      ...stuck(report),
      ...jumping(report),
    ]),
    ...taken.flatMap((report) => (isTarget(report) ? [] : countingUp(report))),
  ];
}

function outside(report: ColumnReport): ProblemData[] {
  const { name: column, quantity, unit, count, outOfRange } = report;
  const [low, high] = physicalRange(quantity, unit);
  const params = { column, count: outOfRange, low, high, unit };
  if (outliersAreMissing(report)) {
    const isKnown = quantity !== 'other';
    return [
      isKnown
        ? { code: 'readings-outside', params }
        : { code: 'readings-far-off', params: { column, count: outOfRange } },
    ];
  }
  return outOfRange > MOSTLY * count ? [{ code: 'readings-mostly-outside', params }] : [];
}

const countingUp = ({ name: column, runningTotal }: ColumnReport): ProblemData[] =>
  runningTotal ? [{ code: 'counts-up', params: { column } }] : [];

function takenOut({ name: column, spikesTaken, stuckTaken }: ColumnReport): ProblemData[] {
  return [
    ...(spikesTaken > 0 ? [{ code: 'spikes-taken' as const, params: { column, count: spikesTaken } }] : []),
    ...(stuckTaken > 0 ? [{ code: 'stuck-taken' as const, params: { column, count: stuckTaken } }] : []),
  ];
}

function stuck({ name: column, stuck: run, stuckTaken, unit }: ColumnReport): ProblemData[] {
  if (run === null || stuckTaken >= run.count) return [];
  return [{ code: 'sensor-stuck', params: { column, ...run, unit } }];
}

function jumping({ name: column, jumps, firstJump, count, unit }: ColumnReport): ProblemData[] {
  if (firstJump === null || jumps <= MOST_JUMPS * count) return [];
  return [{ code: 'sensor-jumps', params: { column, count: jumps, ...firstJump, unit } }];
}
