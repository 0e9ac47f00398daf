import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readFile, readdir, readlink, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

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
 * What a file was when it was looked at: its content by `sha256`, and what tells at a glance that it may have changed
 * since. Of a symbolic link, the path that it holds.
 *
 * @typedef {{ size: number, mtimeMs: number, ino: number, sha256: string }} Print
 */

/**
 * An entry of the cache, if it is there and whole: every file has the content it was made with. All of it is read for
 * that, a gigabyte in a few seconds; so this is asked where files are taken from the cache, not at every start.
 *
 * @param {string} name
 * @returns {Promise<{ folder: string, about: Record<string, string>, files: Record<string, Print> } | undefined>}
 */
export async function readEntry(name) {
  const folder = join(cacheFolder(), name);
  try {
    const { about, files: sizes, prints } = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8'));
    if (prints === undefined) return await adopt(folder, about, sizes);
    for (const [path, print] of Object.entries(prints)) {
      if ((await printOf(join(folder, path))).sha256 !== print.sha256) return undefined;
    }
    return { folder, about, files: prints };
  } catch {
    return undefined;
  }
}

/** Whether an entry is there, without reading it: for what is asked at every start. @param {string} name */
export const isKept = (name) =>
  stat(join(cacheFolder(), name, MANIFEST)).then(
    () => true,
    () => false,
  );

/** Clones of other versions share the cache: what those that look at sizes alone read stands there too. */
function manifestOf(about, prints) {
  const sizes = Object.fromEntries(Object.entries(prints).map(([path, { size }]) => [path, size]));
  return JSON.stringify({ about, files: sizes, prints });
}

/** An entry of a version that kept sizes alone: what is there now is what later content is compared with. */
async function adopt(folder, about, sizes) {
  const files = await printsOf(folder, Object.keys(sizes));
  if (Object.entries(sizes).some(([path, size]) => files[path].size !== size)) return undefined;
  await writeFile(join(folder, `${MANIFEST}.${process.pid}`), manifestOf(about, files));
  await rename(join(folder, `${MANIFEST}.${process.pid}`), join(folder, MANIFEST));
  return { folder, about, files };
}

/**
 * Makes an entry in a folder of its own and renames it into place, so that no other process sees half of one. Of two
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
    const files = await printsOf(partial, Object.keys(await sizesOf(partial)));
    await writeFile(join(partial, MANIFEST), manifestOf(about, files));
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

/** What was hashed in this process: a file and its hard links are read once. @type {Map<string, string>} */
const hashed = new Map();

/** @param {string} path @returns {Promise<Print>} */
async function printOf(path) {
  const { dev, ino, size, mtimeMs, isLink } = await glance(path);
  const key = [dev, ino, size, mtimeMs].join(':');
  const known = hashed.get(key);
  const sha256 =
    known ??
    (isLink
      ? createHash('sha256')
          .update(await readlink(path))
          .digest('hex')
      : await hashOf(path, 'sha256', 'hex'));
  hashed.set(key, sha256);
  return { size, mtimeMs, ino, sha256 };
}

/** A link that we laid leads to the cache by its whole path, and stands for the file there; any other for itself. */
async function glance(path) {
  const found = await lstat(path);
  const isOurs = found.isSymbolicLink() && isAbsolute(await readlink(path));
  const { dev, ino, size, mtimeMs } = isOurs ? await stat(path) : found;
  return { dev, ino, size, mtimeMs, isLink: found.isSymbolicLink() && !isOurs };
}

/**
 * @param {string} folder
 * @param {string[]} paths below it
 * @returns {Promise<Record<string, Print>>}
 */
export async function printsOf(folder, paths) {
  /** @type {Record<string, Print>} */
  const prints = {};
  for (const path of paths) prints[path] = await printOf(join(folder, path));
  return prints;
}

/**
 * Whether the files below a folder are what they were when `prints` were taken. This is asked at every start, and hashing
 * the 788 MB of TensorFlow's library would take seconds: a file whose size, time of change and place on the disk are as
 * they were is taken for the same, any other is hashed. What alters a byte alters the time; a disk that rots silently is
 * noticed when the files are next taken from the cache.
 *
 * @param {string} folder
 * @param {Record<string, Print>} prints
 */
export async function filesFit(folder, prints) {
  const found = await Promise.all(
    Object.entries(prints).map(async ([path, print]) => {
      try {
        const file = join(folder, path);
        const { size, mtimeMs, ino } = await glance(file);
        if (size !== print.size) return false;
        if (mtimeMs === print.mtimeMs && ino === print.ino) return true;
        return (await printOf(file)).sha256 === print.sha256;
      } catch {
        return false;
      }
    }),
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
