import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isKept, makeEntry, readEntry } from './cache.mjs';
import { fetchTarball, untar } from './npm-tarball.mjs';
import { NODE_FROM_NPM } from './pins.mjs';
import { platformKey } from './project.mjs';

const pinned = NODE_FROM_NPM[platformKey] ?? {};

/** The major versions that can be had here. */
export const NODE_MAJORS = Object.keys(pinned).map(Number);

const entryOf = (major) => `node-${pinned[major].specifier.split('@').at(-1)}-${platformKey}`;

/**
 * Node.js of another version than the one at hand, out of the cache or fetched.
 *
 * @param {number} major one of NODE_MAJORS
 * @param {(doing: string) => void} [note]
 * @returns {Promise<{ version: string, executable: string, licence: string }>}
 */
export async function nodeRuntime(major, note = () => {}) {
  const fetched = () => makeEntry(entryOf(major), (folder) => fetchNode(pinned[major], folder, note));
  const { folder, about } = (await readEntry(entryOf(major))) ?? (await fetched());
  return { version: about.version, executable: join(folder, 'node'), licence: join(folder, 'LICENSE') };
}

async function fetchNode(wanted, folder, note) {
  note(`fetching ${wanted.specifier}, some 50 MB`);
  const downloads = join(folder, 'download');
  await mkdir(downloads);
  const tarball = await fetchTarball(wanted, downloads);
  const members = ['package/bin/node', 'package/LICENSE'];
  await untar(['-xzf', tarball, '-C', folder, '--transform', 's|.*/||', ...members], 'Node.js');
  await rm(downloads, { recursive: true });
  return { version: wanted.specifier.split('@').at(-1) };
}

/**
 * The versions that tests run the command line in.
 *
 * @returns {import('./steps.mjs').Step}
 */
export const nodeRuntimesStep = () => ({
  name: 'Node.js for tests',
  optional: true,
  check: async () => {
    if (NODE_MAJORS.length === 0)
      return 'none is pinned for this platform: the command line runs in this one alone';
    const entries = await Promise.all(NODE_MAJORS.map((major) => isKept(entryOf(major))));
    return entries.every(Boolean) ? `${NODE_MAJORS.join(' and ')} ready` : undefined;
  },
  act: async (note) => {
    const made = [];
    for (const major of NODE_MAJORS) made.push((await nodeRuntime(major, note)).version);
    return `${made.join(' and ')} fetched`;
  },
});
