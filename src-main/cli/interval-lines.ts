import {
  coverageOf,
  INTERVAL_LEVELS,
  mapLevels,
  type ByLevel,
  type IntervalScore,
  type IntervalVerification,
} from '../contract/intervals';
import { formatWithUnit } from '../contract/format';
import { SHARED_WORDS } from '../contract/words';
import { formatTable } from './terminal';

const { tooNarrow } = SHARED_WORDS.en;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The table of intervals below the scores; nothing where there are none. */
export function describeIntervals(intervals: IntervalVerification | null, unit: string): string[] {
  if (intervals === null) return [];
  const { overall, before } = intervals;
  return [
    '',
    ...formatTable([
      ['intervals', 'held', 'mean width', 'score'],
      ...INTERVAL_LEVELS.map((level) => {
        const { coverage, width, score } = overall[level];
        return [`${level} %`, percent(coverage), formatWithUnit(width, unit), formatWithUnit(score, unit)];
      }),
    ]),
    ...(before.part === 'training' ? [tooNarrow] : []),
  ];
}

/** What `train` and `verify` tell programs of intervals; shares from 0 to 1, keys by level. */
export function intervalsToJson(intervals: IntervalVerification | null): object {
  if (intervals === null) return { coverage: null, intervals: null };
  const { overall, byLead, before, frozenCoverage } = intervals;
  const numbers = (scores: ByLevel<IntervalScore>): object => ({
    coverage: mapLevels((level) => scores[level].coverage),
    width: mapLevels((level) => scores[level].width),
    intervalScore: mapLevels((level) => scores[level].score),
  });
  return {
    coverage: coverageOf(intervals),
    intervals: {
      learnedFrom: before.part,
      windows: before.windows,
      ...numbers(overall),
      frozenCoverage,
      byLead: byLead.map((scores, index) => ({ lead: index + 1, ...numbers(scores) })),
    },
  };
}
