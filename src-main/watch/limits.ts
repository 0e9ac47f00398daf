import type { DatasetSummary } from '../contract/dataset';

const MINUTE_MS = 60_000;
/** Clocks of stations go wrong by minutes. */
const TOLERANCE_MS = 10 * MINUTE_MS;
/** The furthest that a clock of this world is ahead of UTC. */
const FURTHEST_AHEAD_MS = 14 * 60 * MINUTE_MS;

type Found = Pick<DatasetSummary, 'time' | 'range' | 'step'>;

/** The latest reading that there can be now, on the clock of the file: where its zone is not known, on any clock. */
export function latestPossible({ time }: Pick<Found, 'time'>, now: number): number {
  return now + TOLERANCE_MS + (time?.zone === 'UTC' ? 0 : FURTHEST_AHEAD_MS);
}

/**
 * The last instant whose readings are taken: none of the future, and where several readings make one step (an hour of
 * five minutes each) none of a step that is not over.
 * @param stepSeconds of the run; null: that of the file
 */
export function lastTaken(found: Found, stepSeconds: number | null, now: number): number {
  const possible = latestPossible(found, now);
  const newest = Math.min(found.range?.to ?? possible, possible);
  const own = found.step?.seconds ?? 0;
  if (stepSeconds === null || stepSeconds <= own) return newest;
  const step = stepSeconds * 1000;
  return Math.floor((newest + own * 1000) / step) * step - 1;
}

/** The last instant whose readings belong to a row. */
export function endOfRow(row: number, found: Found, stepSeconds: number | null): number {
  const own = (found.step?.seconds ?? 0) * 1000;
  const isCoarser = stepSeconds !== null && stepSeconds * 1000 > own;
  // On the file's own step a reading belongs to the nearest row.
  return isCoarser ? row + stepSeconds * 1000 - 1 : row + own / 2 - 1;
}
