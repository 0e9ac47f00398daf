import { convertUnit } from '../../contract/quantities';
import type {
  EventForecast,
  EventModel,
  EventScore,
  EventVerification,
  ZambrettiRecord,
} from '../../contract/probability';
import { observationsOf, type Series } from '../../contract/series';
import { targetVariable, type Preparation, type Scaler } from '../../series';
import { learnUsual } from '../baselines/climatology';
import { reliabilityOf, scoreProbabilities } from './event-scores';
import { learnZambretti } from './zambretti-chances';
import { learnLogistics, probabilityReader } from './window-logistics';

/**
 * The probability of at least so much rain. Not made of the network's forecast: what an amount is best forecast by says
 * little of whether it rains at all (calibrated outputs had up to 0.07 less Brier skill on the data sets tried).
 * @param threshold in mm, whatever the unit of the target
 * @returns null unless the target is rain
 */
export function learnEvent(series: Series, preparation: Preparation, threshold: number): EventModel | null {
  const { quantity, unit } = targetVariable(series);
  if (quantity !== 'rain') return null;
  const inUnit = convertUnit(threshold, 'rain', 'mm', unit);
  const { window, horizon } = preparation;
  const eventsAfter = (starts: Int32Array, lead: number): Uint8Array =>
    eventsOf(
      series,
      starts.map((start) => start + window + lead),
      inUnit,
    );
  return { threshold: inUnit, ...learnLogistics(series, preparation, horizon, eventsAfter) };
}

/**
 * The probabilities of the test windows and how they did.
 * @param model as `learnEvent` gives it
 */
export function verifyEvent(series: Series, preparation: Preparation, model: EventModel): EventVerification {
  const { window, horizon, split, inputs, inputScalers } = preparation;
  const starts = split.test;
  const probabilitiesAt = probabilityReader(model, inputScalers);
  const valid = Int32Array.from(
    { length: starts.length * horizon },
    (_, index) => starts[Math.floor(index / horizon)]! + window + (index % horizon),
  );
  const events = eventsOf(series, valid, model.threshold);
  const probabilities = new Float32Array(valid.length);
  starts.forEach((start, index) => {
    probabilities.set(probabilitiesAt(inputs, start + window), index * horizon);
  });
  const usualAt = learnUsual(asEvents(series, model.threshold), preparation);
  const climatology = Float32Array.from(valid, (row) => usualAt(series.time[row]!));
  const observed = observationsOf(targetVariable(series));
  const isObserved = (_: number, index: number): boolean => !Number.isNaN(observed[valid[index]!]!);
  const scored = (said: Float32Array, isCounted: (index: number) => boolean) => {
    const isScored = (value: number, index: number): boolean => isCounted(index) && isObserved(value, index);
    return [events.filter(isScored), said.filter(isScored), climatology.filter(isScored)] as const;
  };
  const byLead = (said: Float32Array): EventScore[] =>
    Array.from({ length: horizon }, (_, lead) =>
      scoreProbabilities(...scored(said, (index) => index % horizon === lead)),
    );
  const all = scored(probabilities, () => true);
  return {
    model,
    probabilities,
    frequency: all[0].reduce((sum, event) => sum + event, 0) / all[0].length,
    ...scoreProbabilities(...all),
    byLead: byLead(probabilities),
    reliability: reliabilityOf(all[0], all[1]),
    zambretti: zambrettiRecord(series, preparation, model.threshold, (said) => ({
      ...scoreProbabilities(...scored(said, () => true)),
      byLead: byLead(said),
    })),
  };
}

/** How the Zambretti forecaster did. @param scoreOf scores what was said for each test window, [n, horizon] */
function zambrettiRecord(
  series: Series,
  preparation: Preparation,
  threshold: number,
  scoreOf: (said: Float32Array) => EventScore & { readonly byLead: readonly EventScore[] },
): ZambrettiRecord {
  const happened = observationsOf(targetVariable(series)).map((value) =>
    Number.isNaN(value) ? NaN : reaches(value, threshold) ? 1 : 0,
  );
  const learned = learnZambretti(series, preparation, happened);
  if (learned === null) return null;
  if (learned === 'step-too-long') return { kind: learned };
  const { pressure, hasWind, letters, chancesAfter } = learned;
  const said = Float32Array.from([...preparation.split.test].flatMap((start) => [...chancesAfter(start)]));
  return { kind: 'scored', pressure, hasWind, letters, ...scoreOf(said) };
}

/** The probabilities after one window. @param window its scaled inputs, [rows, inputs], row-major */
export function forecastEvent(
  model: EventModel,
  window: Float32Array,
  scalers: readonly Scaler[],
): EventForecast {
  const probabilities = probabilityReader(model, scalers)(window, window.length / scalers.length);
  return { threshold: model.threshold, probabilities };
}

/** 1 where the target reached the threshold in these rows. */
function eventsOf(series: Series, rows: Int32Array, threshold: number): Uint8Array {
  const { values } = targetVariable(series);
  return Uint8Array.from(rows, (row) => (reaches(values[row]!, threshold) ? 1 : 0));
}

/** A reading of 1.0 is at least 1, though as float32 it may be a hair below. */
const reaches = (value: number, threshold: number): boolean => value >= Math.fround(threshold);

/** The same series with the event, 0 or 1, in the place of the target. */
function asEvents(series: Series, threshold: number): Series {
  return {
    ...series,
    variables: series.variables.map((variable, index) =>
      index === series.target
        ? {
            ...variable,
            values: variable.values.map((value) =>
              Number.isNaN(value) ? NaN : reaches(value, threshold) ? 1 : 0,
            ),
          }
        : variable,
    ),
  };
}
