import type { RankedStation } from '../../../src-main/contract/fleet';
import type { Verdict } from '../../../src-main/contract/results';

export const BOARD_COLUMNS = [
  'station',
  'target',
  'rmse',
  'best',
  'skill',
  'skillOverBest',
  'coverage',
  'verdict',
] as const;
export type BoardColumn = (typeof BOARD_COLUMNS)[number];

export interface BoardOrder {
  readonly column: BoardColumn;
  readonly isDescending: boolean;
}

/** The best first. */
export const FIRST_ORDER: BoardOrder = { column: 'skillOverBest', isDescending: true };

/** Of these the highest is the most interesting, of the others the lowest. */
const HIGHEST_FIRST: ReadonlySet<BoardColumn> = new Set(['skill', 'skillOverBest', 'coverage', 'verdict']);

/** The order after a press on a column's head: another column begins at its interesting end, the same one is turned round. */
export function pressed({ column, isDescending }: BoardOrder, next: BoardColumn): BoardOrder {
  return { column: next, isDescending: next === column ? !isDescending : HIGHEST_FIRST.has(next) };
}

const RANKS: Readonly<Record<Verdict['kind'], number>> = { beats: 2, level: 1, loses: 0 };

function valueOf({ station, result, verdict }: RankedStation, column: BoardColumn): string | number | null {
  switch (column) {
    case 'station':
      return station.name;
    case 'best':
      return result.bestRmse;
    case 'skillOverBest':
      return result.skillOverBest.value;
    case 'verdict':
      return RANKS[verdict];
    default:
      return result[column];
  }
}

/** Stations in an order; those of which the value is not known come last, whichever way it goes. Equal ones stay as they stand. */
export function inBoardOrder(
  ranked: readonly RankedStation[],
  { column, isDescending }: BoardOrder,
  language: string,
): readonly RankedStation[] {
  const { compare } = new Intl.Collator(language, { numeric: true });
  const known = ranked.map((each) => ({ each, value: valueOf(each, column) }));
  known.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    const difference =
      typeof a.value === 'string' ? compare(a.value, String(b.value)) : a.value - Number(b.value);
    return isDescending ? -difference : difference;
  });
  return known.map(({ each }) => each);
}
