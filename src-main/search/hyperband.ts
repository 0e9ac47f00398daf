/**
 * Successive halving and Hyperband: Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar (2018), Hyperband: A Novel
 * Bandit-Based Approach to Hyperparameter Optimization, Journal of Machine Learning Research 18 (185), 1-52. Their
 * resource is an epoch here.
 */

/** At each rung one of so many trials continues; the paper's eta, and its choice. */
const ETA = 3;
/** Fewer epochs say little about a trial. */
const LEAST_EPOCHS = 3;

/** So many trials are trained until they have so many epochs. */
export interface Rung {
  readonly trials: number;
  readonly epochs: number;
}
/** Rungs of successive halving; the trials of each but the first are the best of the one before. */
export type Bracket = readonly Rung[];

/**
 * The brackets of one round of Hyperband, the one that begins with the most trials first; the last trains a few trials
 * to the end without dropping any.
 * @param epochs the most that a trial is trained for
 */
export function hyperbandBrackets(epochs: number): readonly Bracket[] {
  let halvings = 0;
  while (Math.round(epochs / ETA ** (halvings + 1)) >= LEAST_EPOCHS) halvings++;
  return Array.from({ length: halvings + 1 }, (_, index) => bracketOf(halvings - index, halvings, epochs));
}

function bracketOf(halvings: number, most: number, epochs: number): Bracket {
  const trials = Math.ceil(((most + 1) / (halvings + 1)) * ETA ** halvings);
  return Array.from({ length: halvings + 1 }, (_, rung) => ({
    trials: Math.floor(trials / ETA ** rung),
    epochs: Math.round(epochs / ETA ** (halvings - rung)),
  }));
}

export interface Scored {
  readonly number: number;
  /** Lower is better; null: it has none. */
  readonly score: number | null;
}

/** The numbers of the best `count`, of equal ones the earlier; those without a score never go on. */
export function promote(trials: readonly Scored[], count: number): readonly number[] {
  return trials
    .filter(({ score }) => score !== null)
    .sort((a, b) => (a.score ?? 0) - (b.score ?? 0) || a.number - b.number)
    .slice(0, count)
    .map(({ number }) => number);
}
