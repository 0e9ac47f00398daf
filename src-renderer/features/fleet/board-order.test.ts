import { describe, expect, it } from 'vitest';
import type { RankedStation } from '../../../src-main/contract/fleet';
import { fixtureStation, fixtureTrained } from '../../../src-main/contract/fleet.fixture';
import { BOARD_COLUMNS, FIRST_ORDER, inBoardOrder, pressed, type BoardColumn } from './board-order';

const row = (
  name: string,
  rmse: number | null,
  skill: number,
  verdict: RankedStation['verdict'],
): RankedStation => ({
  station: fixtureStation(name),
  result: fixtureTrained({ rmse, skillOverBest: { value: skill, low: null, high: null } }),
  verdict,
});
const ROWS = [row('b 10', 2, 0.2, 'beats'), row('b 9', null, 0.1, 'loses'), row('a', 1, -0.3, 'level')];
const names = (column: BoardColumn, isDescending: boolean): string =>
  inBoardOrder(ROWS, { column, isDescending }, 'en')
    .map(({ station }) => station.name)
    .join(', ');

describe('the order of the leaderboard', () => {
  it('goes by any column, either way', () => {
    expect(names('station', false)).toBe('a, b 9, b 10');
    expect(names('station', true)).toBe('b 10, b 9, a');
    expect(names('skillOverBest', true)).toBe('b 10, b 9, a');
    expect(names('verdict', true)).toBe('b 10, a, b 9');
    expect(names('verdict', false)).toBe('b 9, a, b 10');
    // What is equal stays as it stood.
    for (const column of ['target', 'coverage', 'skill'] as const) {
      expect([names(column, false), names(column, true)]).toEqual(['b 10, b 9, a', 'b 10, b 9, a']);
    }
  });

  it('puts what is not known last, whichever way it goes', () => {
    expect([names('rmse', false), names('rmse', true)]).toEqual(['a, b 10, b 9', 'b 10, a, b 9']);
  });

  it('begins at the interesting end of a column, and is turned round by the next press', () => {
    const once = pressed(FIRST_ORDER, 'rmse');
    expect(once).toEqual({ column: 'rmse', isDescending: false });
    expect(pressed(once, 'rmse')).toEqual({ column: 'rmse', isDescending: true });
    expect(pressed(once, 'coverage').isDescending).toBe(true);
    expect(BOARD_COLUMNS).toContain(FIRST_ORDER.column);
  });
});
