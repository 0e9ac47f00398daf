/**
 * Continuous ranked probability score of an ensemble, in its unit: the mean distance of its members from what was observed,
 * less half their mean distance from each other. Hersbach (2000), Weather and Forecasting 15, 559-570.
 * @param sorted members, ascending
 * @param observed
 */
export function crpsOfEnsemble(sorted: Float64Array, observed: number): number {
  const count = sorted.length;
  let [away, apart] = [0, 0];
  sorted.forEach((member, rank) => {
    away += Math.abs(member - observed);
    apart += member * (2 * rank - count + 1);
  });
  return away / count - apart / count ** 2;
}
