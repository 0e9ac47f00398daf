import { resolve } from 'node:path';

/**
 * The file named on the app's command line, as desktops and `hindcast FILE` name one; null where there is none.
 * @param args the whole command line
 * @param folder that relative paths are meant from
 * @param appFolder what Electron was given to open, behind which a file is meant; null in a package, which is the app
 */
export function givenFileOf(
  args: readonly string[],
  folder: string,
  appFolder: string | null,
): string | null {
  const isApp = (word: string): boolean => resolve(folder, word) === appFolder;
  const words = args.slice(appFolder === null ? 1 : args.findIndex(isApp) + 1);
  const given = words.find((word) => word !== '' && !word.startsWith('-'));
  return given === undefined ? null : resolve(folder, given);
}
