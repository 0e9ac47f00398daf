import { factorise, solveFactorised } from '../algebra/cholesky';

/**
 * The weights, none negative and together 1, with which a mean of several forecasts has the least squared error. Found
 * exactly, by trying which of them are not 0: there are few. Bates and Granger (1969), Operational Research Quarterly 20,
 * 451-468; weights kept from being negative as for stacked regressions: Breiman (1996), Machine Learning 24, 49-64.
 * @param products of the errors of each two, summed over the same observations: [count][count]
 */
export function leastErrorShares(products: readonly (readonly number[])[]): number[] {
  const count = products.length;
  // Forecasts that say the same, or the opposite, leave the shares open: a trace of a penalty shares them out evenly.
  const trace = products.reduce((sum, row, index) => sum + row[index]!, 0);
  if (trace === 0) return new Array<number>(count).fill(1 / count);
  const firm = products.map((row, one) =>
    row.map((product, other) => product + (one === other ? PENALTY_SHARE * trace : 0)),
  );
  let best: { readonly error: number; readonly shares: number[] } | null = null;
  for (let subset = 1; subset < 2 ** count; subset++) {
    const members = [...products.keys()].filter((index) => (subset & (1 << index)) !== 0);
    const within = leastErrorWithin(members.map((row) => members.map((column) => firm[row]![column]!)));
    if (within === null) continue;
    const shares = new Array<number>(count).fill(0);
    members.forEach((index, place) => (shares[index] = within[place]!));
    const error = shares.reduce(
      (sum, share, row) =>
        sum + share * shares.reduce((inner, other, column) => inner + other * products[row]![column]!, 0),
      0,
    );
    if (best === null || error < best.error) best = { error, shares };
  }
  return best?.shares ?? new Array<number>(count).fill(1 / count);
}

const PENALTY_SHARE = 1e-9;

/** All of them above 0; null where there are no such. @param products positive definite */
function leastErrorWithin(products: readonly (readonly number[])[]): number[] | null {
  const factor = Float64Array.from(products.flat());
  factorise(factor, products.length);
  const solved = solveFactorised(factor, new Float64Array(products.length).fill(1));
  const sum = solved.reduce((total, value) => total + value, 0);
  const shares = Array.from(solved, (value) => value / sum);
  return shares.every((share) => share > 0) ? shares : null;
}

/**
 * Shares drawn towards equal ones of some of the forecasts: the fewer observations they were chosen by, the closer. Chosen
 * shares carry the errors of the choice, equal ones do not: Stock and Watson (2004), Journal of Forecasting 23, 405-430.
 * @param independent observations that do not depend on each other, about
 * @param towards true for each of those that share equally; at least one
 */
export function drawTogether(
  shares: readonly number[],
  independent: number,
  towards: readonly boolean[],
): number[] {
  const own = trust(independent);
  const equal = 1 / towards.filter((isOne) => isOne).length;
  return shares.map((share, index) => own * share + (towards[index] === true ? (1 - own) * equal : 0));
}

/** How far what was chosen by so many independent observations is believed, 0 to 1: half at 30 of them. */
export const trust = (independent: number): number => independent / (independent + 30);
