import type { DatasetSummary } from '../../../src-main/contract/dataset';
import type { LeftOut, LeftOutReason } from '../../../src-main/contract/suggestion';

/** A column of which nothing could be learned though one wanted to. */
const UNUSABLE: ReadonlySet<LeftOutReason> = new Set(['words', 'no-readings'] as const);

/** What the suggestion left out and is not used, with whether it can be brought back. */
export function leftOutNow(
  { leftOut, time }: Pick<DatasetSummary, 'leftOut' | 'time'>,
  isUnused: (column: number) => boolean,
): readonly (LeftOut & { readonly canBeUsed: boolean })[] {
  return leftOut
    .filter(({ column }) => isUnused(column))
    .map((each) => ({
      ...each,
      canBeUsed: !UNUSABLE.has(each.why) && time?.parts.includes(each.column) !== true,
    }));
}
