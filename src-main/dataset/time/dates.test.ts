import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeDate, parseDate, patternOf, zoneOf, type DateOrder } from './dates';

describe('parseDate', () => {
  it.each<[string, DateOrder, string]>([
    ['2021-03-04', 'ymd', '2021-03-04T00:00:00Z'],
    ['2021-03-04T05:06', 'ymd', '2021-03-04T05:06:00Z'],
    ['2021-03-04 05:06:07', 'ymd', '2021-03-04T05:06:07Z'],
    ['2021-03-04T05:06:07.250Z', 'ymd', '2021-03-04T05:06:07Z'],
    ['2021-03-04T05:06:07+09:00', 'ymd', '2021-03-04T05:06:07Z'],
    ['2021/3/4 0:24', 'ymd', '2021-03-04T00:24:00Z'],
    ['2021.03.04', 'ymd', '2021-03-04T00:00:00Z'],
    ['2021-12-31 24:00', 'ymd', '2022-01-01T00:00:00Z'],
    ['20210304', 'compact', '2021-03-04T00:00:00Z'],
    ['2021030405', 'compact', '2021-03-04T05:00:00Z'],
    ['04.03.2021 05:06:07', 'dmy', '2021-03-04T05:06:07Z'],
    ['3/4/2021', 'mdy', '2021-03-04T00:00:00Z'],
    ['2021-03', 'ym', '2021-03-01T00:00:00Z'],
    ['04.03.2021 05:06 Uhr', 'dmy', '2021-03-04T05:06:00Z'],
    ['04.03.2021 05:06 MEZ', 'dmy', '2021-03-04T05:06:00Z'],
    ['2021-03-04 05:06:07 CEST', 'ymd', '2021-03-04T05:06:07Z'],
    ['3/4/2021 5:06 PM PST', 'mdy', '2021-03-04T17:06:00Z'],
    ['44259.2125', 'excel', '2021-03-04T05:06:00Z'],
    ['44259', 'excel', '2021-03-04T00:00:00Z'],
  ])('reads %s as %s', (text, order, expected) => {
    expect(parseDate(text, order)).toBe(Date.parse(expected));
  });

  it.each([
    '2021-02-29',
    '2021-13-01',
    '2021-00-10',
    '2021-3',
    '2021-03-04 25:00',
    '2021-03/04',
    '12.5',
    'today',
    '',
  ])('does not read %j', (text) => expect(parseDate(text, 'ymd')).toBeNaN());

  it('does not take just any number for a date', () => {
    expect(parseDate('10130000', 'compact')).toBeNaN();
    expect(parseDate('99991231', 'compact')).toBeNaN();
    expect(looksLikeDate('20210304')).toBe(false);
    expect(looksLikeDate('2021.03')).toBe(false);
  });

  it('reads back every minute that it may meet, in every order and padding', () => {
    const minutes = fc.integer({ min: Date.UTC(1700, 0, 1) / 60_000, max: Date.UTC(2199, 11, 31) / 60_000 });
    fc.assert(
      fc.property(minutes, fc.constantFrom('-', '/', '.'), fc.boolean(), (minute, separator, padded) => {
        const date = new Date(minute * 60_000);
        const pad = (part: number): string => (padded ? String(part).padStart(2, '0') : String(part));
        const [y, m, d] = [
          String(date.getUTCFullYear()),
          pad(date.getUTCMonth() + 1),
          pad(date.getUTCDate()),
        ];
        const clock = ` ${pad(date.getUTCHours())}:${String(date.getUTCMinutes()).padStart(2, '0')}`;
        expect(parseDate([y, m, d].join(separator) + clock, 'ymd')).toBe(date.getTime());
        expect(parseDate([d, m, y].join(separator) + clock, 'dmy')).toBe(date.getTime());
        expect(parseDate([m, d, y].join(separator) + clock, 'mdy')).toBe(date.getTime());
      }),
    );
  });
});

describe('patternOf', () => {
  it.each<[string[], DateOrder, string]>([
    [['2021-03-04'], 'ymd', 'YYYY-MM-DD'],
    [['2021/10/11 10:24', '2021/3/4 0:24'], 'ymd', 'YYYY/M/D H:mm'],
    [['2021-03-04T05:06'], 'ymd', 'YYYY-MM-DDTHH:mm'],
    [['01.01.2009 00:10:00'], 'dmy', 'DD.MM.YYYY HH:mm:ss'],
    [['2021030405'], 'compact', 'YYYYMMDDHH'],
    [['2021-03'], 'ym', 'YYYY-MM'],
  ])('describes %j', (texts, order, pattern) => expect(patternOf(texts, order)).toBe(pattern));
});

describe('zoneOf', () => {
  it('tells a zone behind a time, and takes no day for one', () => {
    expect(zoneOf('2021-03-04T05:06Z')).toBe('UTC');
    expect(zoneOf('2021-03-04 05:06 UTC')).toBe('UTC');
    expect(zoneOf('2021-03-04T05:06:00+0900')).toBe('+09:00');
    expect(zoneOf('2021-03-04')).toBeNull();
    expect(zoneOf('2021-03-04 05:06')).toBeNull();
  });
});
