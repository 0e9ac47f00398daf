import { describe, expect, it } from 'vitest';
import type { ColumnMapping } from '../../contract/dataset';
import type { Series } from '../../contract/series';
import { readContent } from '../fixture';
import { answerFor, summarise } from '../summary/summarise';
import { makeSeries } from './make-series';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIRST = Date.UTC(2021, 0, 1);

/** A degree an hour from 0 on, day after day, and the day added. */
const course = (since: number): number => Math.floor((since % DAY) / HOUR) + Math.floor(since / DAY);

/** @param moments since the first day, in milliseconds */
const fileOf = (moments: readonly number[], temperature: (since: number) => number = course): string =>
  `time,temp (°C),hum (%)\n${moments
    .map((since) => {
      const time = new Date(FIRST + since).toISOString().slice(0, 19).replace('T', ' ');
      return `${time},${temperature(since).toFixed(1)},${60 + (Math.floor(since / MINUTE) % 7)}\n`;
    })
    .join('')}`;

const every = (step: number, until: number): readonly number[] =>
  Array.from({ length: Math.ceil(until / step) }, (_, at) => at * step);

/** What answers 'the highs and lows of the next 7 days'. */
async function asked(
  content: string,
  change: Partial<ColumnMapping> = {},
): Promise<{ readonly mapping: ColumnMapping; readonly series: Series }> {
  const table = await readContent(content);
  const { mapping } = answerFor(table, summarise(table, 'test'), 'highs-and-lows');
  return { mapping, series: makeSeries(table, { ...mapping, ...change }) };
}

const valuesOf = ({ variables }: Series, place: number): readonly number[] => [...variables[place]!.values];
const dayOf = (series: Series): string => new Date(series.time.at(-1)!).toISOString().slice(0, 10);

describe('the highs and lows of the next 7 days', () => {
  it.each([
    ['five minutes', every(5 * MINUTE, 30 * DAY)],
    ['ten minutes', every(10 * MINUTE, 30 * DAY)],
    ['half an hour', every(30 * MINUTE, 30 * DAY)],
    ['hours', every(HOUR, 30 * DAY)],
    ['hours, three seconds early', every(HOUR, 30 * DAY).map((since) => Math.max(0, since - 3000))],
    ['no even step', every(HOUR / 2, 30 * DAY).map((since, at) => since + ((at * 7) % 11) * MINUTE)],
  ])('are those of each day, of readings every %s', async (_name, moments) => {
    const { mapping, series } = await asked(fileOf(moments));
    expect(mapping).toMatchObject({ target: 1, alsoTargets: [], extremes: ['highest', 'lowest'] });
    expect(series.step).toEqual({ seconds: DAY / 1000, label: 'daily' });
    expect(series.variables.map(({ name, unit, made }) => [name, unit, made])).toEqual([
      ['temp (°C)', '°C', false],
      ['hum (%)', '%', false],
      ['temp (°C) max', '°C', true],
      ['temp (°C) min', '°C', true],
    ]);
    expect([series.inputs, series.target, series.alsoTargets]).toEqual([[0, 1, 2, 3], 2, [3]]);
    expect([series.time.length, dayOf(series)]).toEqual([30, '2021-01-30']);
    // An hour's readings that lie a moment early are of the hour before.
    const days = every(DAY, 30 * DAY).map((_since, day) => day);
    for (const day of days) {
      const own = moments.filter((since) => Math.floor(since / DAY) === day).map(course);
      expect(valuesOf(series, 2)[day]).toBe(Math.max(...own));
      expect(valuesOf(series, 3)[day]).toBe(Math.min(...own));
    }
  });

  it.each([19, 22])('leave out a day that is not over at %d:00', async (hour) => {
    const running = await asked(fileOf(every(HOUR, 29 * DAY + (hour + 1) * HOUR)));
    expect(dayOf(running.series)).toBe('2021-01-29');
    const over = await asked(fileOf(every(HOUR, 30 * DAY)));
    expect(dayOf(over.series)).toBe('2021-01-30');
  });

  it('have a gap where too little of a day was read, in one as in the other', async () => {
    const isMissing = (since: number): boolean => since >= 4 * DAY + 9 * HOUR && since < 4 * DAY + 17 * HOUR;
    const { series } = await asked(fileOf(every(HOUR, 30 * DAY).filter((since) => !isMissing(since))));
    for (const place of [2, 3]) {
      expect([...series.variables[place]!.filled.slice(0, 6)]).toEqual([0, 0, 0, 0, 2, 0]);
    }
  });

  it('are no inputs where their temperature is none', async () => {
    const { series } = await asked(fileOf(every(HOUR, 30 * DAY)), { inputs: [2] });
    expect(series.variables.map(({ name }) => name)).toEqual(['hum (%)', 'temp (°C) max', 'temp (°C) min']);
    expect([series.inputs, series.target, series.alsoTargets]).toEqual([[0], 1, [2]]);
  });

  it('are none on the step of the file itself', async () => {
    await expect(asked(fileOf(every(HOUR, 30 * DAY)), { stepSeconds: null })).rejects.toMatchObject({
      code: 'extremes-step',
    });
  });
});
