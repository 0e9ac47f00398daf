import { describe, expect, it } from 'vitest';
import type { DatasetSummary } from '../../contract/dataset';
import { settingsOfPlan, type Answer } from '../../contract/question';
import { summarisePreparation } from '../../series';
import { makeSeries } from '../axis/make-series';
import type { RawTable } from '../cells/table';
import { readContent } from '../fixture';
import { answerFor, summarise } from '../summary/summarise';
import { answerQuestion, LEAST_ROWS } from './answer-question';
import { remediesFor } from './remedies';
import { phrase } from '../../contract/phrases';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

type Cells = (row: number) => string | null;

/** A file whose rows are so many seconds apart; null: there is no row. */
function fileOf(header: string, rows: number, seconds: number, cells: Cells): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const line = cells(row);
    const time = new Date(Date.UTC(2022, 0, 1) + row * seconds * 1000).toISOString().slice(0, 19);
    return line === null ? [] : [`${time.replace('T', ' ')},${line}`];
  });
  return `${header}\n${lines.flat().join('\n')}\n`;
}

const wave = (row: number, period: number, shift = 0): string =>
  (10 + 6 * Math.sin((row / period) * 2 * Math.PI + shift) + ((row * 7919) % 31) / 20).toFixed(2);

const open = async (text: string): Promise<{ table: RawTable; summary: DatasetSummary }> => {
  const table = await readContent(text);
  return { table, summary: summarise(table, 'test') };
};

function windowsOf(table: RawTable, { mapping, plan }: Pick<Answer, 'mapping' | 'plan'>): readonly number[] {
  const series = makeSeries(table, mapping);
  const { train, validation, test } = summarisePreparation(series, settingsOfPlan(plan, series.step.seconds));
  return [train, validation, test];
}

/** What is suggested, and the windows of its parts: it throws where one has none. */
function suggested({ table, summary }: { table: RawTable; summary: DatasetSummary }): {
  answer: Pick<Answer, 'mapping' | 'plan'>;
  windows: readonly number[];
} {
  const { suggestion, plan } = summary;
  if (suggestion === null || plan === null) throw new Error('no suggestion');
  return { answer: { mapping: suggestion, plan }, windows: windowsOf(table, { mapping: suggestion, plan }) };
}

