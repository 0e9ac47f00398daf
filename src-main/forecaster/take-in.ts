import type { Series, Variable } from '../contract/series';
import type { TakenIn } from '../contract/watch';
import { appendNewer } from './verify-on-newer';

/**
 * The readings trained on with all newer ones that a file holds now, and those that it held before and no longer does.
 * Those trained on never change. A reading that came late fills its row, one that was changed is taken as it is now.
 * @param trainedOn the readings of the training. @param kept those with the newer ones that were there so far
 * @param found readings made with `mappingFor`
 * @throws Problem 'setting-invalid' where they lie at other times of day
 */
export function takeIn(
  trainedOn: Series,
  kept: Series,
  found: Series,
): { readonly series: Series; readonly taken: TakenIn } {
  const fresh = longerOf(appendNewer(trainedOn, found), kept);
  const first = trainedOn.time.length;
  const before = kept.time.length;
  let [late, changed] = [0, 0];
  let firstLate: number | null = null;
  let firstChanged: number | null = null;
  for (let row = first; row < before; row += 1) {
    const [isLate, isChanged] = [wasAdded, wasChanged].map((was) =>
      fresh.variables.some((variable, at) => was(kept.variables[at], variable, row)),
    );
    if (isLate === true) {
      late += 1;
      firstLate ??= fresh.time[row]!;
    } else if (isChanged === true) {
      changed += 1;
      firstChanged ??= fresh.time[row]!;
    }
  }
  const variables = fresh.variables.map((variable, at) => withVanished(variable, kept.variables[at], first));
  const taken = { added: fresh.time.length - before, late, firstLate, changed, firstChanged };
  return { series: { ...fresh, variables }, taken };
}

const isRead = (variable: Variable | undefined, row: number): boolean =>
  variable !== undefined &&
  row < variable.values.length &&
  variable.filled[row] === 0 &&
  !Number.isNaN(variable.values[row]);

const wasAdded = (before: Variable | undefined, after: Variable, row: number): boolean =>
  !isRead(before, row) && isRead(after, row);

const wasChanged = (before: Variable | undefined, after: Variable, row: number): boolean =>
  isRead(before, row) && isRead(after, row) && before?.values[row] !== after.values[row];

/** Where a file was cut, or begun anew, the rows that it held before stay. */
function longerOf(fresh: Series, kept: Series): Series {
  if (fresh.time.length >= kept.time.length) return fresh;
  const variables = fresh.variables.map((variable) => {
    const values = new Float32Array(kept.time.length).fill(NaN);
    const filled = new Uint8Array(kept.time.length);
    values.set(variable.values);
    filled.set(variable.filled);
    return { ...variable, values, filled };
  });
  return { ...fresh, time: kept.time, variables };
}

/** A variable with the readings that were there before and are not in the file any more. */
function withVanished(fresh: Variable, kept: Variable | undefined, from: number): Variable {
  if (kept === undefined) return fresh;
  const values = fresh.values.slice();
  const filled = fresh.filled.slice();
  for (let row = from; row < kept.values.length; row += 1) {
    if (isRead(fresh, row) || !isRead(kept, row)) continue;
    values[row] = kept.values[row]!;
    filled[row] = 0;
  }
  return { ...fresh, values, filled };
}
