import { mkdtemp, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filesFit, makeEntry, readEntry } from './cache.mjs';
import { placeFiles } from './links.mjs';

let folder: string;
const before = process.env['HINDCAST_CACHE'];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-cache-'));
  process.env['HINDCAST_CACHE'] = join(folder, 'cache');
});
afterEach(async () => {
  if (before === undefined) delete process.env['HINDCAST_CACHE'];
  else process.env['HINDCAST_CACHE'] = before;
  await rm(folder, { recursive: true, force: true });
});

const CONTENT = 'a library of many bytes';
const make = () =>
  makeEntry('library', async (into) => {
    await writeFile(join(into, 'lib.so'), CONTENT);
    return { version: '1' };
  });

/** Alters one byte in place: same size, same file. */
async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[3]! ^= 1;
  // Times on some disks are coarse: the change must not fall into the moment in which the file was made.
  await writeFile(path, bytes);
  const { mtimeMs } = await stat(path);
  await utimes(path, new Date(), new Date(mtimeMs + 20));
}

it('an entry with one flipped byte is no entry, and is made again', async () => {
  const { folder: entry } = await make();
  expect(await readEntry('library')).toMatchObject({ about: { version: '1' } });
  await flip(join(entry, 'lib.so'));
  expect(await readEntry('library')).toBeUndefined();
  await make();
  expect(await readEntry('library')).toBeDefined();
  expect(await readFile(join(entry, 'lib.so'), 'utf8')).toBe(CONTENT);
});

it('a flipped byte in what was laid into node_modules is noticed, be it a link to the cache or a copy', async () => {
  const entry = await make();
  const laid = join(folder, 'laid');
  const prints = await placeFiles(entry.folder, ['lib.so'], laid, { symlinks: false });
  expect(await filesFit(laid, prints)).toBe(true);
  await flip(join(laid, 'lib.so'));
  expect(await filesFit(laid, prints)).toBe(false);
  expect(await readEntry('library')).toBeUndefined();
});

it('a file that was only copied or touched still fits', async () => {
  const entry = await make();
  const laid = join(folder, 'laid');
  const prints = await placeFiles(entry.folder, ['lib.so'], laid, { symlinks: false });
  await writeFile(join(laid, 'copy'), CONTENT);
  await rename(join(laid, 'copy'), join(laid, 'lib.so'));
  expect(await filesFit(laid, prints)).toBe(true);
  await rm(join(laid, 'lib.so'));
  expect(await filesFit(laid, prints)).toBe(false);
});

it('an entry of a version that kept sizes alone is taken over, and watched from then on', async () => {
  const { folder: entry } = await make();
  const manifest = join(entry, 'manifest.json');
  await writeFile(manifest, JSON.stringify({ about: { version: '1' }, files: { 'lib.so': CONTENT.length } }));
  expect(await readEntry('library')).toBeDefined();
  await flip(join(entry, 'lib.so'));
  expect(await readEntry('library')).toBeUndefined();
});
