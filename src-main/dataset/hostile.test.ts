import { describe, expect, it } from 'vitest';
import { dailyLines, problemOf, summaryOf } from './fixture';

/** Without a pattern that goes wrong each of these is read in milliseconds; with one, in minutes or never. */
describe('cells of one thing over and over', () => {
  const RUNS = [
    '*',
    '#',
    '†',
    '*!',
    ' (a)',
    ' provisional',
    '1',
    '1,',
    '1.',
    "1'",
    ' ',
    '\u00a0',
    '-',
    '−',
    '<',
  ];
  const lengths = [38, 36, 1000, 200_000];

  it.each(RUNS)('in a column of numbers: “%s”', async (run) => {
    for (const length of lengths) {
      const cell = `1${run.repeat(length / run.length)}`;
      const { rows, columns } = await summaryOf(
        `date,t,u\n${dailyLines(30, (day) => `${day},5`)}2021-02-01,${cell}x,5\n`,
      );
      expect(rows).toBe(31);
      expect(columns[2]?.count).toBe(31);
    }
  });

  it.each([' ', '(', '[', 'max', 'rain', '<br', '#', 'temp ', '[a]', '_mm', ' - '])(
    'in a name: “%s”',
    async (run) => {
      const name = run.repeat(100_000 / run.length);
      const { rows } = await summaryOf(
        `date,t ${name} ext,u${name}x\n${dailyLines(30, (day) => `${day},5`)}`,
      );
      expect(rows).toBe(30);
    },
  );

  it('in a column of dates, and before and behind the line', async () => {
    for (const run of [' ', '0', '2021-', ':', '년 ', '<br', '\t', '"']) {
      const long = run.repeat(200_000 / run.length);
      const lines = `2021-02-01${long}x,1,5\n2021-02-02,1,5${long}x\n${long}2021-02-03,1,5\n`;
      const { rows } = await summaryOf(`date,t,u\n${dailyLines(30, (day) => `${day},5`)}${lines}`);
      expect(rows).toBeGreaterThanOrEqual(30);
    }
  });

  it('between blanks, where columns stand at fixed places', async () => {
    const lines = Array.from(
      { length: 30 },
      (_, day) => `2021-01-${String(day + 1).padStart(2, '0')} ${'1 '.repeat(300)}\n`,
    );
    const wide = `2021-02-01${' '.repeat(400_000)}${'1 '.repeat(200_000)}\n`;
    const { rows } = await summaryOf(`${lines.join('')}${wide}`);
    expect(rows).toBe(31);
  });

  it('are refused beyond a million characters', async () => {
    const problem = await problemOf(summaryOf(`date,t\n2021-01-01,${'1'.repeat(1_100_000)}\n`));
    expect(problem.code).toBe('line-too-long');
  });
});
