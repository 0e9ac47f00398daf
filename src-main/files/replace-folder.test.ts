import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { isTemporary } from './atomic';
import { withFault } from './faults.fixture';
import { lockFile } from './lock';
import { recoverFolder, replaceFolder, sweepFolder } from './replace-folder';
import { contentOf, NEW_CONTENT, OLD_CONTENT, replacement, writeContent } from './replace-folder.fixture';

const posix = process.platform !== 'win32';
let folder: string;
let place: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-replace-'));
  place = join(folder, 'place');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('replacing a folder', () => {
  it('makes one where there is none, with all that leads to it', async () => {
    const deep = join(folder, 'a', 'b', '한글 %#');
    await replaceFolder(deep, replacement([]));
    expect(await contentOf(deep)).toEqual(NEW_CONTENT);
  });

  it('leaves what the user keeps there, the mode, and a link that leads there', async () => {
    await writeContent(place, OLD_CONTENT);
    await writeContent(place, { 'mine.txt': 'mine', 'part/mine.txt': 'mine too', 'empty/x/y': 'z' });
    await chmod(place, 0o700);
    if (posix) await symlink(place, join(folder, 'link'));
    await replaceFolder(join(folder, posix ? 'link' : 'place'), replacement(Object.keys(OLD_CONTENT)));
    expect(await contentOf(place)).toEqual({
      ...NEW_CONTENT,
      'mine.txt': 'mine',
      'part/mine.txt': 'mine too',
      'empty/x/y': 'z',
    });
    if (posix) expect((await stat(place)).mode & 0o777).toBe(0o700);
    // Nor anything of ours besides.
    expect((await readdir(place)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('takes away folders that it leaves empty', async () => {
    await writeContent(place, { ...OLD_CONTENT, 'gone/a': '1', 'gone/deep/b': '2' });
    await replaceFolder(place, replacement([...Object.keys(OLD_CONTENT), 'gone/a', 'gone/deep/b']));
    expect(await readdir(place)).not.toContain('gone');
  });

  it('never replaces what is not said to be Hindcast’s, whatever it is', async () => {
    for (const path of ['mark.json', 'part/values.bin']) {
      await writeContent(place, { [path]: 'mine' });
      await expect(replaceFolder(place, replacement([]))).rejects.toMatchObject({
        code: 'not-ours',
        params: { file: join(place, path) },
      });
      expect(await contentOf(place)).toEqual({ [path]: 'mine' });
      await rm(place, { recursive: true });
    }
    if (!posix) return;
    // A folder that is a link to elsewhere, or a file that is one, even where its name is ours.
    const elsewhere = join(folder, 'elsewhere');
    await writeContent(elsewhere, { 'values.bin': 'mine' });
    for (const [target, name] of [
      [elsewhere, 'part'],
      [join(elsewhere, 'values.bin'), 'mark.json'],
    ] as const) {
      await mkdir(place);
      await symlink(target, join(place, name));
      const owned = [...Object.keys(NEW_CONTENT), ...Object.keys(OLD_CONTENT)];
      await expect(replaceFolder(place, replacement(owned))).rejects.toMatchObject({ code: 'not-ours' });
      expect(await contentOf(elsewhere)).toEqual({ 'values.bin': 'mine' });
      await rm(place, { recursive: true });
    }
  });

  it('is refused where the place is no folder', async () => {
    await writeFile(place, 'mine');
    await expect(replaceFolder(place, replacement([]))).rejects.toMatchObject({
      code: 'cannot-write',
      params: { cause: phrase('file-not-folder') },
    });
    if (posix) {
      await expect(replaceFolder('/dev/null', replacement([]))).rejects.toMatchObject({
        params: { cause: phrase('device-not-folder') },
      });
    }
    expect(await readFile(place, 'utf8')).toBe('mine');
  });

  it('leaves nothing, or the old content, where building fails', async () => {
    const failing = { ...replacement(Object.keys(OLD_CONTENT)), build: failAfterAFile };
    const deep = join(folder, 'a', 'b');
    await expect(replaceFolder(deep, failing)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(folder)).toEqual([]);
    await writeContent(place, OLD_CONTENT);
    await expect(replaceFolder(place, failing)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await contentOf(place)).toEqual(OLD_CONTENT);
    expect((await readdir(place)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('leaves a folder alone that only has the name of one of its own', async () => {
    await writeContent(place, { '.hindcast-new/mine.txt': 'mine', '.hindcast-ready/mine.txt': 'mine' });
    await expect(replaceFolder(place, replacement([]))).rejects.toMatchObject({ code: 'not-ours' });
    await recoverFolder(place);
    expect(Object.keys(await contentOf(place))).toHaveLength(2);
  });

  it('tidies up at last what a kill or a disk left of tidying up', async () => {
    const plan = { format: 'hindcast-replacement', removes: ['old-only.bin'], marks: ['mark.json'] };
    const lefts: Record<string, string>[] = [
      { '.hindcast-ready/plan.json': JSON.stringify(plan) },
      // An empty folder.
      { '.hindcast-ready/gone': '' },
    ];
    for (const left of lefts) {
      await writeContent(place, { ...NEW_CONTENT, ...left });
      await rm(join(place, '.hindcast-ready', 'gone'), { force: true });
      await recoverFolder(place);
      expect(await contentOf(place)).toEqual(NEW_CONTENT);
      expect(await readdir(place)).not.toContain('.hindcast-ready');
    }
  });

  it('follows no plan that leads out of the folder', async () => {
    await writeContent(folder, { 'mine.txt': 'mine', 'place/x': '1' });
    const plan = { format: 'hindcast-replacement', removes: ['../mine.txt'], marks: [] };
    await writeContent(place, { '.hindcast-ready/plan.json': JSON.stringify(plan) });
    await recoverFolder(place);
    expect(await readFile(join(folder, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it('is one at a time', async () => {
    let built: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      const first = { ...replacement([]), build: slow };
      async function slow(into: string): Promise<void> {
        resolve();
        await new Promise<void>((go) => (built = go));
        await replacement([]).build(into);
      }
      void replaceFolder(place, first);
    });
    await begun;
    await expect(replaceFolder(place, replacement([]))).rejects.toMatchObject({ code: 'folder-busy' });
    // Nor is it swept by one who starts meanwhile.
    await sweepFolder(place);
    built();
    await expect.poll(() => contentOf(place)).toEqual(NEW_CONTENT);
  });
});

async function failAfterAFile(into: string): Promise<void> {
  await writeContent(into, { 'part/values.bin': 'half' });
  throw new Problem('cancelled');
}

describe.each(['fails', 'is killed'] as const)(
  'a disk or a process that %s at any file operation',
  (kind) => {
    it('leaves the old or the new', async () => {
      const mine = { 'mine.txt': 'mine' };
      const wholes = [
        { ...OLD_CONTENT, ...mine },
        { ...NEW_CONTENT, ...mine },
      ];
      const left: string[] = [];
      for (let at = 1, wasMet = true; wasMet; at++) {
        const where = join(folder, String(at));
        await writeContent(where, { ...OLD_CONTENT, ...mine });
        wasMet = await withFault({ at, kind }, () =>
          replaceFolder(where, replacement(Object.keys(OLD_CONTENT))),
        );
        // This process lives on: its locks are made those of one that has ended.
        for (const name of ['replace', 'change'] as const) await rm(lockFile(where, name), { force: true });
        // A reader who comes before the next start sees the whole, or that nothing is there.
        const between = await contentOf(where, { hidden: false });
        if ('mark.json' in between) expect(wholes).toContainEqual(between);
        await sweepFolder(where);
        const after = await contentOf(where);
        expect(wholes).toContainEqual(after);
        left.push(after['mark.json']!);
        // What another process may have been writing this moment stays for an hour.
        const hidden = (await readdir(where)).filter((name) => name.startsWith('.') && !isTemporary(name));
        expect(hidden).toEqual([]);
      }
      expect(left.length).toBeGreaterThan(20);
      // There is one moment from which on it is the new.
      if (kind === 'is killed') expect(left).toEqual([...left].sort().reverse());
    });
  },
);
