import type { Contingency, Savings, ValuePoint } from '../../contract/event-scores';
import { contingencyAbove } from './contingency';

/** Cost over loss at which a value curve is drawn: 0.05 to 0.95. */
const RATIOS = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);

/**
 * Relative economic value of warning where the probability passes cost over loss: 1 is what perfect warnings save, 0 what
 * the better of always and never covering does. Richardson (2000), Quarterly Journal of the Royal Meteorological Society
 * 126, 649-667. NaN where nothing can be saved: it never happened, or always.
 */
export function economicValue(table: Contingency, ratio: number): number {
  const { hits, misses, falseAlarms, correctNegatives } = table;
  const total = hits + misses + falseAlarms + correctNegatives;
  const baseRate = (hits + misses) / total;
  const simple = Math.min(ratio, baseRate);
  const perfect = baseRate * ratio;
  const spent = (ratio * (hits + falseAlarms) + misses) / total;
  return (simple - spent) / (simple - perfect);
}

/** The value at each ratio of cost to loss. */
export function valueCurve(
  events: ArrayLike<number>,
  probabilities: ArrayLike<number>,
): readonly ValuePoint[] {
  return RATIOS.map((ratio) => ({
    ratio,
    value: economicValue(contingencyAbove(events, probabilities, ratio), ratio),
  }));
}

/** What was spent, in the currency of cost and loss, over all forecasts of the table. */
export function savingsOf(
  { hits, misses, falseAlarms, correctNegatives }: Contingency,
  { cost, loss }: { readonly cost: number; readonly loss: number },
): Savings {
  return {
    warned: cost * (hits + falseAlarms) + loss * misses,
    always: cost * (hits + misses + falseAlarms + correctNegatives),
    never: loss * (hits + misses),
    perfect: cost * (hits + misses),
  };
}
