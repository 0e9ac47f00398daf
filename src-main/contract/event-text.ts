import { z } from 'zod';
import { formatWithUnit } from './format';
import type { Language } from './language';
import { withParticle } from './particles';
import { phrase, type Phrase } from './phrases';
import { Problem } from './problems';
import { convertUnit, unitsOf, type Quantity } from './quantities';
import {
  SPAN_KINDS,
  weatherEventSchema,
  type Comparison,
  type EventColumn,
  type EventContext,
  type SpanKind,
  type WeatherEvent,
} from './events';

/** Their seconds; steps have none of their own. */
const UNITS: Readonly<Record<string, number>> = {
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
};
const STEPS: readonly string[] = ['step', 'steps'];
/** What falls in a span is added up; of all else the lowest or the highest counts. */
const ADDED_UP: readonly Quantity[] = ['rain', 'sunshine'];
const SIGNS: Readonly<Record<string, Comparison>> = { '≤': '<=', '≥': '>=', '<': '<', '>': '>' };
const EXAMPLE = 'temp_min < 0';
const SPAN_EXAMPLES = 'over 24h, over 3 days, over 4 steps, at 2 days';
const numberText = z.string().regex(/^[+-]?\d+(\.\d+)?$/);

/**
 * Reads an event: `temp_min < 0` (the next reading), `temp_max > 33 at 2 days` (that lead time), `precipitation >= 5 over
 * 24h` (the sum up to there; of what does not fall the lowest or highest), or said in front: `lowest temp < 0`, `change
 * pressure < -5 over 6h`. A span in front without an end is over all lead times. The threshold may have another unit.
 * @throws Problem 'event-invalid'
 */
export function parseEvent(text: string, context: EventContext): WeatherEvent {
  const refuse = (cause: Phrase): never => {
    throw new Problem('event-invalid', { event: text, cause });
  };
  const [subject, comparison, rest] =
    splitAtSign(text) ??
    refuse(phrase('event-no-comparison', { example: `${EXAMPLE}, precipitation >= 5 over 24h` }));
  const { column, kind } =
    subjectOf(subject, context.columns) ??
    refuse(
      phrase('event-column', {
        column: subject,
        columns: context.columns.map(({ name }) => name).join(', '),
      }),
    );
  const [number = '', ...words] = apart(rest);
  if (!numberText.safeParse(number).success) refuse(phrase('event-no-threshold', { example: EXAMPLE }));
  const spanAt = words.findIndex((word) => word === 'over' || word === 'at');
  const unit = (spanAt < 0 ? words : words.slice(0, spanAt)).join(' ');
  if (unit !== '' && unit !== column.unit && !unitsOf(column.quantity).includes(unit)) {
    refuse(phrase('event-unit', { unit, units: unitsOf(column.quantity).join(', ') }));
  }
  const threshold = convertUnit(
    Number(number),
    column.quantity,
    unit === '' ? column.unit : unit,
    column.unit,
  );
  const [preposition, ...length] = spanAt < 0 ? [] : words.slice(spanAt);
  const lead = leadOf(length, preposition !== undefined, kind, context, refuse);
  if (preposition === 'at' && kind !== null && kind !== 'change')
    refuse(phrase('event-span', { example: SPAN_EXAMPLES }));
  const event = {
    column: column.name,
    comparison,
    threshold,
    of: kind ?? (preposition === 'over' ? usualKind(column.quantity, comparison) : 'value'),
    lead,
  };
  const parsed = weatherEventSchema.safeParse(event);
  return parsed.success ? parsed.data : refuse(phrase('event-span', { example: SPAN_EXAMPLES }));
}

/** @throws Problem 'event-invalid' where the run does not know the column or does not look so far ahead */
export function requireEvent(event: WeatherEvent, { columns, stepSeconds, horizon }: EventContext): void {
  const text = eventText(event, stepSeconds);
  const refuse = (cause: Phrase): never => {
    throw new Problem('event-invalid', { event: text, cause });
  };
  const names = columns.map(({ name }) => name);
  if (!names.includes(event.column)) {
    refuse(phrase('event-column', { column: event.column, columns: names.join(', ') }));
  }
  if (event.lead > horizon) refuse(phrase('event-beyond', { lead: event.lead, horizon }));
}

function splitAtSign(text: string): [subject: string, comparison: Comparison, rest: string] | null {
  // The last one: a column may have such a sign in its name.
  const at = Math.max(...Object.keys(SIGNS).map((sign) => text.lastIndexOf(sign)));
  if (at < 1) return null;
  const sign = SIGNS[text[at]!]!;
  const isOpen = sign.length === 1 && text[at + 1] === '=';
  const comparison = (isOpen ? `${sign}=` : sign) as Comparison;
  return [text.slice(0, at).trim(), comparison, text.slice(at + (isOpen ? 2 : 1)).trim()];
}

