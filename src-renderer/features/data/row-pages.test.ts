import { describe, expect, it } from 'vitest';
import { RowPages, rowsInSight } from './row-pages';

/** Pages that arrive when told to, and the starts that were asked for. */
function controlled() {
  const asked: number[] = [];
  const answers: (() => void)[] = [];
  const errors: unknown[] = [];
  const pages = new RowPages(
    (from, count) => {
      asked.push(from);
      return new Promise((resolve) => {
        answers.push(() => resolve(Array.from({ length: count }, (_, i) => [String(from + i)])));
      });
    },
    (error) => errors.push(error),
  );
  const answerAll = async (): Promise<void> => {
    while (answers.length > 0) {
      answers.shift()?.();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
  return { pages, asked, errors, answerAll };
}

describe('pages of rows', () => {
  it('give the rows in sight once they are there', async () => {
    const { pages, asked, answerAll } = controlled();
    pages.want(95, 130);
    expect(pages.row(99)).toBeUndefined();
    await answerAll();
    expect(asked).toEqual([0, 100]);
    expect(pages.row(99)).toEqual(['99']);
    expect(pages.row(100)).toEqual(['100']);
  });

  it('ask twice for nothing, and not for what was scrolled past', async () => {
    const { pages, asked, answerAll } = controlled();
    for (let row = 0; row < 500_000; row += 5_000) pages.want(row, row + 20);
    await answerAll();
    pages.want(495_000, 495_020);
    await answerAll();
    expect(asked).toEqual([0, 5_000, 495_000]);
  });

  it('forget the pages not wanted for longest', async () => {
    const { pages, asked, answerAll } = controlled();
    for (let page = 0; page < 70; page++) {
      pages.want(page * 100, page * 100 + 1);
      await answerAll();
    }
    expect(pages.row(0)).toBeUndefined();
    expect(pages.row(6_900)).toEqual(['6900']);
    expect(asked).toHaveLength(70);
  });

  it('tell a failure once', async () => {
    const errors: unknown[] = [];
    let calls = 0;
    const pages = new RowPages(
      async () => {
        calls += 1;
        throw new Error('gone');
      },
      (error) => errors.push(error),
    );
    pages.want(0, 10);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(errors).toHaveLength(1);
    expect(calls).toBe(1);
  });
});

describe('rows in sight', () => {
  it('stay inside the table', () => {
    expect(rowsInSight(0, 280, 28, 1000)).toEqual({ first: 0, end: 20 });
    expect(rowsInSight(28 * 990, 280, 28, 1000)).toEqual({ first: 980, end: 1000 });
    expect(rowsInSight(0, 280, 28, 3)).toEqual({ first: 0, end: 3 });
    expect(rowsInSight(1e7, 280, 28, 100)).toEqual({ first: 90, end: 100 });
  });
});
