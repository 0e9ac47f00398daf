import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMPARISONS, SPAN_KINDS, warnAbove, type EventContext, type WeatherEvent } from './events';
import { describeWeatherEvent, eventText, parseEvent } from './event-text';
import { Problem } from './problems';

const HOURLY: EventContext = {
  columns: [
    { name: 'temp_min', quantity: 'temperature', unit: '°C' },
    { name: 'precipitation', quantity: 'rain', unit: 'mm' },
    { name: 'gust', quantity: 'wind gust', unit: 'm/s' },
    { name: 'lowest temp', quantity: 'temperature', unit: '°C' },
    { name: '평균기온(°C)', quantity: 'temperature', unit: '°C' },
    { name: 'a < b', quantity: 'other', unit: '' },
  ],
  stepSeconds: 3600,
  horizon: 48,
};
const DAILY = { ...HOURLY, stepSeconds: 86_400, horizon: 3 };
const refusal = (text: string, context = HOURLY): string => {
  try {
    parseEvent(text, context);
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
  throw new Error(`“${text}” was taken.`);
};

describe('an event as text', () => {
  it('is of the next reading, of a lead time, or over a span', () => {
    const frost = { column: 'temp_min', comparison: '<', threshold: 0, of: 'value', lead: 1 };
    expect(parseEvent('temp_min < 0', DAILY)).toEqual(frost);
    expect(parseEvent(' temp_min<0 ', DAILY)).toEqual(frost);
    expect(parseEvent('temp_min < 0 at 2 days', DAILY)).toEqual({ ...frost, lead: 2 });
    expect(parseEvent('temp_min < 0 over 12h', HOURLY)).toEqual({ ...frost, of: 'lowest', lead: 12 });
    expect(parseEvent('temp_min ≥ -1.5 over 3 steps', HOURLY)).toEqual({
      ...frost,
      comparison: '>=',
      threshold: -1.5,
      of: 'highest',
      lead: 3,
    });
    expect(parseEvent('precipitation >= 5 over 24h', HOURLY)).toMatchObject({ of: 'sum', lead: 24 });
    expect(parseEvent('precipitation >= 5 over 24h', DAILY)).toMatchObject({ of: 'sum', lead: 1 });
    expect(parseEvent('change temp_min < -5 over 6h', HOURLY)).toMatchObject({ of: 'change', lead: 6 });
    expect(parseEvent('highest precipitation > 2', HOURLY)).toMatchObject({ of: 'highest', lead: 48 });
  });

  it('takes columns by their whole name, and thresholds in any unit of theirs', () => {
    expect(parseEvent('lowest temp < 0', HOURLY)).toMatchObject({ column: 'lowest temp', of: 'value' });
    expect(parseEvent('평균기온(°C) < 0', HOURLY)).toMatchObject({ column: '평균기온(°C)' });
    expect(parseEvent('a < b > 3', HOURLY)).toMatchObject({ column: 'a < b', comparison: '>' });
    expect(parseEvent('gust > 60 km/h over 24h', HOURLY).threshold).toBeCloseTo(60 / 3.6, 9);
    expect(parseEvent('temp_min < 32°F', HOURLY).threshold).toBeCloseTo(0, 9);
  });

  it('says in a sentence what is wrong', () => {
    expect(refusal('temp_min')).toMatch(/none of <, <=, > and >=/);
    expect(refusal('< 0')).toMatch(/none of </);
    expect(refusal('temp_min < cold')).toMatch(/there must be a number/);
    expect(refusal('temp_min <')).toMatch(/there must be a number/);
    expect(refusal('dew < 0')).toMatch(/no target or input “dew”. There are: temp_min, /);
    expect(refusal('temp_min < 0 mm')).toMatch(/“mm” is no unit of it. Its units are °C, °F, K/);
    expect(refusal('temp_min < 0 over night')).toMatch(/must be like over 24h/);
    expect(refusal('lowest temp_min < 0 at 3h')).toMatch(/must be like over 24h/);
    expect(refusal('temp_min < 0 over 90min')).toMatch(/no whole number of steps/);
    expect(refusal('temp_min < 0 over 4 days', DAILY)).toMatch(
      /looks 4 steps ahead, and the model forecasts 3/,
    );
  });

  it('is read as what is written of it', () => {
    const events = fc.record({
      column: fc.constantFrom(...HOURLY.columns.map(({ name }) => name)),
      comparison: fc.constantFrom(...COMPARISONS),
      threshold: fc.integer({ min: -999, max: 999 }).map((tenths) => tenths / 10),
      of: fc.constantFrom(...SPAN_KINDS),
      lead: fc.integer({ min: 1, max: 48 }),
    });
    fc.assert(
      fc.property(
        events,
        fc.constantFrom(600, 3600, 10_800, 86_400, 2_629_800),
        (event: WeatherEvent, step) => {
          const context = { ...HOURLY, stepSeconds: step };
          expect(parseEvent(eventText(event, step), context)).toEqual(event);
        },
      ),
    );
  });

  it('is said in words of both languages', () => {
    const frost = parseEvent('temp_min < 0', DAILY);
    expect(describeWeatherEvent(frost, '°C', 86_400)).toBe('temp_min below 0 °C, 1 day ahead');
    expect(describeWeatherEvent(frost, '°C', 86_400, 'ko')).toBe('1일 뒤의 temp_min이 0 °C 미만');
    const wet = parseEvent('precipitation >= 2.5 over 24h', HOURLY);
    expect(describeWeatherEvent(wet, 'mm', 3600)).toBe(
      'the sum of precipitation over the next day at least 2.5 mm',
    );
  });
});

it('warns above cost over loss', () => {
  expect(warnAbove({ cost: 20, loss: 100 })).toBe(0.2);
  expect(warnAbove(null)).toBe(0.5);
});