function subjectOf(
  subject: string,
  columns: readonly EventColumn[],
): { readonly column: EventColumn; readonly kind: SpanKind | null } | null {
  const named = (name: string): EventColumn | undefined => columns.find((each) => each.name === name);
  const whole = named(subject);
  if (whole !== undefined) return { column: whole, kind: null };
  const [first = '', ...rest] = subject.split(' ');
  const kind = SPAN_KINDS.find((each) => each === first && each !== 'value');
  const column = named(rest.join(' ').trim());
  return kind === undefined || column === undefined ? null : { column, kind };
}

/** '5 over 24h' as '5', 'over', '24', 'h'. */
function apart(text: string): string[] {
  return text
    .replaceAll(/(?<=\d)(?=[A-Za-z°%])/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function leadOf(
  length: readonly string[],
  isGiven: boolean,
  kind: SpanKind | null,
  { stepSeconds, horizon }: EventContext,
  refuse: (cause: Phrase) => never,
): number {
  if (!isGiven) return kind === null ? 1 : horizon;
  const [number = '', unit = 'steps', ...more] = length;
  const seconds = UNITS[unit];
  if (!/^\d+$/.test(number) || more.length > 0 || (seconds === undefined && !STEPS.includes(unit))) {
    refuse(phrase('event-span', { example: SPAN_EXAMPLES }));
  }
  const lead = seconds === undefined ? Number(number) : (Number(number) * seconds) / stepSeconds;
  if (!Number.isInteger(lead)) refuse(phrase('event-between-steps'));
  if (lead < 1 || lead > horizon) refuse(phrase('event-beyond', { lead, horizon }));
  return lead;
}

const usualKind = (quantity: Quantity, comparison: Comparison): SpanKind =>
  ADDED_UP.includes(quantity) ? 'sum' : comparison.startsWith('<') ? 'lowest' : 'highest';

/** As `parseEvent` reads it: 'precipitation >= 5 over 24h'. */
export function eventText(
  { column, comparison, threshold, of, lead }: WeatherEvent,
  stepSeconds: number,
): string {
  const held = `${column} ${comparison} ${threshold}`;
  if (of === 'value') return lead === 1 ? held : `${held} at ${lengthOf(lead, stepSeconds)}`;
  return `${of} ${held} over ${lengthOf(lead, stepSeconds)}`;
}

/** A month has no fixed length, and odd steps none in whole hours. */
function lengthOf(lead: number, stepSeconds: number): string {
  const seconds = lead * stepSeconds;
  if (stepSeconds <= 86_400 && seconds % 3600 === 0) return `${seconds / 3600}h`;
  if (stepSeconds <= 86_400 && seconds % 60 === 0) return `${seconds / 60}min`;
  return lead === 1 ? '1 step' : `${lead} steps`;
}

const DIGITS = 3;

/** An event in words: 'temp_min below 0 °C, 1 day ahead', 'the sum of precipitation over the next day at least 5 mm'. */
export function describeWeatherEvent(
  { column, comparison, threshold, of, lead }: WeatherEvent,
  unit: string,
  stepSeconds: number,
  language: Language = 'en',
): string {
  const amount = formatWithUnit(
    threshold,
    unit,
    Math.min(DIGITS, (String(threshold).split('.')[1] ?? '').length),
    language,
  );
  const length = lengthInWords(lead, stepSeconds, language);
  if (language === 'ko') {
    const subject = {
      value: `${length} 뒤의 ${withParticle(column, '이/가')}`,
      lowest: `앞으로 ${length} 동안 가장 낮은 ${withParticle(column, '이/가')}`,
      highest: `앞으로 ${length} 동안 가장 높은 ${withParticle(column, '이/가')}`,
      sum: `앞으로 ${length} 동안의 ${column} 합이`,
      change: `앞으로 ${length} 동안의 ${column} 변화가`,
    }[of];
    const sides = { '<': '미만', '<=': '이하', '>': '초과', '>=': '이상' } as const;
    return `${subject} ${amount} ${sides[comparison]}`;
  }
  // 'The next day', 'the next 2 days'.
  const span = length.replace(/^1 /, '');
  const subject = {
    value: column,
    lowest: `the lowest ${column} of the next ${span}`,
    highest: `the highest ${column} of the next ${span}`,
    sum: `the sum of ${column} over the next ${span}`,
    change: `the change of ${column} over the next ${span}`,
  }[of];
  const sides = { '<': 'below', '<=': 'at most', '>': 'above', '>=': 'at least' } as const;
  const ahead = of === 'value' ? `, ${length} ahead` : '';
  return `${subject} ${sides[comparison]} ${amount}${ahead}`;
}

function lengthInWords(lead: number, stepSeconds: number, language: Language): string {
  const seconds = lead * stepSeconds;
  const [days, hours, minutes] = [seconds / 86_400, seconds / 3600, seconds / 60];
  const say = (count: number, one: string, many: string, korean: string): string =>
    language === 'ko' ? `${count}${korean}` : `${count} ${count === 1 ? one : many}`;
  if (stepSeconds > 86_400) return say(lead, 'step', 'steps', '단계');
  if (Number.isInteger(days)) return say(days, 'day', 'days', '일');
  if (Number.isInteger(hours)) return say(hours, 'hour', 'hours', '시간');
  return say(Math.round(minutes), 'minute', 'minutes', '분');
}
