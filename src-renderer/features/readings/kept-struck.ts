import type { Source } from '../data/source';
import {
  keptOf,
  struckOf,
  type ColumnMapping,
  type DatasetSummary,
  type StruckByColumn,
} from '../../../src-main/contract/dataset';
import { MOST_KEPT_STRUCK, type KeptStruck, type Struck } from '../../../src-main/contract/readings';

/** Of all data sets together: what is remembered is written at each change. */
const MOST_SPANS = 20_000;

/** What tells a data set from others: its files, and whatever would lay its readings at other times. */
function nameOf(source: Source): string {
  const where = source.kind === 'file' ? source.paths : source.sample;
  const { station = null, zone = null, dateFormat = null } = source.options ?? {};
  return JSON.stringify([where, station, zone, dateFormat]);
}

/** What is kept, with what is struck in the data set that is open; those of which most was struck last come last. */
export function keepStruck(
  kept: readonly KeptStruck[],
  source: Source | null,
  dataset: Pick<DatasetSummary, 'columns'> | null,
  mapping: ColumnMapping | null,
): readonly KeptStruck[] {
  if (source === null || dataset === null || mapping === null) return kept;
  const name = nameOf(source);
  const [struck, own] = [struckOf(mapping), keptOf(mapping)];
  const columns = [...new Set([...struck.keys(), ...own.keys()])].flatMap((index) => {
    const column = dataset.columns[index]?.name;
    const ownKept = own.get(index);
    const spans = struck.get(index) ?? [];
    return column === undefined
      ? []
      : [{ column, spans, ...(ownKept === undefined ? {} : { kept: ownKept }) }];
  });
  const others = kept.filter((each) => each.dataset !== name);
  const all = columns.length === 0 ? others : [...others, { dataset: name, columns }];
  let spans = 0;
  const fits = (each: KeptStruck): boolean => {
    spans += each.columns.reduce((sum, { spans: own, kept: also = [] }) => sum + own.length + also.length, 0);
    return spans <= MOST_SPANS;
  };
  const newest = all.slice(-MOST_KEPT_STRUCK).reverse();
  return newest.filter((each, at) => fits(each) || at === 0).reverse();
}

type KeptColumn = KeptStruck['columns'][number];

/** What was struck in a data set when it was open last. */
export const recallStruck = (
  kept: readonly KeptStruck[],
  source: Source,
  dataset: Pick<DatasetSummary, 'columns'>,
): StruckByColumn => recall(kept, source, dataset, ({ spans }) => spans);

/** What was kept in it whatever it looked like. */
export const recallKept = (
  kept: readonly KeptStruck[],
  source: Source,
  dataset: Pick<DatasetSummary, 'columns'>,
): StruckByColumn => recall(kept, source, dataset, ({ kept: own = [] }) => own);

function recall(
  kept: readonly KeptStruck[],
  source: Source,
  { columns }: Pick<DatasetSummary, 'columns'>,
  spansOf: (column: KeptColumn) => Struck,
): StruckByColumn {
  const found = kept.find(({ dataset }) => dataset === nameOf(source));
  return new Map(
    (found?.columns ?? []).flatMap((each) => {
      const report = columns.find(({ name }) => name === each.column);
      return report === undefined ? [] : [[report.index, spansOf(each)]];
    }),
  );
}
