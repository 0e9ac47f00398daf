import type { Series } from '../contract/series';
import { foretells, inputVariables, targetVariable, type Preparation } from '../series';
import { learningRows } from './windows/learning-rows';
import { thin } from './windows/thin';

/** Rows that are looked at, evenly spread. */
const MOST_ROWS = 4096;
/** Lead times that are looked at: what carries the future carries the near one. */
const MOST_LEADS = 24;

/**
 * The inputs, by name, that tell the target of a lead time better than anything from the past can: a model that sees them
 * is as good as they are, and they are not known when a forecast is issued. By the learning rows alone. Of a forecast it is
 * told that it is one.
 */
export function foretellingInputs(series: Series, preparation: Preparation): string[] {
  const target = targetVariable(series);
  const learning = learningRows(series, preparation);
  const rows = Int32Array.from(learning.keys()).filter((row) => learning[row] === 1);
  const kept = thin(rows, MOST_ROWS);
  const at = (from: Float32Array, later: number): Float64Array =>
    Float64Array.from(kept, (row) => (learning[row + later] === 1 ? from[row + later]! : NaN));
  const perDay = Math.max(1, Math.round(86_400 / series.step.seconds));
  const leads = Array.from({ length: Math.min(preparation.horizon, MOST_LEADS) }, (_, index) => index + 1);
  const now = at(target.values, 0);
  const ahead = leads.map((lead) => ({
    next: at(target.values, lead),
    dayBefore: perDay === 1 ? now : at(target.values, lead - perDay * Math.ceil(lead / perDay)),
  }));
  return inputVariables(series)
    .filter((variable) => variable !== target && variable.lead === undefined)
    .filter(({ values }) => {
      const column = at(values, 0);
      return ahead.some(({ next, dayBefore }) => foretells(column, now, next, dayBefore));
    })
    .map(({ name }) => name);
}
