import { describe, expect, it } from 'vitest';
import { fixtureMapping } from '../columns/dataset.fixture';
import { adoptAnswer } from './adopt-answer';

const suggested = fixtureMapping({ inputs: [1, 2], stepSeconds: 3600 });
const answer = { mapping: { ...suggested, target: 3, inputs: [1, 2, 3], stepSeconds: 86_400 } };

describe('the answer to another question', () => {
  it('is taken whole where the columns are those that were suggested, but for the period', () => {
    const current = { ...suggested, from: 1000, to: 2000 };
    expect(adoptAnswer(current, suggested, answer)).toEqual({ ...answer.mapping, from: 1000, to: 2000 });
  });

  it('forecasts highs and lows as long as they are asked for, of columns chosen by hand too', () => {
    const both = { mapping: { ...answer.mapping, extremes: ['highest' as const, 'lowest' as const] } };
    const asked = adoptAnswer({ ...suggested, inputs: [1, 4] }, suggested, both);
    expect(asked).toMatchObject({ target: 3, extremes: ['highest', 'lowest'], inputs: [1, 3, 4] });
    expect(adoptAnswer(asked, both.mapping, answer).extremes).toBeUndefined();
  });

  it('keeps the sun that was chosen', () => {
    const sun = { latitude: 37.57, longitude: 126.97, utcOffset: 9, ahead: 1 };
    expect(adoptAnswer({ ...suggested, sun }, suggested, answer)).toEqual({ ...answer.mapping, sun });
    expect(adoptAnswer({ ...suggested, sun, inputs: [1, 4] }, suggested, answer).sun).toEqual(sun);
  });

  it('keeps what was struck, which is no choice of columns', () => {
    const column = { index: 1, quantity: 'temperature', unit: '', useUnit: '', gapPolicy: 'linear' } as const;
    const struck = { ...column, struck: [{ from: 5, to: 9 }] };
    const before = { ...suggested, columns: [column] };
    const next = { mapping: { ...answer.mapping, columns: [column] } };
    expect(adoptAnswer({ ...suggested, columns: [struck] }, before, next)).toEqual({
      ...answer.mapping,
      columns: [struck],
    });
  });

  it('leaves columns that were chosen by hand, and sees the target among them', () => {
    const current = { ...suggested, inputs: [1, 4] };
    expect(adoptAnswer(current, suggested, answer)).toEqual({
      ...current,
      target: 3,
      stepSeconds: 86_400,
      inputs: [1, 3, 4],
    });
  });
});
