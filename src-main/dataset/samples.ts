import { join } from 'node:path';
import type { SampleId } from '../contract/dataset';
import type { SourceFile } from './bytes/source-file';

const FILES: Readonly<Record<SampleId, string>> = {
  seattle: 'seattle-daily-2012-2015.csv',
  'seoul-synthetic': 'seoul-synthetic-2021-2022.csv',
};

/** A bundled sample; origin and licences: `resources/samples/README.md`. */
export function sampleSource(sample: SampleId, resourcesFolder: string): SourceFile {
  const fileName = FILES[sample];
  return { path: join(resourcesFolder, 'samples', fileName), fileName, bundled: true };
}
