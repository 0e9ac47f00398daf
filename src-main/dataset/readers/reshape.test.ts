import { describe, expect, it } from 'vitest';
import { summaryOf } from '../fixture';

describe('elements in rows of their own', () => {
  const table = (elements: number, times: number): string =>
    [
      'time,element,value',
      ...Array.from({ length: times }, (_, time) =>
        Array.from(
          { length: elements },
          (_unused, element) =>
            `${new Date(Date.UTC(2021, 0, 1 + time)).toISOString().slice(0, 10)},e${element},${element}`,
        ).join('\n'),
      ),
    ].join('\n');

  it('become columns, all of them', async () => {
    const summary = await summaryOf(table(300, 4));
    expect(summary.columns).toHaveLength(301);
  });

  it('are refused where they are more than a table may have columns', async () => {
    await expect(summaryOf(table(2001, 2))).rejects.toMatchObject({ code: 'too-many-columns' });
  });

  it('are refused where the table that comes out is too large', async () => {
    const rows = Array.from({ length: 102_000 }, (_, row) => {
      const time = new Date(Date.UTC(2021, 0, 1) + (row >> 1) * 60_000).toISOString().slice(0, 16);
      return `${time},e${row % 2000},1`;
    });
    await expect(summaryOf(['time,element,value', ...rows].join('\n'))).rejects.toMatchObject({
      code: 'file-too-large',
    });
  });
});
