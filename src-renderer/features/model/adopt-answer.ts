import {
  keptOf,
  struckOf,
  withKept,
  withStruck,
  type ColumnMapping,
} from '../../../src-main/contract/dataset';
import type { Answer } from '../../../src-main/contract/question';

/**
 * The mapping after another question was asked: what it suggests, or where the columns were chosen by hand, those with
 * the targets and the step of the answer. The period, the sun, what was struck and what was kept stay.
 * @param before what was suggested before
 */
export function adoptAnswer(
  current: ColumnMapping,
  before: ColumnMapping | null,
  { mapping }: Pick<Answer, 'mapping'>,
): ColumnMapping {
  const { from, to, sun } = current;
  const nothing = new Map();
  const [struck, kept] = [struckOf(current), keptOf(current)];
  if (before !== null && sameColumns(withKept(withStruck(current, nothing), nothing), before))
    return withKept(withStruck({ ...mapping, from, to, sun }, struck), kept);
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
