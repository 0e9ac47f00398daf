import { describe, expect, it } from 'vitest';
import { FIXTURE_FAILED, fixtureStation, fixtureTrained } from '../contract/fleet.fixture';
import { rankStations } from '../contract/leaderboard';
import { tableOf } from './fleet-folder';

describe('the leaderboard', () => {
  it('is a table that spreadsheets take for no formula', () => {
    const results = [
      { station: fixtureStation('high'), result: fixtureTrained() },
      { station: fixtureStation('none'), result: FIXTURE_FAILED },
    ];
    const lines = tableOf(rankStations(results)).trim().split('\r\n');
    expect(lines).toHaveLength(3);
    const columns = lines.map((line) => line.split(',').length);
    expect(new Set(columns)).toEqual(new Set([26]));
    expect(lines[1]).toContain(",'=temp,°C,7,300,2,ridge,2.1,0.4,0.1,0.94,beats,0.001,");
    expect(lines[2]).toContain(',failed,,,,,,,,,,“c.csv” is empty.');
  });
});
