import type { EventVerification } from '../contract/probability';
import { formatWithUnit } from '../contract/format';
import { formatTable } from './terminal';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** What the probabilities of rain were worth; nothing where the target is something else. */
export function describeEvent(event: EventVerification | null, unit: string): string[] {
  if (event === null) return [];
  const { model, brier, climatologyBrier, skill, frequency, reliability } = event;
  const amount = formatWithUnit(model.threshold, unit);
  return [
    '',
    `At least ${amount} fell in ${percent(frequency)} of the steps. The probability of it has a Brier score of ` +
      `${brier.toFixed(3)}, that of climatology ${climatologyBrier.toFixed(3)}: a skill of ${percent(skill)}. ` +
      'How much falls is not promised.',
    ...formatTable([
      ['said', 'happened', 'forecasts'],
      ...reliability.map(({ forecast, frequency: happened, count }) => [
        percent(forecast),
        percent(happened),
        String(count),
      ]),
    ]),
  ];
}

/** The same for programs; null where the target is not rain. */
export function eventToJson(event: EventVerification | null): object | null {
  if (event === null) return null;
  const { model, brier, climatologyBrier, skill, frequency, reliability, byLead } = event;
  return {
    threshold: model.threshold,
    frequency,
    brier,
    climatologyBrier,
    brierSkill: skill,
    reliability,
    byLead: byLead.map((score, index) => ({
      lead: index + 1,
      brier: score.brier,
      climatologyBrier: score.climatologyBrier,
      brierSkill: score.skill,
    })),
  };
}
