import { describe, expect, it } from 'vitest';
import { curveRows, describeSharedCounts, sharedReportSchema, summariseShared } from './shared-model';
import { FIXTURE_SHARED } from './shared-model.fixture';

describe('what is told of a shared model', () => {
  it('bears how many stations are tested at once, and says plainly which way is better', () => {
    const summary = summariseShared(FIXTURE_SHARED);
    expect(summary.stations.map(({ verdict }) => verdict)).toEqual(['helps', 'hurts']);
    expect(summary.stations[0]!.saved).toBeCloseTo(0.19, 9);
    expect([summary.counts, summary.lower]).toEqual([{ helps: 1, level: 0, hurts: 1 }, 1]);
    const [group] = FIXTURE_SHARED.groups;
    const many = {
      ...FIXTURE_SHARED,
      groups: [
        {
          ...group!,
          stations: [
            // Alone each would be significant; among twenty that are not, the second is none.
            ...group!.stations.map((each) => ({ ...each, pValue: each.name === 'brook' ? 0.001 : 0.04 })),
            ...Array.from({ length: 20 }, () => ({ ...group!.stations[1]!, pValue: 0.6 })),
          ],
        },
      ],
    };
    expect(summariseShared(many).counts).toEqual({ helps: 1, level: 21, hurts: 0 });
    expect(describeSharedCounts(summariseShared(many))).toContain('Sharing pays here.');
    expect(describeSharedCounts(summary)).toContain('no reason here to give up the single models');
  });

  it('is a curve over the stations by months, those without so many left out', () => {
    const [group] = FIXTURE_SHARED.groups;
    const [point] = group!.curve;
    const rows = curveRows({
      ...group!,
      curve: [point!, { ...point!, name: 'hill', shared: 3.1, untuned: 3.2, single: 3 }],
    });
    expect(rows.map(({ months }) => months)).toEqual([1]);
    expect(rows[0]).toMatchObject({ stations: 2, lower: 1 });
    expect(rows[0]!.shared).toBeCloseTo(Math.sqrt((2.1 ** 2 + 3.1 ** 2) / 2), 9);
  });

  it('is read back as it was written', () => {
    expect(sharedReportSchema.parse(JSON.parse(JSON.stringify(FIXTURE_SHARED)))).toEqual(FIXTURE_SHARED);
  });
});
