import type { ColumnMapping } from '../../contract/dataset';
import { Problem } from '../../contract/problems';
import type { Remedy } from '../../contract/remedy';
import { SETTINGS, type TrainingSettings } from '../../contract/settings';
import { summarisePreparation } from '../../series';
import { makeSeries } from '../axis/make-series';
import type { RawTable } from '../cells/table';
import { datedByWindows, halvesOf, holdingLast, withoutColumns } from './changes';
import { columnsWithGaps, dearColumns } from './window-costs';

/**
 * What can be done where choices leave no window: each way alone, and only those with which something can be trained. None
 * where the choices are good as they are.
 * @throws Problem what `makeSeries` throws
 */
export function remediesFor(
  table: RawTable,
  mapping: ColumnMapping,
  settings: TrainingSettings,
): readonly Remedy[] {
  const series = makeSeries(table, mapping);
  const windowsOf = (changed: ColumnMapping, wanted: TrainingSettings): number => {
    try {
      const made = changed === mapping ? series : makeSeries(table, changed);
      return summarisePreparation(made, wanted).windowsShape[0];
    } catch (error) {
      if (error instanceof Problem) return 0;
      throw error;
    }
  };
  if (windowsOf(mapping, settings) > 0) return [];
  const dear = dearColumns(series, mapping, settings).map(({ column }) => column);
  const held = holdingLast(mapping, columnsWithGaps(series, mapping));
  const tries: Omit<Remedy, 'windows'>[] = [];
  if (dear.length > 0) {
    tries.push({ kind: 'leave-out', columns: dear, mapping: withoutColumns(mapping, dear), settings });
  }
  if (held.columns.length > 0) {
    tries.push({ kind: 'hold-last', columns: held.columns, mapping: held.mapping, settings });
  }
  const dated = datedByWindows(series, settings);
  if (dated !== null) tries.push({ kind: 'parts', columns: [], mapping, settings: dated });
  const found = tries
    .map((each) => ({ ...each, windows: windowsOf(each.mapping, each.settings) }))
    .filter(({ windows }) => windows > 0);
  for (const window of halvesOf(settings.window, SETTINGS.window.min).slice(1)) {
    const shorter = { ...settings, window };
    const windows = windowsOf(mapping, shorter);
    if (windows > 0) return [...found, { kind: 'window', columns: [], mapping, settings: shorter, windows }];
  }
  return found;
}
