import { describe, expect, it } from 'vitest';
import { FIXTURE_FAILED, fixturePlan, fixtureRow } from '../../../src-main/contract/fleet.fixture';
import { commonest, differencesOf } from './differences';

describe('what differs from most stations', () => {
  it('is told of those that are otherwise, and of no others', () => {
    const usual = fixturePlan();
    const hourly = fixturePlan({ stepSeconds: 3600, horizon: 24, inputs: ['temp'] });
    const rows = [
      fixtureRow('hourly', { outlook: hourly }),
      fixtureRow('a', { outlook: usual }),
      fixtureRow('b', { outlook: fixturePlan({ inputs: ['warmth', 'moist'] }) }),
      fixtureRow('none', { outlook: { kind: 'failed', problem: FIXTURE_FAILED.problem } }),
      fixtureRow('not yet'),
    ];
    const common = commonest(rows);
    expect(differencesOf(usual, common)).toEqual([]);
    expect(differencesOf(hourly, common)).toEqual(['step', 'inputs', 'horizon']);
  });

  it('is nothing where nothing is known', () => {
    expect(commonest([fixtureRow('a')])).toEqual({});
    expect(differencesOf(fixturePlan(), {})).toEqual([]);
  });
});
