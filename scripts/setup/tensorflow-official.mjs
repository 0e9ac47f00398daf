import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf } from './cache.mjs';
import { download } from './download.mjs';
import { TENSORFLOW_ARCHIVES } from './pins.mjs';
import { platformKey } from './project.mjs';
import { gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';

const archive = TENSORFLOW_ARCHIVES[platformKey];

export const OFFICIAL_ENTRY = `tensorflow-${archive?.version}-official-${platformKey}`;

/** The same variables as tfjs-node's installer reads, so that a mirror serves both. */
const host =
  process.env.TFJS_NODE_CDN_STORAGE || process.env.CDN_STORAGE || 'https://storage.googleapis.com/';

/**
 * Fills `folder` with `lib/` and `include/` out of the archive that tfjs-node's installer would take; fetched here,
 * because that installer checks no hash.
 *
 * @param {string} folder
 * @param {(doing: string) => void} note
 * @returns {Promise<Record<string, string>>} origin and version
 */
export async function fetchOfficialLibrary(folder, note) {
  if (!archive) {
    throw new SetupProblem(
      `TensorFlow’s C library is not published for ${platformKey}.`,
      'Use Linux or macOS, or Windows on x64.',
    );
  }
  note('fetching TensorFlow’s official C library');
  const downloads = join(folder, 'download');
  await mkdir(downloads);
  const file = join(downloads, archive.path.slice(archive.path.lastIndexOf('/') + 1));
  await download(new URL(archive.path, host).href, file);
  if ((await hashOf(file, 'sha256', 'hex')) !== archive.sha256) {
    throw new SetupProblem(
      'TensorFlow’s official C library is not the one we know: its sha256 differs from the pinned one.',
      'See what TFJS_NODE_CDN_STORAGE and your proxy point to. The file was thrown away.',
    );
  }
  note('unpacking the library');
  const unpacked = await run('tar', ['--no-same-owner', '-xf', file, '-C', folder]);
  if (unpacked.code !== 0) {
    throw new SetupProblem(
      `TensorFlow’s official C library could not be unpacked (${gist(unpacked.output)}).`,
      'See that `tar` is there and 1 GB is free where the cache is, then run the same command again.',
    );
  }
  await rm(downloads, { recursive: true });
  return { origin: 'official', version: archive.version };
}
