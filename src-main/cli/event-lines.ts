import { describeEvent, type EventVerification } from '../contract/probability';
import { formatTable } from './terminal';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** What the probabilities of rain were worth; nothing where the target is something else. */
export function eventLines(event: EventVerification | null, unit: string): string[] {
  if (event === null) return [];
  return [
    '',
    describeEvent(event, unit),
    ...formatTable([
      ['said', 'happened', 'forecasts'],
      ...event.reliability.map(({ forecast, frequency: happened, count }) => [
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
