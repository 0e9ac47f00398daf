import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureSeries, noise } from '../series/series.fixture';
import { seriesFromCsv, seriesToCsv } from './series-csv';

describe('series.csv', () => {
  const header = (series: ReturnType<typeof fixtureSeries>) => ({ ...series, rows: series.time.length });

  it('keeps every bit of a series', () => {
    const variables = fc.record({
      name: fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom('=1+1', '@a', '\t=b', '\ud800'),
      ),
      unit: fc.string({ maxLength: 4 }),
      values: fc.array(fc.float({ noDefaultInfinity: true }), { minLength: 5, maxLength: 5 }),
    });
    fc.assert(
      fc.property(
        fc.array(variables, { minLength: 1, maxLength: 4 }),
        fc.nat({ max: 1e12 }),
        (columns, from) => {
          const series = fixtureSeries(columns, { from });
          series.variables[0]!.filled[3] = 1;
          const restored = seriesFromCsv(seriesToCsv(series).toString('utf8'), header(series));
          expect(restored).toEqual(series);
        },
      ),
    );
  });

  it('says names that are formulas as texts, and is read as it was written before that', () => {
    const series = fixtureSeries([{ name: "=cmd|' /C calc'!A0", unit: '', values: [-1.5, 2] }]);
    const text = seriesToCsv(series).toString();
    expect(text.split('\n').slice(0, 2)).toEqual([
      "time,'=cmd|' /C calc'!A0,'=cmd|' /C calc'!A0 filled",
      '2021-01-01T00:00:00,-1.5,0',
    ]);
    expect(seriesFromCsv(text, header(series))).toEqual(series);
    expect(seriesFromCsv(text.replaceAll(",'=", ',='), header(series))).toEqual(series);
  });

  it('is refused when rows are cut, added, out of order or no numbers', () => {
    const series = fixtureSeries([{ name: 'a', unit: '°C', values: [1, 2.5, NaN] }]);
    const text = seriesToCsv(series).toString();
    expect(text).toBe(
      'time,a [°C],a filled\n2021-01-01T00:00:00,1,0\n2021-01-02T00:00:00,2.5,0\n2021-01-03T00:00:00,,0\n',
    );
    const read = (changed: string) => () => seriesFromCsv(changed, header(series));
    expect(read(text.slice(0, -3))).toThrow(SyntaxError);
    expect(read(`${text}x`)).toThrow(/more than 3 rows/);
    expect(read(text.replace('-03T', '-02T'))).toThrow(/order of time/);
    expect(read(text.replace('2.5', 'two'))).toThrow(/“two” is no number/);
    expect(read(text.replace('2.5', '1e99'))).toThrow(/no number/);
    expect(read(text.replace('2021-01-01T', '1.1.2021 '))).toThrow(/no time/);
    expect(read(text.replace('a [', 'b ['))).toThrow(/header/);
  });

  it('of ten years of hours is written and read in seconds', () => {
    const rows = 87_648;
    const series = fixtureSeries([1, 2, 3].map((seed) => ({ values: noise(rows, seed) })));
    const started = process.cpuUsage();
    const restored = seriesFromCsv(seriesToCsv(series).toString(), header(series));
    // Of this process alone, whoever else is at work: ten times what it takes.
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(20);
    expect(restored.variables[2]!.values).toEqual(series.variables[2]!.values);
  });
});
