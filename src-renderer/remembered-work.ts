import { columnMappingSchema, type ColumnMapping } from '../src-main/contract/dataset';
import type { Preferences } from '../src-main/contract/requests';
import type { TrainingSettings } from '../src-main/contract/settings';
import type { Source } from './features/data/source';

/** What is kept of the work between starts; a mapping that is still being chosen is left out. */
export function rememberedWork(
  source: Source | null,
  mapping: ColumnMapping | null,
  settings: TrainingSettings,
  runId: string | null,
): Preferences['work'] {
  if (source === null) return null;
  const { success, data } = columnMappingSchema.safeParse(mapping);
  return { source, mapping: success ? data : null, settings, runId };
}
