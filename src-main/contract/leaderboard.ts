import type { FleetStation, Leaderboard, RankedStation, StationResult } from './fleet';
import type { Verdict } from './results';

/** Of the stations called better or worse than their best baseline, at most this share is so by chance, on average. */
export const FALSE_DISCOVERY_RATE = 0.05;

/**
 * Which of many tests are significant where the share of false ones among them is to be held: Benjamini and Hochberg
 * (1995), Journal of the Royal Statistical Society B 57, 289-300. It holds also where the tests are positively dependent,
 * as those of neighbouring stations are: Benjamini and Yekutieli (2001), Annals of Statistics 29, 1165-1188.
 * @param pValues null: not tested
 * @returns for each whether it is significant
 */
export function discoveries(pValues: readonly (number | null)[], rate: number): boolean[] {
  const tested = pValues.filter((p) => p !== null).sort((a, b) => a - b);
  const within = tested.filter((p, index) => p <= ((index + 1) / tested.length) * rate);
  const limit = within.at(-1) ?? -Infinity;
  return pValues.map((p) => p !== null && p <= limit);
}

/** The stations of a fleet, the best first, with verdicts that bear how many of them are judged at once. */
export function rankStations(
  results: readonly { readonly station: FleetStation; readonly result: StationResult }[],
): Leaderboard {
  const trained = results.flatMap(({ station, result }) =>
    result.kind === 'trained' ? [{ station, result }] : [],
  );
  const significant = discoveries(
    trained.map(({ result }) => result.pValue),
    FALSE_DISCOVERY_RATE,
  );
  const ranked = trained
    .map((each, index): RankedStation => ({ ...each, verdict: verdictOf(each.result, significant[index]!) }))
    .sort((a, b) => b.result.skillOverBest.value - a.result.skillOverBest.value);
  const failed = results.flatMap(({ station, result }) =>
    result.kind === 'failed' ? [{ station, result }] : [],
  );
  const count = (kind: Verdict['kind']): number => ranked.filter(({ verdict }) => verdict === kind).length;
  return {
    ranked,
    failed,
    counts: { beats: count('beats'), level: count('level'), loses: count('loses'), failed: failed.length },
    falseDiscoveryRate: FALSE_DISCOVERY_RATE,
  };
}

/** What one station's own test calls level stays so: many tests together ask for more, never for less. */
function verdictOf(
  { verdict }: { readonly verdict: Verdict['kind'] },
  isSignificant: boolean,
): Verdict['kind'] {
  return isSignificant ? verdict : 'level';
}
