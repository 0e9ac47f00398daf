import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Forecast } from '../contract/results';
import { csvText, harmlessText } from './csv';
import { forecastToCsv, forecastToTabs } from './forecast-csv';
import { forecastToSvg } from '../drawing/forecast-svg';
import { escapeXml, roundTicks } from '../drawing/svg';
import { timeTicks } from '../drawing/time-ticks';

const start = Date.UTC(2024, 1, 27);
const DAY = 86_400_000;

const forecast: Forecast = {
  targetName: 'T, <mean>',
  quantity: 'temperature',
  unit: '°C',
  issuedAt: start + 2 * DAY,
  stepLabel: 'daily',
  points: [
    { time: start + 3 * DAY, lead: 1, value: 5.126 },
    { time: start + 4 * DAY, lead: 2, value: -0.5 },
  ],
  history: {
    time: Float64Array.of(start, start + DAY, start + 2 * DAY),
    observed: Float32Array.of(3, NaN, 4),
    filled: new Uint8Array(3),
  },
  expectedError: [1.5, 2],
  intervals: null,
  event: null,
  warnings: [],
};
const withIntervals: Forecast = {
  ...forecast,
  intervals: {
    byLead: [0, 1].map((lead) => ({
      50: { low: 4 - lead, high: 6 + lead },
      80: { low: 3 - lead, high: 7.125 + lead },
      95: { low: 0 - lead, high: 9 + lead },
    })),
    coverage: { 50: 0.5, 80: 0.8, 95: 0.95 },
    part: 'validation',
  },
};

describe('a forecast as CSV', () => {
  it('has a line for each lead time', () => {
    expect(forecastToCsv(forecast)).toBe(
      'time,lead,"T, <mean> [°C]",expected error [°C]\n2024-03-01T00:00:00,1,5.13,1.50\n2024-03-02T00:00:00,2,-0.50,2.00\n',
    );
  });

  it('carries the intervals', () => {
    const [header, first] = forecastToCsv({ ...withIntervals, unit: '' }).split('\n');
    expect(header).toMatch(/,expected error,50 % low,50 % high,80 % low,80 % high,95 % low,95 % high$/);
    expect(first).toBe('2024-03-01T00:00:00,1,5.13,1.50,4.00,6.00,3.00,7.13,0.00,9.00');
  });

  it('carries the probability of rain', () => {
    const event = { threshold: 1, probabilities: [0.25, 0.5] };
    const [header, first] = forecastToCsv({ ...forecast, expectedError: [], unit: 'mm', event }).split('\n');
    expect(header).toBe('time,lead,"T, <mean> [mm]",probability of at least 1 [mm]');
    expect(first).toBe('2024-03-01T00:00:00,1,5.13,0.250');
  });

  it('leaves out an error that is not known', () => {
    expect(forecastToCsv({ ...forecast, expectedError: [], unit: '' })).toBe(
      'time,lead,"T, <mean>"\n2024-03-01T00:00:00,1,5.13\n2024-03-02T00:00:00,2,-0.50\n',
    );
  });
});

describe('a name that a spreadsheet would take for a formula', () => {
  const nameIn = (targetName: string): string =>
    forecastToTabs({ ...forecast, targetName, unit: '' })
      .split('\n')[0]!
      .split('\t')[2]!;

  it.each([
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['+1', "'+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    [' =1', " '=1"],
    // Where the list separator is a semicolon, the second half is a cell of its own.
    ['wind;=1+1', "wind;'=1+1"],
    ['a, -b', "a, '-b"],
  ])('%s is a text', (name, harmless) => {
    expect(harmlessText(name)).toBe(harmless);
    expect(nameIn(name)).toBe(harmless);
    expect(forecastToCsv({ ...forecast, targetName: name })).toContain(harmless);
  });

  it('begins with a tab or an end of line', () => {
    expect(csvText('\t=1')).toBe(`"\t'=1"`);
    expect(csvText('\r=1')).toBe(`"\r'=1"`);
    expect(csvText('\n\t')).toBe(`"\n'\t"`);
    expect(nameIn('\t=1')).toBe(" '=1");
  });

  it('never begins a cell, whatever separates the cells; other names stay as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'=+-@,;\t\r\n "\'a\v＝') }), (name) => {
        for (const cell of harmlessText(name).split(/[,;\t\r\n]/))
          expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
      }),
    );
    for (const name of ['평균기온(°C)', 'T - outside', 'a=b', "it's", 'rain, "24 h"']) {
      expect(harmlessText(name)).toBe(name);
    }
    expect(csvText('rain, "24 h"')).toBe('"rain, ""24 h"""');
  });

  it('does not make texts of numbers below zero, and what is no number is an empty cell', () => {
    const points = [-1.5, NaN, 3.4e38].map((value, index) => ({ time: start, lead: index + 1, value }));
    expect(
      forecastToCsv({ ...forecast, points, expectedError: [] })
        .split('\n')
        .slice(1),
    ).toEqual(['2024-02-27T00:00:00,1,-1.50', '2024-02-27T00:00:00,2,', '2024-02-27T00:00:00,3,3.4e+38', '']);
  });
});

