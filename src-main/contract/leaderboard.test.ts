import { describe, expect, it } from 'vitest';
import type { TrainedStation } from './fleet';
import { FIXTURE_FAILED, fixtureStation, fixtureTrained } from './fleet.fixture';
import { discoveries, rankStations } from './leaderboard';

const trained = (skill: number, pValue: number, verdict: TrainedStation['verdict']): TrainedStation =>
  fixtureTrained({ skillOverBest: { value: skill, low: null, high: null }, pValue, verdict });

describe('many tests at once', () => {
  it('find what Benjamini and Hochberg find in their own example', () => {
    // Of the 15 comparisons of section 3.2 of their paper the four least are found at 0.05.
    const pValues = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    expect(discoveries(pValues, 0.05).filter(Boolean)).toHaveLength(4);
    const backwards = discoveries(pValues.slice().reverse(), 0.05);
    expect(backwards.slice(-4)).toEqual([true, true, true, true]);
    expect(backwards.filter(Boolean)).toHaveLength(4);
  });

  it('find nothing in nothing, and pass over what was not tested', () => {
    expect(discoveries([], 0.05)).toEqual([]);
    expect(discoveries([null, 0.01, null], 0.05)).toEqual([false, true, false]);
  });
});

describe('the leaderboard', () => {
  const results = [
    { station: fixtureStation('low'), result: trained(-0.2, 0.01, 'loses') },
    { station: fixtureStation('high'), result: trained(0.3, 0.001, 'beats') },
    // By itself it would be called better; among three tests it is not.
    { station: fixtureStation('middle'), result: trained(0.1, 0.06, 'beats') },
    { station: fixtureStation('none'), result: FIXTURE_FAILED },
  ];

  it('goes by skill, and bears that many are judged at once', () => {
    const { ranked, counts } = rankStations(results);
    expect(ranked.map((each) => [each.station.name, each.verdict])).toEqual([
      ['high', 'beats'],
      ['middle', 'level'],
      ['low', 'loses'],
    ]);
    expect(counts).toEqual({ beats: 1, level: 1, loses: 1, failed: 1 });
  });
});
