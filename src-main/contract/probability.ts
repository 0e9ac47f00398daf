import { z } from 'zod';
import { formatWithUnit } from './format';
import type { Language } from './language';
import { withParticle } from './particles';
import { SETTINGS } from './settings';

/** Most inputs (readings of the window times variables) that a probability is computed from. */
export const MOST_EVENT_COLUMNS = 60;

const weight = z.number();
/** Most inputs of a network, with those of the calendar, and as many again of amounts. */
const MOST_EVENT_WEIGHTS = 20 * MOST_EVENT_COLUMNS;

/** An input with many zeros, such as rain. */
const eventAmountSchema = z.strictObject({
  /** Its place among the inputs. */
  input: z.number().int().min(0).max(MOST_EVENT_WEIGHTS),
  /** In its unit: seen is log(1 + amount / scale). */
  scale: z.number().positive(),
  /** In its unit: above it there was some. */
  least: z.number().min(0),
});
export type EventAmount = Readonly<z.infer<typeof eventAmountSchema>>;

/**
 * Logistic regressions of "at least this much", one for each lead time: probability = 1 / (1 + exp(-sum)), where sum is
 * the intercept plus the weights times what is seen of the window: its newest `rows` rows, scaled, oldest first; then for
 * each of these rows and each of the amounts log(1 + amount / scale), and 1 where it is above its least, else 0.
 */
export const eventModelSchema = z.strictObject({
  /** In the target's unit. */
  threshold: z.number().positive(),
  rows: z.number().int().min(1).max(MOST_EVENT_COLUMNS),
  /** Models of before there were such have none. */
  amounts: z.array(eventAmountSchema).max(MOST_EVENT_COLUMNS).default([]),
  byLead: z
    .array(
      z.strictObject({
        intercept: weight,
        weights: z.array(weight).min(1).max(MOST_EVENT_WEIGHTS),
      }),
    )
    .min(1)
    .max(SETTINGS.horizon.max),
});
export type EventModel = Readonly<z.infer<typeof eventModelSchema>>;

/** Forecasts of one probability, and how often it then happened. */
export interface ReliabilityBin {
  /** Mean of the probabilities in the bin. */
  readonly forecast: number;
  /** Share of them that happened. */
  readonly frequency: number;
  readonly count: number;
}

export interface EventScore {
  /** Mean squared difference of probability and what happened (0 or 1): Brier (1950), Monthly Weather Review 78, 1-3. */
  readonly brier: number;
  /** Of climatology: the share of such days at that time of the year in the learning part. */
  readonly climatologyBrier: number;
  /** Brier skill, 1 - brier / climatologyBrier: 1 is perfect, 0 no better than climatology. */
  readonly skill: number;
}

/** What was taken for the pressure at sea level: the readings, or the readings shifted by their own long-term mean. */
export type ZambrettiPressure = 'as-read' | 'own-mean';

/** A letter of the forecaster, and what it was worth. */
export interface ZambrettiLetter {
  /** A (settled fine) to Z (stormy, much rain). */
  readonly letter: string;
  /** Windows of the learning part that end with it. */
  readonly windows: number;
  /** Of them, the share of steps ahead in which it rained, drawn a little to that of all. */
  readonly chance: number;
}

/** The record of the Zambretti forecaster on the test part, on the same values as the model's chance of rain. */
export interface ZambrettiScore extends EventScore {
  readonly kind: 'scored';
  readonly pressure: ZambrettiPressure;
  /** Whether it was told where the wind comes from. */
  readonly hasWind: boolean;
  readonly byLead: readonly EventScore[];
  /** In order of the alphabet; those that never came are left out. */
  readonly letters: readonly ZambrettiLetter[];
}

/** null: there is no pressure. 'step-too-long': readings lie so far apart that there is no change over 3 hours. */
export type ZambrettiRecord = ZambrettiScore | { readonly kind: 'step-too-long' } | null;

/** Probabilities of "at least this much" for every test window and how they did. */
export interface EventVerification extends EventScore {
  readonly model: EventModel;
  /** [n, horizon], row-major. */
  readonly probabilities: Float32Array;
  /** Share of the observations that reached the threshold. */
  readonly frequency: number;
  readonly byLead: readonly EventScore[];
  /** Ten bins of equal width, those without a forecast left out. */
  readonly reliability: readonly ReliabilityBin[];
  /** The record of the slide rule that station software shows. */
  readonly zambretti: ZambrettiRecord;
}

/** Of a forecast: one probability for each lead time. */
export interface EventForecast {
  readonly threshold: number;
  readonly probabilities: readonly number[];
}

/** What is forecast the probability of: 'At least 1.0 mm'. */
export function describeThreshold(threshold: number, unit: string, language: Language = 'en'): string {
  // A millimetre is 0.04 inches: what one place would round to nothing has two.
  const amount = formatWithUnit(threshold, unit, threshold < 0.1 ? 2 : 1, language);
  return language === 'ko' ? `${amount} 이상` : `At least ${amount}`;
}

/** What the probabilities were worth on the held-back part. */
export function describeEvent(
  { model, frequency, brier, climatologyBrier, skill }: EventVerification,
  unit: string,
  language: Language = 'en',
): string {
  const amount = describeThreshold(model.threshold, unit, language);
  const percent = (share: number): string => formatWithUnit(share * 100, '%', 1, language);
  if (language === 'ko') {
    return (
      `남겨 둔 구간에서 ${amount}의 비가 온 비율은 ${percent(frequency)}입니다. 그 확률 예보의 브라이어 점수는 ${brier.toFixed(3)}, ` +
      `기후값의 점수는 ${withParticle(climatologyBrier.toFixed(3), '으로/로')}, 브라이어 기술 점수는 ${percent(skill)}입니다. 비의 양까지 보장하지는 않습니다.`
    );
  }
  return (
    `${amount} fell in ${percent(frequency)} of the steps of the held-back part. The probability of it has a Brier score of ` +
    `${brier.toFixed(3)}, that of climatology ${climatologyBrier.toFixed(3)}: a skill of ${percent(skill)}. ` +
    'How much falls is not promised.'
  );
}