describe('a forecast as a picture', () => {
  it('draws readings, forecast and expected error, with names escaped', () => {
    const svg = forecastToSvg(forecast);
    expect(svg).toContain('T, &lt;mean&gt;: forecast from 2024-02-29');
    expect(svg.match(/<polyline/g)).toHaveLength(3);
    expect(svg.match(/<polygon/g)).toHaveLength(1);
    expect(svg.match(/<circle/g)).toHaveLength(2);
    expect(svg).toContain('>2024-03-01<');
    expect(svg).toContain('>°C<');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(forecastToSvg({ ...forecast, expectedError: [] })).not.toContain('<polygon');
    expect(forecastToSvg(forecast, undefined, 'ko')).toMatch(/예보\(마지막 관측 .*관측.*예상 오차/s);
  });

  it('draws the three intervals instead, the widest below the others', () => {
    const svg = forecastToSvg(withIntervals);
    const heights = [...svg.matchAll(/<polygon points="([^"]+)"/g)].map(([, points]) => {
      const ys = points!.split(' ').map((point) => Number(point.split(',')[1]));
      return Math.max(...ys) - Math.min(...ys);
    });
    expect(heights).toHaveLength(3);
    expect(heights).toEqual([...heights].sort((one, other) => other - one));
    expect(svg).toContain('>95 %<');
    expect(svg).not.toContain('expected error');
  });

  it('copes with one reading and equal values', () => {
    const flat = {
      ...forecast,
      points: [{ time: start, lead: 1, value: 0 }],
      expectedError: [],
      history: { time: new Float64Array(0), observed: new Float32Array(0), filled: new Uint8Array(0) },
    };
    expect(forecastToSvg(flat)).not.toMatch(/NaN|Infinity/);
  });

  it('draws what is there where a value is no number, or as large as a number can be', () => {
    const draw = (value: number, observed: number): string =>
      forecastToSvg({
        ...forecast,
        points: [{ time: start + 3 * DAY, lead: 1, value }],
        history: { ...forecast.history, observed: Float32Array.of(observed, NaN, observed) },
        expectedError: [],
      });
    for (const svg of [draw(NaN, NaN), draw(NaN, 3), draw(-3.4e38, 3.4e38), draw(1e-45, -1e-45)]) {
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('escapes for XML', () => {
    expect(escapeXml('a<b>&"c"\u0000\u001f')).toBe('a&lt;b&gt;&amp;&quot;c&quot;');
    expect(escapeXml("it's\n\u202eevil\u2069\u009b")).toBe('it&#39;s evil');
  });
});

describe('ticks', () => {
  it('enclose the values with few round numbers', () => {
    expect(roundTicks([-3.2, 6.1])).toEqual([-4, -2, 0, 2, 4, 6, 8]);
    const range = fc.tuple(
      fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
    );
    fc.assert(
      fc.property(range, ([low, span]) => {
        const ticks = roundTicks([low, low + span]);
        expect(ticks[0]).toBeLessThanOrEqual(low + 1e-9 * span);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(low + span - 1e-9 * Math.abs(low + span));
        expect(ticks.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('stand at round times, from hours to decades', () => {
    expect(timeTicks(start, start + DAY, 6).map(({ label }) => label)).toEqual([
      '02-27 00:00',
      '02-27 06:00',
      '02-27 12:00',
      '02-27 18:00',
      '02-28 00:00',
    ]);
    expect(timeTicks(Date.UTC(2024, 0, 15), Date.UTC(2024, 11, 20), 6).map(({ label }) => label)).toEqual([
      '2024-03',
      '2024-05',
      '2024-07',
      '2024-09',
      '2024-11',
    ]);
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 40_000, noNaN: true }), (days) => {
        expect(timeTicks(start, start + days * DAY, 6).length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
