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
