import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';

const MANIFEST = 'manifest.json';
const PARTIAL = '.partial-';
const DAY = 24 * 60 * 60 * 1000;

/** The folder of this user that keeps what was downloaded and built, shared by all clones. */
export function cacheFolder() {
  if (process.env.HINDCAST_CACHE) return resolve(process.env.HINDCAST_CACHE);
  if (process.platform === 'win32') {
    return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'hindcast');
  }
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'hindcast');
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hindcast');
}

/**
 * An entry of the cache, if it is there and whole (every file present with the size it was made with).
 *
 * @param {string} name
 * @returns {Promise<{ folder: string, about: Record<string, string>, files: Record<string, number> } | undefined>}
 */
export async function readEntry(name) {
  const folder = join(cacheFolder(), name);
  try {
    const { about, files } = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8'));
    return (await sizesFit(folder, files)) ? { folder, about, files } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes an entry in a folder of its own and renames it into place, so that nobody ever sees half of one. Of two
 * set-ups that make the same entry at the same time, the slower one uses what the faster one made.
 *
 * @param {string} name
 * @param {(folder: string) => Promise<Record<string, string>>} make fills the folder, answers with facts to keep about it
 */
export async function makeEntry(name, make) {
  const target = join(cacheFolder(), name);
  const partial = await partialFolder();
  try {
    const about = await make(partial);
    const files = await sizesOf(partial);
    await writeFile(join(partial, MANIFEST), JSON.stringify({ about, files }));
    await rename(partial, target).catch(async () => {
      if (await readEntry(name)) return;
      await discardEntry(name);
      await rename(partial, target);
    });
    const entry = await readEntry(name);
    if (!entry) throw new Error(`the cache folder ${target} changed while it was made`);
    return entry;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Takes an entry away in one move, so that a set-up at the same time sees all of it or nothing. @param {string} name */
export async function discardEntry(name) {
  const aside = join(cacheFolder(), partialName());
  try {
    await rename(join(cacheFolder(), name), aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/** A fresh folder in the cache, on the same disk as its entries. It is the caller's to rename or remove. */
export async function partialFolder() {
  await mkdir(cacheFolder(), { recursive: true });
  await sweepPartials();
  const folder = join(cacheFolder(), partialName());
  await mkdir(folder);
  return folder;
}

/** Removes what set-ups that were killed half-way left behind: theirs of this machine at once, others' after a day. */
async function sweepPartials() {
  const here = `${PARTIAL}${hostname()}-`;
  for (const name of await readdir(cacheFolder())) {
    if (!name.startsWith(PARTIAL)) continue;
    const folder = join(cacheFolder(), name);
    const maker = name.startsWith(here) ? Number.parseInt(name.slice(here.length), 10) : undefined;
    const age = await stat(folder).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    const abandoned = age > DAY || (maker !== undefined && !isRunning(maker));
    // A program that the killed set-up had started may still be writing: then the next set-up sweeps.
    if (abandoned) await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

/** @param {number} pid */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function partialName() {
  return `${PARTIAL}${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
}

/** Sizes in bytes of all files below a folder, by their path with forward slashes. @param {string} folder */
export async function sizesOf(folder) {
  /** @type {Record<string, number>} */
  const sizes = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    sizes[relative(folder, path).split(sep).join('/')] = (await lstat(path)).size;
  }
  return sizes;
}

/**
 * @param {string} folder
 * @param {Record<string, number>} sizes as `sizesOf` gives them
 */
export async function sizesFit(folder, sizes) {
  const found = await Promise.all(
    Object.entries(sizes).map(([path, size]) =>
      lstat(join(folder, path)).then(
        (file) => file.size === size,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}

/**
 * @param {string} file
 * @param {'sha256' | 'sha512'} algorithm
 * @param {'hex' | 'base64'} encoding
 * @returns {Promise<string>}
 */
export async function hashOf(file, algorithm, encoding) {
  const hash = createHash(algorithm);
  for await (const bytes of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(bytes);
  return hash.digest(encoding);
}