describe('what is suggested can be trained', () => {
  it('asks for tomorrow of a file of five minutes, in hours', async () => {
    const file = fileOf('time,outTemp', 12 * 24 * 12, 5 * MINUTE, (row) => wave(row, 288));
    const { answer } = suggested(await open(file));
    expect(answer.mapping.stepSeconds).toBe(HOUR);
    expect(answer.plan).toMatchObject({ question: 'tomorrow', window: 48, horizon: 24 });
  });

  it('leaves out a column whose gaps cost more windows than it is worth, and says how many', async () => {
    const file = fileOf('time,temp,hum,sun', 300, DAY, (row) =>
      [wave(row, 50), row % 40 === 3 ? '' : wave(row, 30, 1), row % 5 < 2 ? '' : wave(row, 20, 2)].join(','),
    );
    const { table, summary } = await open(file);
    expect(summary.suggestion?.inputs).toEqual([1, 2]);
    expect(summary.leftOut).toEqual([
      { column: 3, why: 'costs-windows', params: { windows: 280, lost: 115 } },
    ]);
    // The numbers are those of the windows themselves.
    const both = { ...summary.suggestion!, inputs: [1, 2, 3] };
    const settings = settingsOfPlan(summary.plan!, DAY);
    expect(summarisePreparation(makeSeries(table, summary.suggestion!), settings).windowsShape[0]).toBe(280);
    expect(summarisePreparation(makeSeries(table, both), settings).windowsShape[0]).toBe(280 - 115);
  });

  it('leaves out several columns where each alone would leave no window', async () => {
    const half = (row: number, odd: boolean): string => ((row % 2 === 1) === odd ? '' : wave(row, 9));
    const file = fileOf('time,temp,hum,wind', 200, DAY, (row) =>
      [wave(row, 50), half(row, true), half(row, false)].join(','),
    );
    const { summary } = await open(file);
    expect(summary.suggestion?.inputs).toEqual([1]);
    expect(summary.leftOut.map(({ why }) => why)).toEqual(['costs-windows', 'costs-windows']);
  });

  it('begins the parts where there are windows, where a hole swallows one', async () => {
    const file = fileOf('time,temp', 3000, HOUR, (row) => (row > 800 && row < 2700 ? null : wave(row, 24)));
    const { answer, windows } = suggested(await open(file));
    expect(answer.plan).toMatchObject({ question: 'tomorrow', window: 48, horizon: 24 });
    expect(answer.plan.testFrom).not.toBeNull();
    expect(Math.min(...windows)).toBeGreaterThan(100);
  });

  it('shortens the window of a short record, and asks for the next hours where there is no whole day', async () => {
    const short = suggested(await open(fileOf('time,temp', 120, HOUR, (row) => wave(row, 24))));
    expect(short.answer.plan).toMatchObject({ question: 'tomorrow', horizon: 24 });
    expect(short.answer.plan.window).toBeLessThan(48);
    const aDay = suggested(await open(fileOf('time,temp', 1440, MINUTE, (row) => wave(row, 1440))));
    expect(aDay.answer.plan.question).toBe('next-hours');
    expect(aDay.answer.mapping.stepSeconds).toBe(10 * MINUTE);
  });

  it('says why nothing can be learned of a year of monthly means, and what would help', async () => {
    const months = Array.from(
      { length: 12 },
      (_, at) => `2022-${String(at + 1).padStart(2, '0')}-01,${wave(at, 12)}`,
    );
    const { summary } = await open(`month,temp\n${months.join('\n')}\n`);
    expect(summary.shortage).toEqual({
      code: 'too-short',
      params: { file: 'readings.csv', column: 'temp', count: 12, rows: 12, needed: LEAST_ROWS },
    });
  });

  it('needs no more rows than it says', async () => {
    const daysOf = (rows: number) => open(fileOf('time,temp', rows, DAY, (row) => wave(row, 12)));
    const enough = await daysOf(LEAST_ROWS);
    expect(enough.summary.shortage).toBeNull();
    expect(Math.min(...suggested(enough).windows)).toBeGreaterThanOrEqual(3);
    expect((await daysOf(LEAST_ROWS - 1)).summary.shortage).not.toBeNull();
  });

  it.each([24, 40, 60, 100, 365])('of %d days with gaps in every tenth', async (rows) => {
    const file = fileOf('time,temp,hum,wind', rows, DAY, (row) =>
      [row % 10 === 4 ? '' : wave(row, 12), row % 10 === 5 ? '' : wave(row, 9), wave(row, 7)].join(','),
    );
    for (const count of suggested(await open(file)).windows) expect(count).toBeGreaterThanOrEqual(3);
  });
});

describe('a record that is long and whole', () => {
  // What is taken unseen is what would be taken after a look.
  it.each([
    ['whole', 0],
    ['with a gap in some hundred', 137],
  ] as const)('%s is answered as after a look at it', async (_name, every) => {
    const isGap = (row: number, shift: number): boolean => every > 0 && (row + shift) % every < 1;
    const file = fileOf(
      'time,temp,hum,wind',
      6 * 24 * 50,
      10 * MINUTE,
      (row) =>
        [0, 40].map((shift) => (isGap(row, shift) ? '' : wave(row, 144, shift))).join(',') +
        `,${wave(row, 90)}`,
    );
    const { table, summary } = await open(file);
    const { suggestion, subjects, leftOut, plan } = summary;
    const mapping = { ...suggestion!, stepSeconds: null };
    const looked = answerQuestion(table, { mapping, subjects: subjects!, leftOut }, 10 * MINUTE, null);
    expect(looked).toEqual({ mapping: suggestion, leftOut, plan, isTrainable: true });
    const extent = { seconds: 50 * DAY, missing: new Map([1, 2, 3].map((at) => [at, 0.008])), holes: 0 };
    const nothing = null as unknown as RawTable;
    expect(
      answerQuestion(nothing, { mapping, subjects: subjects!, leftOut, extent }, 10 * MINUTE, null),
    ).toEqual(looked);
  });
});

