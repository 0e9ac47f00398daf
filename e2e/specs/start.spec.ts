import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { _electron, type Page } from '@playwright/test';
import type { Language } from '../../src-main/contract/language';
import { strangeWords } from '../../src-main/contract/strange-words.fixture';
import { expect, launchApp, test } from '../fixtures/app';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

const root = resolve(import.meta.dirname, '..', '..');

interface Started {
  /** The page, where there came one. */
  readonly window: Page | null;
  /** What error boxes said. */
  readonly boxes: string;
  /** The exit code of a process that ended by itself. */
  readonly exitCode: number | null;
  close(): Promise<void>;
}

/** What a system of that language tells its programs. */
const SYSTEM_IN: Readonly<Record<Language, Record<string, string>>> = {
  en: { LANG: 'en_GB.UTF-8', LANGUAGE: 'en_GB' },
  ko: { LANG: 'ko_KR.UTF-8', LANGUAGE: 'ko' },
};

/** Starts the app and waits until there is a window, or it has ended with a box. */
async function start(userData: string, folder: string, language: Language = 'en'): Promise<Started> {
  const boxesFile = join(folder, 'boxes.txt');
  await rm(boxesFile, { force: true });
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const electron = await _electron.launch({
    args: ['-r', join(root, 'e2e', 'fixtures', 'record-boxes.cjs'), ...asRoot, root],
    colorScheme: null,
    env: {
      ...(process.env as Record<string, string>),
      HINDCAST_USER_DATA: userData,
      E2E_BOXES: boxesFile,
      ...SYSTEM_IN[language],
    },
  });
  const child = electron.process();
  const ended = new Promise<null>((done) => {
    if (child.exitCode !== null) done(null);
    child.once('exit', () => done(null));
  });
  const opened = electron.firstWindow().then(
    async (page) => {
      await page.getByRole('navigation').waitFor();
      return page;
    },
    () => ended,
  );
  const window = await Promise.race([opened, ended]);
  return {
    window,
    boxes: existsSync(boxesFile) ? await readFile(boxesFile, 'utf8') : '',
    exitCode: window === null ? child.exitCode : null,
    close: () => (window === null ? Promise.resolve() : electron.close()),
  };
}

const fifo = (path: string): void => void execFileSync('mkfifo', [path]);

/** Broken user folders, and what the window must then say; null: nothing, all of it is mended without a word. */
const mended: {
  name: string;
  posix?: boolean;
  say: RegExp | null;
  make(data: string): Promise<void> | void;
}[] = [
  {
    name: 'preferences that are no JSON',
    say: /Your settings could not be read/,
    make: (data) => writeFile(join(data, 'preferences.json'), '{"theme":'),
  },
  {
    name: 'preferences of wrong types',
    say: /Your settings could not be read/,
    make: (data) => writeFile(join(data, 'preferences.json'), '{"theme":7,"work":[]}'),
  },
  {
    name: 'preferences that are a folder',
    say: /Your settings could not be read/,
    make: async (data) => void (await mkdir(join(data, 'preferences.json', 'inside'), { recursive: true })),
  },
  {
    name: 'preferences that are a pipe',
    posix: true,
    say: /Your settings could not be read/,
    make: (data) => fifo(join(data, 'preferences.json')),
  },
  {
    name: 'preferences of 100 MB',
    say: /Your settings could not be read/,
    make: async (data) => {
      await writeFile(join(data, 'preferences.json'), '');
      await truncate(join(data, 'preferences.json'), 100 * 2 ** 20);
    },
  },
  {
    name: '“runs” that is a file',
    say: /The folder of runs .* cannot be used \(a part of its path is not a folder\)/,
    make: (data) => writeFile(join(data, 'runs'), 'mine'),
  },
  {
    name: '“runs” that is a pipe',
    posix: true,
    say: /The folder of runs/,
    make: (data) => fifo(join(data, 'runs')),
  },
  {
    name: '“search” that is a file',
    say: null,
    make: (data) => writeFile(join(data, 'search'), 'mine'),
  },
];

/** In the place of a file of a run. */
const inARun: { name: string; posix?: boolean; make(run: string): Promise<void> | void }[] = [
  { name: 'no run.json', make: () => undefined },
  { name: 'a run.json that is no JSON', make: (run) => writeFile(join(run, 'run.json'), '{') },
  {
    name: 'a folder for run.json',
    make: async (run) => void (await mkdir(join(run, 'run.json', 'inside'), { recursive: true })),
  },
  { name: 'a pipe for run.json', posix: true, make: (run) => fifo(join(run, 'run.json')) },
  {
    name: 'a run.json of 100 MB',
    make: async (run) => {
      await writeFile(join(run, 'run.json'), '');
      await truncate(join(run, 'run.json'), 100 * 2 ** 20);
    },
  },
];

