import type { DistributionVerification } from '../contract/distribution';
import { formatWithUnit } from '../contract/format';

/** What the forecast distribution was worth, below the intervals; nothing where there are none. */
export function distributionLines(distribution: DistributionVerification | null, unit: string): string[] {
  if (distribution === null) return [];
  const { crps, climatologyCrps, crpss } = distribution;
  return [
    `CRPS of the whole distribution ${formatWithUnit(crps, unit)}, of climatology ${formatWithUnit(climatologyCrps, unit)}: ` +
      `a skill of ${(crpss * 100).toFixed(1)} %`,
  ];
}

/** The same for programs; null where there are no intervals. */
export function distributionToJson(distribution: DistributionVerification | null): object {
  if (distribution === null) {
    return { crps: null, crpss: null, pit: null, quantileReliability: null, spreadSkill: null };
  }
  const { crps, climatologyCrps, crpss, byLead, pit, pitRange, quantiles, spreadSkill } = distribution;
  return {
    crps,
    climatologyCrps,
    crpss,
    crpsByLead: byLead.map((score, index) => ({ lead: index + 1, ...score })),
    pit,
    pitRange,
    quantileReliability: quantiles,
    spreadSkill,
  };
}
