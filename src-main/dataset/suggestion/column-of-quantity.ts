import type { ColumnReport } from '../../contract/dataset';
import type { Quantity } from '../../contract/quantities';
import { kindOfColumn, type Aspect, type Place } from './column-kind';

const PLACES: Readonly<Record<Place, number>> = {
  outdoors: 0,
  ground: 1,
  water: 1,
  indoors: 2,
  equipment: 3,
};
const ASPECTS: Readonly<Record<Aspect, number>> = { mean: 0, highest: 1, lowest: 2 };

/**
 * The column that a person would mean by a quantity: measured out of doors, the mean before the highest before the lowest,
 * then that with the most readings. Null where no column is of it.
 */
export function columnOfQuantity(columns: readonly ColumnReport[], quantity: Quantity): ColumnReport | null {
  const ranked = columns
    .filter((column) => column.quantity === quantity && column.count > 0)
    .map((column) => ({ column, kind: kindOfColumn(column) }))
    .filter(({ kind }) => kind.notMeasured === null)
    .sort(
      (a, b) =>
        PLACES[a.kind.place] - PLACES[b.kind.place] ||
        ASPECTS[a.kind.aspect] - ASPECTS[b.kind.aspect] ||
        b.column.count - a.column.count,
    );
  return ranked[0]?.column ?? null;
}
