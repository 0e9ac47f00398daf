import { describe, expect, it } from 'vitest';
import { describeCleaning } from '../contract/cleaning';
import type { Verification } from '../contract/results';
import { fixtureSeries } from '../series/series.fixture';
import { compareCleaning, countTaken } from './cleaning';

/** Of a verification, what the comparison looks at. */
const judged = (time: number[], observed: number[], model: number[]): Verification =>
  ({
    horizon: observed.length / time.length,
    time: Float64Array.from(time),
    observed: Float32Array.from(observed),
    forecasts: { model: Float32Array.from(model) },
  }) as Verification;

describe('what cleaning did to the score', () => {
  it('is judged on the windows of both, by what was not taken out', () => {
    const mended = judged([10, 20, 30], [1, 2, 3, NaN, 5, 6], [1, 2, 3, 99, 6, 8]);
    // The first window is not there; 900 is what was taken out.
    const asRead = judged([20, 30, 40], [3, 900, 5, 6, 0, 0], [5, 0, 5, 6, 0, 0]);
    expect(compareCleaning(asRead, mended)).toEqual({
      windows: 2,
      asRead: Math.sqrt(4 / 3),
      mended: Math.sqrt(5 / 3),
    });
  });

  it('counts the readings that are other, not the inputs made of them', () => {
    const read = fixtureSeries([{ values: [1, 900, 3, NaN] }, { values: [1, 2, 3, 4] }]);
    const [first, second] = read.variables;
    const mended = {
      ...read,
      variables: [
        { ...first!, values: Float32Array.of(1, 2, 3, NaN) },
        { ...second!, made: true, values: Float32Array.of(0, 0, 0, 0) },
      ],
    };
    expect(countTaken(read, mended)).toBe(1);
    expect(countTaken(read, read)).toBe(0);
  });

  it('is called better, worse or the same', () => {
    const effect = (mended: number) => ({
      targetName: 't',
      unit: '°C',
      taken: 3,
      compared: { windows: 5, asRead: 2, mended },
    });
    expect(describeCleaning(effect(1))).toContain('50.0 % lower');
    expect(describeCleaning(effect(3))).toContain('50.0 % higher');
    expect(describeCleaning(effect(2))).toContain(': the same (');
    expect(describeCleaning(effect(2.0001))).toContain(': the same (');
    expect(describeCleaning(effect(2.01))).toContain('0.5 % higher');
    expect(describeCleaning(effect(2), 'ko')).toContain('그대로입니다');
  });
});
