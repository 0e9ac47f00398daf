/** Bins of equal width that probabilities are counted in. */
const BINS = 10;

/** A bin with the forecasts in it. */
export interface ProbabilityBin {
  /** Mean of the probabilities. */
  readonly forecast: number;
  /** Share of them that happened. */
  readonly frequency: number;
  readonly count: number;
  /** Where the forecasts stand. */
  readonly places: readonly number[];
}

/** The forecasts in ten bins of equal width; bins without one are left out. @param events 0 or 1. [n] */
export function probabilityBins(
  events: ArrayLike<number>,
  probabilities: ArrayLike<number>,
): readonly ProbabilityBin[] {
  const bins = Array.from({ length: BINS }, (): number[] => []);
  for (let index = 0; index < events.length; index++) {
    bins[Math.min(BINS - 1, Math.floor(probabilities[index]! * BINS))]!.push(index);
  }
  return bins
    .filter(({ length }) => length > 0)
    .map((places) => {
      const mean = (of: ArrayLike<number>): number =>
        places.reduce((sum, place) => sum + of[place]!, 0) / places.length;
      return { forecast: mean(probabilities), frequency: mean(events), count: places.length, places };
    });
}
