import { copyFile, link, lstat, mkdir, readlink, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { printsOf } from './cache.mjs';

/**
 * Places files of the cache elsewhere as hard links, so that their hundreds of megabytes are on the disk once however
 * many clones there are. On another disk: as symbolic links where the caller allows them, else as copies.
 *
 * @param {string} from
 * @param {string[]} files paths below `from`; symbolic links stay what they are
 * @param {string} to
 * @param {{ symlinks: boolean }} options
 * @returns {Promise<Record<string, import('./cache.mjs').Print>>} what was placed, by path below `to`
 */
export async function placeFiles(from, files, to, { symlinks }) {
  for (const file of files) {
    const source = join(from, file);
    const target = join(to, file);
    await mkdir(dirname(target), { recursive: true });
    await placeFile(source, target, symlinks);
  }
  return printsOf(to, files);
}

async function placeFile(source, target, symlinks) {
  if ((await lstat(source)).isSymbolicLink()) {
    await symlink(await readlink(source), target);
    return;
  }
  try {
    await link(source, target);
  } catch {
    if (symlinks && process.platform !== 'win32') await symlink(source, target);
    else await copyFile(source, target);
  }
}
