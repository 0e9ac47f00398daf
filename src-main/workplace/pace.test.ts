import { describe, expect, it } from 'vitest';
import { Pace } from './pace';

describe('a pace', () => {
  it('holds up what would begin, tells who follows it, and who comes late', async () => {
    const pace = new Pace();
    await pace.going();
    const told: string[] = [];
    const unfollow = pace.follow((change) => told.push(`early ${change}`));
    pace.pause();
    pace.pause();
    pace.follow((change) => told.push(`late ${change}`));
    let begun = false;
    const begins = pace.going().then(() => (begun = true));
    await Promise.resolve();
    expect([pace.isPaused, begun]).toEqual([true, false]);
    pace.resume();
    await begins;
    expect(told).toEqual(['early pause', 'late pause', 'early resume', 'late resume']);
    unfollow();
    pace.pause();
    expect(told.at(-1)).toBe('late pause');
    expect(told).toHaveLength(5);
  });

  it('does not count the time of its pauses as work', async () => {
    const pace = new Pace();
    expect(pace.pausedMs).toBe(0);
    pace.pause();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(pace.pausedMs).toBeGreaterThan(0);
    pace.resume();
    const { pausedMs } = pace;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(pace.pausedMs).toBe(pausedMs);
  });
});