describe('another question', () => {
  it('changes targets, step and horizon, and counts anew what costs windows', async () => {
    const file = fileOf('time,temp,rain,hum', 24 * 90, HOUR, (row) =>
      [wave(row, 24), row % 30 === 0 ? 1.2 : 0, row % 4 === 0 ? '' : wave(row, 17)].join(','),
    );
    const { table, summary } = await open(file);
    expect(summary.plan?.question).toBe('tomorrow');
    expect(summary.leftOut).toMatchObject([{ column: 3, why: 'costs-windows' }]);
    const rain = answerFor(table, summary, 'rain-tomorrow');
    expect(rain.mapping).toMatchObject({ target: 2, stepSeconds: DAY, inputs: [1, 2, 3] });
    expect(rain.plan).toMatchObject({ question: 'rain-tomorrow', horizon: 1 });
    expect(rain.leftOut).toEqual([]);
    for (const count of windowsOf(table, rain)) expect(count).toBeGreaterThan(0);
  });

  it('takes the highs and the lows of a daily file together', async () => {
    const file = fileOf('time,tmean,tmax,tmin', 200, DAY, (row) =>
      [wave(row, 50), wave(row, 50, 1), wave(row, 50, 2)].join(','),
    );
    const { table, summary } = await open(file);
    expect(summary.suggestion).toMatchObject({ target: 1, alsoTargets: [] });
    const both = answerFor(table, summary, 'highs-and-lows');
    expect(both.mapping).toMatchObject({ target: 2, alsoTargets: [3], inputs: [1, 2, 3] });
  });
});

describe('where choices by hand leave no window', () => {
  it('says which columns are at fault, and gives ways out that work', async () => {
    const file = fileOf('time,temp,hum,sun', 300, DAY, (row) =>
      [wave(row, 50), wave(row, 30, 1), row % 8 === 0 ? wave(row, 20, 2) : ''].join(','),
    );
    const { table, summary } = await open(file);
    const { suggestion, plan } = summary;
    const columns = suggestion!.columns.map((choice) =>
      choice.index === 3 ? { ...choice, gapPolicy: 'leave-out' as const } : choice,
    );
    const mapping = { ...suggestion!, inputs: [1, 2, 3], columns };
    const settings = settingsOfPlan(plan!, DAY);
    expect(() => summarisePreparation(makeSeries(table, mapping), settings)).toThrow(
      expect.objectContaining({
        code: 'windows-lost',
        params: { part: phrase('part-training'), columns: '“sun”', from: '2022-01-02', to: '2022-01-08' },
      }),
    );
    const remedies = remediesFor(table, mapping, settings);
    expect(remedies.map(({ kind, columns: named }) => [kind, named])).toEqual([
      ['leave-out', [3]],
      ['hold-last', [3]],
    ]);
    for (const remedy of remedies) {
      const made = summarisePreparation(makeSeries(table, remedy.mapping), remedy.settings);
      expect(made.windowsShape[0]).toBe(remedy.windows);
    }
    expect(remediesFor(table, suggestion!, settings)).toEqual([]);
  });

  it('offers a shorter window where the record is short', async () => {
    const { table, summary } = await open(fileOf('time,temp', 100, DAY, (row) => wave(row, 50)));
    const settings = { ...settingsOfPlan(summary.plan!, DAY), window: 90 };
    const [remedy, ...others] = remediesFor(table, summary.suggestion!, settings);
    expect(others).toEqual([]);
    expect(remedy).toMatchObject({ kind: 'window', settings: { window: 45 } });
  });
});
