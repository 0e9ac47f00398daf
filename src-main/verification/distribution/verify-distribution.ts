import type { DistributionScore, DistributionVerification } from '../../contract/distribution';
import { INTERVAL_LEVELS, type ByLevel, type Ends } from '../../contract/intervals';
import { physicalRange } from '../../contract/quantities';
import { observationsOf, type Series } from '../../contract/series';
import { targetVariable, type Preparation } from '../../series';
import { crpsOfEnsemble } from './ensemble';
import {
  crpsOfQuantiles,
  END_LEVELS,
  probabilityAtMost,
  probabilityBelow,
  spreadOf,
} from './quantile-distribution';
import { learnUsualEnsemble } from './usual-ensemble';

const PIT_BINS = 10;
const SPREAD_BINS = 8;
/** Of the normal law, between one twentieth and the other. */
const NORMAL_TAIL = 1.6448536269514722;

/** The ends of all intervals of a forecast, ascending: its values at `END_LEVELS`. */
export function endsAt(bounds: ByLevel<Ends<ArrayLike<number>>>, index: number): Float64Array {
  const outwards = INTERVAL_LEVELS.map((level) => bounds[level]);
  return Float64Array.from([
    ...[...outwards].reverse().map(({ low }) => low[index]!),
    ...outwards.map(({ high }) => high[index]!),
  ]);
}

/**
 * How the distribution of each forecast of the test part did, by what was read there.
 * @param bounds of its intervals: [n, horizon], row-major
 * @param point the forecasts themselves, likewise
 */
export function verifyDistribution(
  series: Series,
  preparation: Preparation,
  bounds: ByLevel<Ends<Float32Array>>,
  point: Float32Array,
): DistributionVerification {
  const { window, horizon, split } = preparation;
  const target = targetVariable(series);
  const limits = physicalRange(target.quantity, target.unit);
  const observed = observationsOf(target);
  const usualAt = learnUsualEnsemble(series, preparation);
  const usualScore = new Map<number, number>();
  const sums = Array.from({ length: horizon }, () => ({ crps: 0, climatology: 0, count: 0 }));
  const pit = new Float64Array(PIT_BINS);
  const quantiles = END_LEVELS.map((level) => ({ level, below: 0, atMost: 0 }));
  const spreads: SpreadAndError[] = [];
  let windows = 0;

  split.test.forEach((start, place) => {
    for (let lead = 0; lead < horizon; lead++) {
      const row = start + window + lead;
      const value = observed[row]!;
      if (Number.isNaN(value)) continue;
      if (lead === 0) windows += 1;
      const index = place * horizon + lead;
      const distribution = { levels: END_LEVELS, values: endsAt(bounds, index), limits };
      const climatology = usualScore.get(row) ?? crpsOfEnsemble(usualAt(series.time[row]!), value);
      usualScore.set(row, climatology);
      const sum = sums[lead]!;
      sum.crps += crpsOfQuantiles(distribution, value);
      sum.climatology += climatology;
      sum.count += 1;
      addRanks(pit, probabilityBelow(distribution, value), probabilityAtMost(distribution, value));
      quantiles.forEach((quantile, level) => {
        const end = distribution.values[level]!;
        if (value < end) quantile.below += 1;
        if (value <= end) quantile.atMost += 1;
      });
      spreads.push({ spread: spreadOf(distribution.values), error: point[index]! - value });
    }
  });

  const count = spreads.length;
  const chance = NORMAL_TAIL * Math.sqrt((1 / PIT_BINS) * (1 - 1 / PIT_BINS) * (1 / Math.max(1, windows)));
  return {
    ...scoreOf(sums),
    byLead: sums.map((sum) => scoreOf([sum])),
    pit: Array.from(pit, (share) => share / count),
    pitRange: { low: Math.max(0, 1 / PIT_BINS - chance), high: 1 / PIT_BINS + chance },
    quantiles: quantiles.map(({ level, below, atMost }) => ({
      level,
      below: below / count,
      atMost: atMost / count,
    })),
    spreadSkill: spreadSkillOf(spreads),
  };
}

function scoreOf(
  sums: readonly { readonly crps: number; readonly climatology: number; readonly count: number }[],
): DistributionScore {
  const total = (of: 'crps' | 'climatology' | 'count'): number =>
    sums.reduce((sum, each) => sum + each[of], 0);
  const [crps, climatologyCrps] = [total('crps') / total('count'), total('climatology') / total('count')];
  return { crps, climatologyCrps, crpss: climatologyCrps === 0 ? 0 : 1 - crps / climatologyCrps };
}

/** Spreads one observation over the tenths between two ranks. */
function addRanks(bins: Float64Array, from: number, to: number): void {
  const width = 1 / bins.length;
  if (to - from < 1e-12) {
    bins[Math.min(bins.length - 1, Math.floor(to / width))]! += 1;
    return;
  }
  bins.forEach((_, bin) => {
    const inside = Math.min(to, (bin + 1) * width) - Math.max(from, bin * width);
    if (inside > 0) bins[bin]! += inside / (to - from);
  });
}

interface SpreadAndError {
  readonly spread: number;
  readonly error: number;
}

/**
 * In bins of as many forecasts each, ordered by spread: the mean of both by their squares, which agree where the spread is
 * right. Leutbecher and Palmer (2008), Journal of Computational Physics 227, 3515-3539.
 */
export function spreadSkillOf(
  forecasts: readonly SpreadAndError[],
): readonly { readonly spread: number; readonly error: number; readonly count: number }[] {
  const sorted = [...forecasts].sort((one, other) => one.spread - other.spread);
  const bins = Math.max(1, Math.min(SPREAD_BINS, Math.floor(sorted.length / 10)));
  return Array.from({ length: bins }, (_, bin) => {
    const within = sorted.slice(
      Math.floor((bin * sorted.length) / bins),
      Math.floor(((bin + 1) * sorted.length) / bins),
    );
    const rootMean = (of: keyof SpreadAndError): number =>
      Math.sqrt(within.reduce((sum, each) => sum + each[of] ** 2, 0) / within.length);
    return { spread: rootMean('spread'), error: rootMean('error'), count: within.length };
  });
}
