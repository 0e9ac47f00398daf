import { phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';

const MOST_COLUMNS = 2000;
/** 10 bytes a cell make this a gigabyte. */
export const MOST_CELLS = 100_000_000;

/** @throws Problem 'too-many-columns' */
export function requireColumns(columns: number, file: string): void {
  if (columns > MOST_COLUMNS) throw new Problem('too-many-columns', { file, columns, limit: MOST_COLUMNS });
}

/** @throws Problem 'file-too-large' */
export function requireCells(cells: number, file: string): void {
  if (cells <= MOST_CELLS) return;
  const limit = phrase('count-cells', { count: MOST_CELLS });
  throw new Problem('file-too-large', { file, size: phrase('more-than', { size: limit }), limit });
}
