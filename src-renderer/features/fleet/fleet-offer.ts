import type { DatasetSummary } from '../../../src-main/contract/dataset';
import type { ProblemData } from '../../../src-main/contract/problems';
import { withoutRefusedForecasts, type Source } from '../data/source';

/** Files of one station follow each other in time; a larger share of rows at the same times is other stations'. */
const MOST_SHARED_ROWS = 0.1;

/** Why what is open, or could not be opened, is offered as a fleet too. */
export interface FleetOffer {
  readonly why: 'same-times' | 'several-in-file' | 'not-one-record' | 'folder';
  readonly count: number;
  readonly paths: readonly string[];
}

/** What is open may be stations of their own; null where it is one. */
export function offerOf(source: Source | null, dataset: DatasetSummary | null): FleetOffer | null {
  if (source?.kind !== 'file' || dataset === null) return null;
  const { paths } = source;
  const { stations, overlaps, rows } = dataset;
  if (paths.length === 1 && stations.length > 1)
    return { why: 'several-in-file', count: stations.length, paths };
  if (paths.length > 1 && overlaps > MOST_SHARED_ROWS * (rows + overlaps)) {
    return { why: 'same-times', count: paths.length, paths };
  }
  return null;
}

/** What could not be opened as one record may be stations of their own; forecasts beside readings are none. */
export function offerOfRefused(source: Source | null, problem: ProblemData | null): FleetOffer | null {
  if (source?.kind !== 'file' || problem === null) return null;
  if (withoutRefusedForecasts(source, problem) !== null) return null;
  const { paths } = source;
  if (paths.length > 1) return { why: 'not-one-record', count: paths.length, paths };
  return problem.code === 'file-unreadable' && isFolderAtFault(problem)
    ? { why: 'folder', count: 1, paths }
    : null;
}

function isFolderAtFault({ params }: ProblemData): boolean {
  const { cause } = params;
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'is-folder';
}
