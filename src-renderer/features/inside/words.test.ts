import { expect, it } from 'vitest';
import { formatState, stepName } from './words';

it('shows states that round to nothing as powers of ten', () => {
  expect(
    [1, -0.99999, 0.1234567, 0, 1.5e-26, -2.04e-7, -0.0005].map((value) => formatState(value, 'en')),
  ).toEqual(['1', '−1', '0.123', '0', '1.5e−26', '−2.0e−7', '−0.001']);
});

it('calls a step by its date, or by its number where it has none', () => {
  const words = { stepNumber: (step: string) => `Step ${step}` };
  const time = Float64Array.of(Date.UTC(2021, 0, 1), Date.UTC(2021, 0, 2));
  expect(stepName({ time, stepSeconds: 86_400 }, 1, words)).toBe('2021-01-02');
  expect(stepName({ time: null, stepSeconds: 1 }, 1, words)).toBe('Step 2');
});