for (const { name, posix, say, make } of mended) {
  test(`starts with ${name}`, async ({ folder }) => {
    test.skip(posix === true && process.platform === 'win32', 'there are no such pipes on Windows');
    const data = join(folder, 'user-data');
    await mkdir(data, { recursive: true });
    await make(data);
    const started = await start(data, folder);
    expect(started.boxes).toBe('');
    expect(started.window).not.toBeNull();
    if (say !== null) await expect(started.window!.getByText(say)).toBeVisible();
    await started.close();
    // What was said is put right: the next start says nothing more of the settings.
    if (name.startsWith('preferences')) {
      const again = await start(data, folder);
      await expect(again.window!.getByText(/could not be read/)).toBeHidden();
      await again.close();
    }
  });
}

test('damaged runs are listed with the reason and what can be done; one that was deleted can be brought back', async ({
  folder,
}) => {
  const data = join(folder, 'user-data');
  for (const [index, { posix, make }] of inARun.entries()) {
    if (posix === true && process.platform === 'win32') continue;
    const run = join(data, 'runs', `broken-${index}`);
    await mkdir(run, { recursive: true });
    await make(run);
  }
  const app = await launchApp(data, folder);
  const { window } = app;
  const journey = new Journey(window);
  await journey.trainTutorial('Seoul-like', 3);
  await expect(journey.train.complete).toBeVisible();

  await journey.go('Runs');
  await expect(journey.runs.damaged).toBeVisible();
  await keepPictures(app, '8-runs-damaged');
  await journey.speak('한국어');
  await keepPictures(app, '8-runs-damaged-ko');
  await journey.speak('English');
  await expect(journey.button(/^Try “broken-/)).toHaveCount(inARun.length);
  await journey.runs.retry('broken-1').click();
  await expect(window.getByText(/The files of run “broken-1” are damaged/).first()).toBeVisible();

  await journey.runs.delete('broken-1').click();
  await expect(journey.runs.retry('broken-1')).toBeHidden();
  await journey.runs.bringBack('broken-1').click();
  await expect(journey.runs.retry('broken-1')).toBeVisible();

  const own = window.getByRole('button', { name: /^Open “/ });
  const trained = (await own.getAttribute('aria-label'))!.replace(/^Open “(.*)”$/, '$1');
  await journey.runs.delete(trained).click();
  await expect(own).toBeHidden();
  await keepPictures(app, '8-runs-deleted');
  await journey.runs.bringBack(trained).click();
  await expect(own).toBeVisible();
  await journey.runs.delete(trained).click();
  await journey.runs.removeForGood(trained);
  await expect(journey.runs.deleted).toBeHidden();
  expect(app.errors).toEqual([]);
  await app.close();
});

/** Where no window can come, and what the box says in which language. */
const hopeless: {
  name: string;
  language: Language;
  say: RegExp;
  place(folder: string): Promise<string>;
}[] = [
  {
    name: 'a user folder that is a file',
    language: 'en',
    say: /^Hindcast: Hindcast cannot write to its folder “.*” \(.*\)\. .*start again\.\n$/,
    place: async (folder) => {
      await writeFile(join(folder, 'file'), 'mine');
      return join(folder, 'file');
    },
  },
  {
    name: 'a user folder within a file',
    language: 'ko',
    say: /^Hindcast: Hindcast가 폴더 “.*”에 쓸 수 없습니다\(.*\)\. .*다시 시작하세요\.\n$/,
    place: async (folder) => {
      await writeFile(join(folder, 'file'), 'mine');
      return join(folder, 'file', 'user-data');
    },
  },
];
for (const { name, language, say, place } of hopeless) {
  test(`says in a box why it cannot start with ${name}, and ends (${language})`, async ({ folder }) => {
    const data = await place(folder);
    const started = await start(data, folder, language);
    expect(started.window).toBeNull();
    expect(started.boxes).toMatch(say);
    if (language === 'ko') expect(strangeWords(started.boxes, [data, 'HINDCAST_USER_DATA'])).toEqual([]);
    expect(started.exitCode).toBe(1);
  });
}

/** A disk of one megabyte, where this user may make one. */
async function withTinyDisk(folder: string, use: (disk: string) => Promise<void>): Promise<void> {
  const disk = join(folder, 'disk');
  await mkdir(disk);
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  test.skip(made.status !== 0, 'this user can make no disk of its own');
  try {
    await use(disk);
  } finally {
    spawnSync('umount', ['-l', disk]);
  }
}

test('starts on a full disk, and says so', async ({ folder }) => {
  await withTinyDisk(folder, async (disk) => {
    await writeFile(join(disk, 'rest'), Buffer.alloc(2 ** 21)).catch(() => undefined);
    const started = await start(disk, folder);
    if (started.window === null) expect(started.boxes).toMatch(/No space is left on the disk/);
    else await expect(started.window.getByText(/No space is left on the disk/)).toBeVisible();
    await started.close();
  });
});

test('says in a box that its folder is on a read-only disk, and ends', async ({ folder }) => {
  await withTinyDisk(folder, async (disk) => {
    await mkdir(join(disk, 'runs'));
    spawnSync('mount', ['-o', 'remount,ro', disk]);
    const started = await start(disk, folder);
    expect(started.window).toBeNull();
    expect(started.boxes).toMatch(/cannot write to its folder .* \(the disk is read-only\)/);
    expect(started.exitCode).toBe(1);
  });
});
