import { struckOf, withStruck, type ColumnMapping } from '../../../src-main/contract/dataset';
import type { Answer } from '../../../src-main/contract/question';

/**
 * The mapping after another question was asked: what it suggests, or where the columns were chosen by hand, those with
 * the targets and the step of the answer. The period and what was struck stay.
 * @param before what was suggested before
 */
export function adoptAnswer(
  current: ColumnMapping,
  before: ColumnMapping | null,
  { mapping }: Pick<Answer, 'mapping'>,
): ColumnMapping {
  const { from, to } = current;
  const struck = struckOf(current);
  if (before !== null && sameColumns(withStruck(current, new Map()), before))
    return withStruck({ ...mapping, from, to }, struck);
  const { target, alsoTargets, extremes, stepSeconds } = mapping;
  const targets = [target, ...alsoTargets];
  const inputs = [...new Set([...current.inputs, ...targets])].sort((a, b) => a - b);
  const { extremes: _before, ...rest } = current;
  const forecast = { target, alsoTargets, ...(extremes === undefined ? {} : { extremes }) };
  return { ...rest, ...forecast, stepSeconds, inputs };
}

const sameColumns = (a: ColumnMapping, b: ColumnMapping): boolean =>
  a.time === b.time &&
  a.inputs.join() === b.inputs.join() &&
  JSON.stringify([a.columns, a.gapLimit, a.derived]) === JSON.stringify([b.columns, b.gapLimit, b.derived]);
