import type { Issued, Warning } from '../contract/watch';

/** The warnings that a forecast gives rise to: the one place where they are made. */
export function warningsOf(_issued: Issued): readonly Warning[] {
  return [];
}
