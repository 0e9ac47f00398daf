import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarNames, calendarPeriods, calendarReader, dayOfYear, hourOfDay, timeAfter } from './calendar';
import { SHARED_WORDS } from '../contract/words';
import { DAILY } from './series.fixture';

const stationTimes = fc.date({
  min: new Date('1700-01-01'),
  max: new Date('2300-01-01'),
  noInvalidDate: true,
});

describe('the calendar', () => {
  it('counts days and hours from zero', () => {
    expect(dayOfYear(Date.UTC(2021, 0, 1))).toBe(0);
    expect(dayOfYear(Date.UTC(2024, 11, 31, 12))).toBe(365.5);
    expect(hourOfDay(Date.UTC(1969, 5, 1, 18, 30))).toBe(18.5);
  });

  it('turns once a year and once a day', () => {
    const [yearSine, yearCosine, daySine, dayCosine] = calendarReader({
      year: true,
      harmonics: 1,
      day: true,
    })(Date.UTC(2022, 0, 1, 6));
    expect(yearSine).toBeCloseTo(Math.sin((2 * Math.PI * 0.25) / 365.2425), 12);
    expect(yearCosine).toBeCloseTo(1, 4);
    expect(daySine).toBeCloseTo(1, 12);
    expect(dayCosine).toBeCloseTo(0, 12);
  });

  it('names each of its values', () => {
    for (const year of [true, false]) {
      for (const day of [true, false]) {
        for (const harmonics of [1, 4]) {
          const calendar = { year, harmonics, day };
          expect(calendarReader(calendar)(0)).toHaveLength(calendarNames(calendar).length);
          for (const name of calendarNames(calendar))
            expect(SHARED_WORDS.ko.madeInputs).toHaveProperty([name]);
          expect(calendarPeriods(calendar)).toHaveLength(calendarNames(calendar).length / 2);
        }
      }
    }
  });

  it('is on the unit circle whenever people kept weather records', () => {
    fc.assert(
      fc.property(stationTimes, (date) => {
        const [sine = 0, cosine = 0] = calendarReader({ year: false, harmonics: 1, day: true })(
          date.getTime(),
        );
        expect(Math.hypot(sine, cosine)).toBeCloseTo(1, 9);
        expect(dayOfYear(date.getTime())).toBeGreaterThanOrEqual(0);
        expect(dayOfYear(date.getTime())).toBeLessThan(366);
      }),
    );
  });

  it('goes on by the step, months by the calendar', () => {
    const monthly = { seconds: 2_629_746, label: 'monthly' };
    expect(timeAfter(Date.UTC(2023, 0, 31), DAILY, 2)).toBe(Date.UTC(2023, 1, 2));
    expect(timeAfter(Date.UTC(2023, 10, 1), monthly, 3)).toBe(Date.UTC(2024, 1, 1));
    expect(timeAfter(Date.UTC(2024, 0, 31), monthly, 1)).toBe(Date.UTC(2024, 1, 29));
  });
});
