import {
  describeEvent,
  type EventScore,
  type EventVerification,
  type ZambrettiRecord,
} from '../contract/probability';
import { describeZambretti } from '../contract/zambretti';
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
    ...[describeZambretti(event.zambretti, event)].filter((line) => line !== ''),
  ];
}

/** The same for programs; null where the target is not rain. */
export function eventToJson(event: EventVerification | null): object | null {
  if (event === null) return null;
  const { model, frequency, reliability, byLead, zambretti } = event;
  return {
    threshold: model.threshold,
    frequency,
    ...scoreToJson(event),
    reliability,
    byLead: leadsToJson(byLead),
    zambretti: zambrettiToJson(zambretti),
  };
}

function zambrettiToJson(record: ZambrettiRecord): object | null {
  if (record === null || record.kind !== 'scored') return record;
  const { pressure, hasWind, letters, byLead } = record;
  return { pressure, hasWind, ...scoreToJson(record), byLead: leadsToJson(byLead), letters };
}

const scoreToJson = ({ brier, climatologyBrier, skill }: EventScore): object => ({
  brier,
  climatologyBrier,
  brierSkill: skill,
});

const leadsToJson = (byLead: readonly EventScore[]): readonly object[] =>
  byLead.map((score, index) => ({ lead: index + 1, ...scoreToJson(score) }));
