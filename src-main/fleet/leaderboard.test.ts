import { describe, expect, it } from 'vitest';
import type { FleetStation, StationResult, TrainedStation } from '../contract/fleet';
import { tableOf } from './fleet-folder';
import { discoveries, rankStations } from './leaderboard';

const station = (name: string): FleetStation => ({
  name,
  file: `/data/${name}.csv`,
  station: null,
  place: null,
});

function trained(skill: number, pValue: number | null, verdict: TrainedStation['verdict']): TrainedStation {
  return {
    kind: 'trained',
    folder: 'stations/a',
    target: '=temp',
    unit: '°C',
    stepSeconds: 86_400,
    horizon: 7,
    windows: 300,
    rmse: 2,
    best: 'ridge',
    bestRmse: 2.1,
    skill: 0.4,
    skillOverBest: { value: skill, low: null, high: null },
    coverage: 0.94,
    verdict,
    pValue,
    sentence: 'It beats.',
    remarks: [],
    seconds: 1,
  };
}

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
  const failed: StationResult = {
    kind: 'failed',
    problem: { code: 'file-empty', params: { file: 'c.csv' } },
    sentence: '“c.csv” is empty.',
  };
  const results = [
    { station: station('low'), result: trained(-0.2, 0.01, 'loses') },
    { station: station('high'), result: trained(0.3, 0.001, 'beats') },
    // By itself it would be called better; among three tests it is not.
    { station: station('middle'), result: trained(0.1, 0.06, 'beats') },
    { station: station('none'), result: failed },
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

  it('is a table that spreadsheets take for no formula', () => {
    const lines = tableOf(rankStations(results)).trim().split('\r\n');
    expect(lines).toHaveLength(5);
    const columns = lines.map((line) => line.split(',').length);
    expect(new Set(columns)).toEqual(new Set([19]));
    expect(lines[1]).toContain(",'=temp,°C,7,300,2,ridge,2.1,0.4,0.3,0.94,beats,0.001,");
    expect(lines[4]).toContain(',failed,,,“c.csv” is empty.');
  });
});
