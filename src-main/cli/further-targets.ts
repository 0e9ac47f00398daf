import { join, parse } from 'node:path';
import { furtherTargetFolders } from '../library';

/** The models of a run: its own, then those of its further targets; each has a folder. */
export const modelFolders = async (folder: string): Promise<readonly string[]> => [
  folder,
  ...(await furtherTargetFolders(folder)),
];

/** Where what is told of a model is written: F.csv for the first, F-2.csv for the next. @param place counts from 0 */
export function pathOfModel(path: string, place: number): string {
  if (place === 0) return path;
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}-${place + 1}${ext}`);
}
