/** How a forecast distribution did, beside climatology's; both in the target's unit. */
export interface DistributionScore {
  /** Continuous ranked probability score: the absolute error of a forecast that knows how sure it is. Lower is better. */
  readonly crps: number;
  /** Of what was read at that time of the year in the learning part, taken as an ensemble. */
  readonly climatologyCrps: number;
  /** CRPS skill, 1 - crps / climatologyCrps: 1 is perfect, 0 no better than climatology. */
  readonly crpss: number;
}

/** How the distribution that the intervals are ends of did on the test part. */
export interface DistributionVerification extends DistributionScore {
  readonly byLead: readonly DistributionScore[];
  /**
   * Probability integral transform: shares of the observations whose rank in their forecast lies in each tenth. Level where
   * forecasts are as sure as they should be. An observation that has a probability of its own is spread over its ranks:
   * Czado, Gneiting and Held (2009), Biometrics 65, 1254-1261.
   */
  readonly pit: readonly number[];
  /** Between what a tenth lies nine times of ten where the forecasts are right and as many windows are independent. */
  readonly pitRange: { readonly low: number; readonly high: number };
  /** For each quantile: which share of the observations lay below it, and which at it or below. */
  readonly quantiles: readonly { readonly level: number; readonly below: number; readonly atMost: number }[];
  /** Forecasts by how wide they were, the surest first: what spread they promised, and the error (RMSE) they had. In the target's unit. */
  readonly spreadSkill: readonly {
    readonly spread: number;
    readonly error: number;
    readonly count: number;
  }[];
}
