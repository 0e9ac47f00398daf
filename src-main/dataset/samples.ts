import { join } from 'node:path';
import type { SampleId } from '../contract/dataset';
import type { SourceFile } from './bytes/source-file';

const FILES: Readonly<Record<SampleId, readonly [string, ...string[]]>> = {
  seattle: ['seattle-daily-2012-2015.csv'],
  'seoul-synthetic': ['seoul-synthetic-2021-2022.csv'],
  'seattle-forecasts': ['seattle-daily-2012-2015.csv', 'seattle-forecasts-made.csv'],
};

/** The files of a bundled sample, that of the readings first; origin and licences: `resources/samples/README.md`. */
export function sampleSources(
  sample: SampleId,
  resourcesFolder: string,
): readonly [SourceFile, ...SourceFile[]] {
  const sourceOf = (fileName: string): SourceFile => ({
    path: join(resourcesFolder, 'samples', fileName),
    fileName,
    bundled: true,
  });
  const [first, ...others] = FILES[sample];
  return [sourceOf(first), ...others.map(sourceOf)];
}

/** That of the readings. */
export const sampleSource = (sample: SampleId, resourcesFolder: string): SourceFile =>
  sampleSources(sample, resourcesFolder)[0];
