import { describe, expect, it } from 'vitest';
import type { Leaderboard, RankedStation } from '../contract/fleet';
import { strangeWords } from '../contract/strange-words.fixture';
import { fleetToHtml } from './fleet-report';

function ranked(
  name: string,
  verdict: RankedStation['verdict'],
  place: RankedStation['station']['place'],
): RankedStation {
  return {
    station: { name, file: '/data/a.csv', station: null, place },
    result: {
      kind: 'trained',
      folder: 'stations/a',
      target: '기온',
      unit: '°C',
      stepSeconds: 86_400,
      horizon: 7,
      windows: 300,
      rmse: 2.345,
      best: 'ridge',
      bestRmse: null,
      skill: 0.4,
      skillOverBest: { value: 0.123, low: null, high: null },
      coverage: 0.951,
      verdict,
      pValue: 0.01,
      sentence: 'It beats.',
      remarks: [{ kind: 'instead', column: '기온', suggested: '습도' }],
      seconds: 1,
    },
    verdict,
  };
}

const leaderboard: Leaderboard = {
  ranked: [
    ranked('<b>산</b>', 'beats', { latitude: 37.5, longitude: 127, altitude: null }),
    ranked('바다', 'loses', { latitude: 35.1, longitude: 129, altitude: 4 }),
    ranked('섬', 'level', null),
  ],
  failed: [
    {
      station: { name: '들', file: '/data/d.csv', station: null, place: null },
      result: { kind: 'failed', problem: { code: 'file-empty', params: { file: 'd.csv' } }, sentence: 'x' },
    },
  ],
  counts: { beats: 1, level: 1, loses: 1, failed: 1 },
  falseDiscoveryRate: 0.05,
};
const page = (language: 'en' | 'ko'): string =>
  fleetToHtml(leaderboard, null, Date.UTC(2026, 0, 2), language);

describe('the page about a fleet', () => {
  it('says how many are better, ranks them, and says why others were not trained', () => {
    const html = page('en');
    expect(html).toContain('better at 1, cannot be told apart at 1, and is worse at 1; 1 were not trained');
    expect(html).toContain('at most 5 %');
    expect(html).toMatch(/<td>12\.3 %<\/td><td>95\.1 %<\/td><td>better<\/td>/);
    expect(html).toContain('“기온” is forecast instead of “습도”');
    expect(html).toContain('“d.csv” is empty');
  });

  it('draws those whose place is known, each in the colour of its verdict', () => {
    const html = page('en');
    expect(html.match(/<circle /g)).toHaveLength(2);
    expect(html).toMatch(/fill="#009e73"><title>&lt;b&gt;산/);
    const nowhere = { ...leaderboard, ranked: leaderboard.ranked.slice(2) };
    expect(fleetToHtml(nowhere, null, 0, 'en')).not.toContain('<svg');
  });

  it('escapes what comes from files, fetches nothing, runs nothing', () => {
    const html = page('en');
    expect(html).not.toContain('<b>산');
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)|@import|url\(/);
  });

  it('is Korean throughout in Korean', () => {
    const text = page('ko')
      .replace(/<style>.*?<\/style>/s, '')
      .replace(/<[^>]*>|&\w+;/g, ' ');
    expect(
      strangeWords(text, ['Hindcast', 'UTC', 'RMSE', 'Benjamini', 'Hochberg', 'd', 'csv', 'b', 'C']),
    ).toEqual([]);
  });
});
