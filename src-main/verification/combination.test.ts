import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noise } from '../series/series.fixture';
import { blend, chooseCombination } from './combination';
import { meanSquaredError } from './scores/scores';

const count = 200;
const seen = Float32Array.from(noise(count, 3), (value) => 10 * value);
/** What was observed with errors of its own. */
const guess = (size: number, seed: number): Float32Array => {
  const errors = noise(count, seed);
  return seen.map((value, index) => value + size * errors[index]!);
};

describe('choosing a combination', () => {
  it('takes all of the LSTM where ridge adds nothing, and all of ridge where the LSTM does not', () => {
    expect(chooseCombination(seen, guess(0.01, 5), guess(8, 6)).share).toBe(1);
    expect(chooseCombination(seen, guess(8, 5), guess(0.01, 6)).share).toBe(0);
    expect(chooseCombination(seen, seen, seen)).toEqual({
      share: 1,
      errors: { lstm: 0, ridge: 0, chosen: 0 },
    });
  });

  it('blends two that are as good and err apart half and half, which is better than either', () => {
    const { share, errors } = chooseCombination(seen, guess(2, 5), guess(2, 77));
    expect(share).toBeGreaterThanOrEqual(0.4);
    expect(share).toBeLessThanOrEqual(0.6);
    expect(errors.chosen).toBeLessThan(0.85 * Math.min(errors.lstm, errors.ridge));
  });

  it('is never worse on the validation part than either, and no other share would have been better', () => {
    const values = fc.array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(values, values, values, (observed, network, straight) => {
        const [o, n, r] = [observed, network, straight].map((each) => Float32Array.from(each));
        const { errors, share } = chooseCombination(o!, n!, r!);
        for (let step = 0; step <= 20; step++) {
          const error = Math.sqrt(meanSquaredError(o!, blend(n!, r!, step / 20)));
          expect(errors.chosen).toBeLessThanOrEqual(error + 1e-4);
        }
        expect(errors.chosen).toBeCloseTo(Math.sqrt(meanSquaredError(o!, blend(n!, r!, share))), 6);
      }),
    );
  });
});
