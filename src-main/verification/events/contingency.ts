import type { CategoricalScores, Contingency } from '../../contract/event-scores';

/** How often a warning and the event came together. @param events @param warned 0 or 1. [n] */
export function countContingency(events: ArrayLike<number>, warned: ArrayLike<number>): Contingency {
  let [hits, misses, falseAlarms, correctNegatives] = [0, 0, 0, 0];
  for (let index = 0; index < events.length; index++) {
    if (events[index] === 1) {
      if (warned[index] === 1) hits += 1;
      else misses += 1;
    } else if (warned[index] === 1) falseAlarms += 1;
    else correctNegatives += 1;
  }
  return { hits, misses, falseAlarms, correctNegatives };
}

/** The same where a warning is given as soon as the probability is above `threshold`. */
export function contingencyAbove(
  events: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  threshold: number,
): Contingency {
  return countContingency(
    events,
    Uint8Array.from(probabilities, (probability) => (probability > threshold ? 1 : 0)),
  );
}

/** Scores of a table of hits and misses; NaN where one is not defined. Jolliffe and Stephenson (2012), Forecast Verification, chapter 3. */
export function scoreContingency(table: Contingency): CategoricalScores {
  const { hits, misses, falseAlarms, correctNegatives } = table;
  const total = hits + misses + falseAlarms + correctNegatives;
  const hitsByChance = ((hits + misses) * (hits + falseAlarms)) / total;
  const rightByChance =
    hitsByChance + ((correctNegatives + misses) * (correctNegatives + falseAlarms)) / total;
  const pod = hits / (hits + misses);
  const falseRate = falseAlarms / (falseAlarms + correctNegatives);
  return {
    pod,
    far: falseAlarms / (hits + falseAlarms),
    csi: hits / (hits + misses + falseAlarms),
    ets: (hits - hitsByChance) / (hits + misses + falseAlarms - hitsByChance),
    hss: (hits + correctNegatives - rightByChance) / (total - rightByChance),
    bias: (hits + falseAlarms) / (hits + misses),
    peirce: pod - falseRate,
    sedi: extremalDependence(pod, falseRate),
  };
}

/** Symmetric extremal dependence index: Ferro and Stephenson (2011), Weather and Forecasting 26, 699-713. */
function extremalDependence(pod: number, falseRate: number): number {
  if (![pod, falseRate].every((rate) => rate > 0 && rate < 1)) return NaN;
  const [falsely, rightly] = [Math.log(falseRate), Math.log(pod)];
  const [quietly, missing] = [Math.log(1 - falseRate), Math.log(1 - pod)];
  return (falsely - rightly + missing - quietly) / (falsely + rightly + missing + quietly);
}
