import { describe, expect, it } from 'vitest';
import type { Series } from '../contract/series';
import { fixtureForecaster, fixtureReadings } from './forecaster.fixture';
import { verifyOnNewer } from './verify-on-newer';

const DAY = 86_400_000;
const whole = fixtureReadings(140);

/** Rows `from` to `to` of the readings. */
function part(series: Series, from: number, to: number): Series {
  return {
    ...series,
    time: series.time.slice(from, to),
    variables: series.variables.map((variable) => ({
      ...variable,
      values: variable.values.slice(from, to),
      filled: variable.filled.slice(from, to),
    })),
  };
}

describe('verifying on newer readings', () => {
  const { forecaster, series } = fixtureForecaster({ horizon: 2 }, part(whole, 0, 80));

  it('scores the windows whose targets are newer, whether the file begins before or after the last reading', () => {
    const overlapping = verifyOnNewer(forecaster, series, part(whole, 60, 140));
    expect(overlapping.time[0]).toBe(series.time[79]! + DAY);
    expect(overlapping.time).toHaveLength(59);
    expect(overlapping.scores.model.rmse).toBeGreaterThan(0);
    expect(verifyOnNewer(forecaster, series, part(whole, 80, 140))).toEqual(overlapping);
  });

  it('looks back over no hole', () => {
    const { time } = verifyOnNewer(forecaster, series, part(whole, 90, 140));
    expect(time[0]).toBe(whole.time[90 + forecaster.window]);
    expect(time).toHaveLength(50 - forecaster.window - 1);
  });

  it('lets nothing newer teach a baseline', () => {
    const newer = part(whole, 80, 140);
    const spoiled = {
      ...newer,
      variables: newer.variables.map((variable) => ({
        ...variable,
        values: variable.values.map((value, row) => (row < 30 ? value : value + 50)),
      })),
    };
    const [before, after] = [newer, spoiled].map((each) => verifyOnNewer(forecaster, series, each));
    // Windows that end before the spoiled rows forecast the same.
    const seen = (30 - forecaster.window) * 2;
    for (const method of ['model', 'persistence', 'dampedPersistence', 'climatology', 'ridge'] as const) {
      expect(after!.forecasts[method]!.subarray(0, seen)).toEqual(
        before!.forecasts[method]!.subarray(0, seen),
      );
    }
  });

  it('refuses readings that are not newer, of other columns, or of another time of day', () => {
    expect(() => verifyOnNewer(forecaster, series, part(whole, 0, 80))).toThrow(
      expect.objectContaining({ code: 'too-few-windows' }),
    );
    const shifted = { ...whole, time: whole.time.map((time) => time + DAY / 2) };
    expect(() => verifyOnNewer(forecaster, series, shifted)).toThrow(
      expect.objectContaining({ code: 'setting-invalid' }),
    );
    const renamed = {
      ...whole,
      variables: whole.variables.map((variable) => ({ ...variable, name: `${variable.name}?` })),
    };
    expect(() => verifyOnNewer(forecaster, series, renamed)).toThrow(
      expect.objectContaining({ code: 'columns-differ' }),
    );
  });
});
