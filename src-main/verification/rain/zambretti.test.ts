import { describe, expect, it } from 'vitest';
import { describeZambretti } from '../../contract/zambretti';
import type { Series } from '../../contract/series';
import { prepare } from '../../series';
import { DAILY, fixtureSeries, fixtureSettings, HOURLY, noise } from '../../series/series.fixture';
import { learnEvent, verifyEvent } from './event';
import { zambrettiLetter } from './zambretti';
import { learnZambretti } from './zambretti-chances';

const CALM = NaN;

describe('the letter of the Zambretti forecaster', () => {
  it.each([
    // Each by hand from the three lines: z, then the letter at its place.
    ['a high that stands still: 147 - 50 x 1030 / 376 = 10.0', 1030, 0, 1, CALM, 'A'],
    ['steady at 1013: z = 12.3', 1013, 0, 1, CALM, 'E'],
    ['steady at 980: z = 16.7', 980, 1.5, 1, CALM, 'W'],
    ['the deepest low: beyond the scale', 940, 0, 1, CALM, 'Z'],
    ['falling at 1013: z = 4.9', 1013, -1.6, 1, CALM, 'O'],
    ['falling at 995: z = 7.2', 995, -4, 1, CALM, 'U'],
    ['rising at 1013: z = 21.9', 1013, 2, 1, CALM, 'C'],
    ['rising at 990: z = 25.5', 990, 3, 1, CALM, 'J'],
    ['rising at 950: z = 31.7', 950, 3, 1, CALM, 'Z'],
    ['a fall in summer is worse by one', 1013, -2, 7, CALM, 'R'],
    ['a rise in summer is better by one', 1013, 2, 7, CALM, 'B'],
    ['where it is steady the season does not matter', 1013, 0, 7, CALM, 'E'],
    ['a northerly wind is better by one', 1013, 0, 1, 350, 'B'],
    ['a southerly one worse by two', 1013, 0, 1, 180, 'N'],
    ['no wind from beyond the scale', 1050, 0, 1, 0, 'A'],
  ])('%s', (_, pressure, change, month, windDirection, letter) => {
    expect(zambrettiLetter({ pressure, change, month, windDirection })).toBe(letter);
  });
});

const ROWS = 500;
const settings = fixtureSettings({ horizon: 2, validationShare: 0.2, scalerFit: 'training' });

/** Hours in which it rains when the pressure has fallen, and else by chance. */
function hours(step = HOURLY, mean = 1013): Series {
  const draws = noise(ROWS + 4, 3);
  const pressure = Array.from({ length: ROWS }, (_, row) => mean + 18 * Math.sin(row / 15) + draws[row]!);
  const rain = pressure.map((value, row) => (value < mean - 4 && draws[row + 4]! > -0.6 ? 2 : 0));
  return fixtureSeries(
    [
      { name: 'pressure', quantity: 'pressure', unit: 'hPa', values: pressure },
      { name: 'rain', quantity: 'rain', unit: 'mm', values: rain },
    ],
    { step },
  );
}

function recordOf(series: Series) {
  const preparation = prepare(series, settings);
  return verifyEvent(series, preparation, learnEvent(series, preparation, 1)!);
}

describe('the record of the Zambretti forecaster', () => {
  it('is scored on the values that the model is scored on, and knows rain that pressure tells', () => {
    const { zambretti, climatologyBrier } = recordOf(hours());
    if (zambretti?.kind !== 'scored') throw new Error('It was not scored.');
    expect(zambretti.climatologyBrier).toBe(climatologyBrier);
    expect(zambretti.skill).toBeCloseTo(1 - zambretti.brier / climatologyBrier, 12);
    expect(zambretti.skill).toBeGreaterThan(0.3);
    expect(zambretti.byLead).toHaveLength(2);
    expect(zambretti).toMatchObject({ pressure: 'as-read', hasWind: false });
    const { train, validation } = prepare(hours(), settings).split;
    const windows = zambretti.letters.reduce((sum, letter) => sum + letter.windows, 0);
    expect(windows).toBeLessThanOrEqual(train.length + validation.length);
    expect(windows).toBeGreaterThan(0.9 * train.length);
  });

  it('is told where the wind comes from by its components, or by its sine and cosine, as by the direction', () => {
    const series = hours();
    const directions = Array.from(noise(ROWS, 8), (value) => (360 + 180 * value) % 360);
    const add = (
      ...added: readonly { name: string; values: number[]; quantity: 'wind direction' | 'other' }[]
    ) => ({
      ...series,
      variables: [
        ...series.variables,
        ...added.map(({ name, values, quantity }) => ({
          ...{ name, quantity, unit: '', made: quantity === 'other' },
          values: Float32Array.from(values),
          filled: new Uint8Array(ROWS),
        })),
      ],
    });
    const turned = (of: (radians: number) => number): number[] =>
      directions.map((degrees) => of((degrees * Math.PI) / 180));
    const records = [
      add({ name: 'wd', values: directions, quantity: 'wind direction' }),
      add(
        { name: 'wind u', values: turned((angle) => -3 * Math.sin(angle)), quantity: 'other' },
        { name: 'wind v', values: turned((angle) => -3 * Math.cos(angle)), quantity: 'other' },
      ),
      add(
        { name: 'sin(wd)', values: turned(Math.sin), quantity: 'other' },
        { name: 'cos(wd)', values: turned(Math.cos), quantity: 'other' },
      ),
    ].map((each) => recordOf(each).zambretti);
    expect(records[0]).toMatchObject({ kind: 'scored', hasWind: true });
    expect(records[1]).toEqual(records[0]);
    expect(records[2]).toEqual(records[0]);
  });

  it('learns nothing from the test part', () => {
    const series = hours();
    const preparation = prepare(series, settings);
    const border = preparation.split.test[0]! + preparation.window;
    const chances = (rain: number, pressure: number): unknown => {
      const spoiled = series.variables.map((variable, place) => ({
        ...variable,
        values: variable.values.map((value, row) => (row < border ? value : place === 0 ? pressure : rain)),
      }));
      const happened = spoiled[1]!.values.map((value) => (value >= 1 ? 1 : 0));
      const learned = learnZambretti({ ...series, variables: spoiled }, preparation, happened);
      if (learned === null || learned === 'step-too-long') throw new Error('It did not learn.');
      return [learned.letters, learned.chancesAfter(preparation.split.train[5]!)];
    };
    expect(chances(0, 980)).toEqual(chances(40, 1050));
  });

  it('shifts the pressure of a station on a mountain by its own mean, whatever its unit', () => {
    const low = hours(HOURLY, 870);
    const inches = {
      ...low,
      variables: low.variables.map((variable) =>
        variable.quantity === 'pressure'
          ? { ...variable, unit: 'inHg', values: variable.values.map((value) => value / 33.863886) }
          : variable,
      ),
    };
    for (const series of [low, inches]) {
      expect(recordOf(series).zambretti).toMatchObject({ kind: 'scored', pressure: 'own-mean' });
    }
  });

  it('is not there where days lie between readings, or without pressure, and says so', () => {
    const daily = recordOf(hours(DAILY));
    expect(daily.zambretti).toEqual({ kind: 'step-too-long' });
    expect(describeZambretti(daily.zambretti, daily)).toContain('over 3 hours');
    expect(describeZambretti(daily.zambretti, daily, 'ko')).toContain('3시간');
    const rain = fixtureSeries([
      { name: 'rain', quantity: 'rain', unit: 'mm', values: noise(200, 9).map(Math.abs) },
    ]);
    expect(recordOf(rain).zambretti).toBeNull();
  });
});
