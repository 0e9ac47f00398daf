import { z } from 'zod';

/**
 * Stored forms of earlier versions in the form of today. Each reader's schema takes them through here; where a field only
 * came later, its default in the schema is enough. The tests hold an earlier file of each.
 */

/** What run.json says since the measures of the test part are one value. */
export const RECORD_VERSION = 2;

/** run.json of an earlier version in the form of today; whatever else it is, the schema judges. */
export function upgradeRecord(record: unknown): unknown {
  return isOfVersion(record, 1) ? fromVersion1(record) : record;
}

/** Until version 0.1 of the app each measure stood by itself. A resumed run kept `event` alone: it had been forgotten. */
function fromVersion1({ scores, intervals, combination, event, ...rest }: Record<string, unknown>): unknown {
  const measured = scores === null ? null : { scores, intervals, combination, event };
  return { ...rest, version: RECORD_VERSION, measured };
}

function isOfVersion(record: unknown, version: number): record is Record<string, unknown> {
  return typeof record === 'object' && record !== null && 'version' in record && record.version === version;
}

/** What a forecast is made of, of when ridge regression was all that stood beside the LSTM. */
export function upgradeCombination(combination: unknown): unknown {
  const earlier = earlierCombination.safeParse(combination);
  if (!earlier.success) return combination;
  const { share, errors } = earlier.data;
  const { lstm, ridge, chosen } = errors;
  const part = { name: 'ridge', share: 1 - share, penalty: USUAL_PENALTY };
  return { share, parts: share < 1 ? [part] : [], errors: { lstm, others: ridge, chosen } };
}

/** The penalty itself was not kept. */
const USUAL_PENALTY = 0.01;
const earlierCombination = z.strictObject({
  share: z.number().min(0).max(1),
  errors: z.strictObject({ lstm: z.number(), ridge: z.number(), chosen: z.number() }),
});

/** Preferences of version 0.1 of the app hold one path. */
export function upgradeSource(source: unknown): unknown {
  if (typeof source !== 'object' || source === null || !('path' in source)) return source;
  const { path, ...rest } = source;
  return { ...rest, paths: [path] };
}
