/** How far any work has come that takes its time: the reading of a file, a training, a search, a calculation. */
export interface Progress {
  /** 0 to 1 */
  readonly fraction: number;
  /** null where it is not known, or not yet. */
  readonly secondsLeft: number | null;
}

/** What is left where the rest goes as fast as the work so far; null before anything is done. @param elapsed seconds */
export function secondsLeftAfter(elapsed: number, fraction: number): number | null {
  return fraction > 0 ? (elapsed * (1 - fraction)) / fraction : null;
}
