import { describe, expect, it } from 'vitest';
import { cutAfter, MOS_TARGETS, type MosCase } from './mos';
import { mosSection } from './mos-report';

const LINES = [
  'station,Date,Present_Tmax,LDAPS_Tmax_lapse,Next_Tmax',
  '1,2015-08-29,20,21.5,22',
  '1,2015-08-30,21.5,24,25',
  '1,2016-06-30,26,27,28',
  ',,20,21,22',
];

describe('the Seoul LDAPS set', () => {
  it('ends with the test year, and holds what is told of its own day', () => {
    const present = cutAfter(LINES, 2015, { extreme: 'Tmax', observed: 'Present' });
    expect(present.text).toBe(`${LINES.slice(0, 3).join('\n')}\n`);
    expect(present.possible).toBe(1);
    const next = cutAfter(LINES, 2015, { extreme: 'Tmax', observed: 'Next' });
    expect(next.possible).toBe(2);
    expect(next.text.split('\n')).toEqual([
      'station,Date,Present_Tmax,LDAPS_Tmax_lapse,Day_Tmax',
      '1,2015-08-29,20,21.5,',
      '1,2015-08-30,21.5,24,22',
      '1,2015-08-31,,,25',
      '',
    ]);
  });
});

describe('its section of the page', () => {
  const machine = { processor: 'P', cores: 2, node: '20', platform: 'linux', date: '2026-01-01' };
  const cases = (model: number, held: number): MosCase[] =>
    MOS_TARGETS.map((target) => ({
      target,
      year: 2015,
      possible: 100,
      trained: [
        {
          scores: {
            model: { rmse: model },
            service: { rmse: 2 },
            serviceCorrected: { rmse: 1.7 },
            ridge: { rmse: 1.5 },
            persistence: { rmse: 3 },
          },
          combination: { share: 0.2 },
          coverage: { '50': 0.5, '80': 0.8, '95': held },
          windows: { test: 90 },
        },
      ],
    }));
  const endsOf = (section: string): string[] =>
    section
      .split('\n')
      .filter((line) => /^\| (Present|Next)_/.test(line))
      .map((line) => line.replaceAll(/[^yesno|]/g, ''))
      .map((line) => (line.endsWith('yes|') ? 'yes' : 'no'));

  it('says of each goal whether it holds', () => {
    const good = mosSection(machine, cases(1.45, 0.95));
    expect(good).toContain('| 90 of 100 |');
    expect(endsOf(good).slice(0, 4)).toEqual(['yes', 'yes', 'yes', 'yes']);
    expect(good).toMatch(/Present_Tmax against the service\s*\| -27.5 %\s*\| -17.0 %\s*\| yes/);
    const bad = mosSection(machine, cases(1.6, 0.9));
    expect(endsOf(bad).slice(0, 4)).toEqual(['no', 'no', 'no', 'no']);
    expect(bad).toMatch(/Next_, six cases against ridge\s*\| \+6.7 %\s*\| -1.0 %\s*\| \*\*no\*\*/);
  });
});
