import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, launchApp, test } from '../fixtures/app';
import { trainGarden } from '../fixtures/garden';
import { Journey } from '../pages/journey';

const HELD_BACK = 6;
const HIDDEN = '--hidden';

/** What the desktop was given: the test's display has no place for icons, no notifications and no key store. */
interface Desktop {
  menu: { readonly label: string; readonly click: () => void }[] | null;
  toolTip: string;
  notified: { readonly title: string; readonly body: string }[];
}

/** Listens to what Electron is asked for. Its own classes stay, and do what they do where there is no desktop. */
async function listen(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ Notification, Tray }) => {
    const desktop: Desktop = { menu: null, toolTip: '', notified: [] };
    Object.assign(globalThis, { desktop });
    const { setContextMenu, setToolTip, destroy } = Tray.prototype;
    Tray.prototype.setContextMenu = function (menu) {
      desktop.menu = (menu?.items ?? []).map((item) => ({ label: item.label, click: () => item.click() }));
      setContextMenu.call(this, menu);
    };
    Tray.prototype.setToolTip = function (text) {
      desktop.toolTip = text;
      setToolTip.call(this, text);
    };
    Tray.prototype.destroy = function () {
      desktop.menu = null;
      destroy.call(this);
    };
    Notification.isSupported = () => true;
    Notification.prototype.show = function () {
      desktop.notified.push({ title: this.title, body: this.body });
    };
  });
}

const menuOf = (electron: ElectronApplication): Promise<string[] | null> =>
  electron.evaluate(
    () => (Reflect.get(globalThis, 'desktop') as Desktop).menu?.map(({ label }) => label) ?? null,
  );
const notifiedOf = (electron: ElectronApplication): Promise<Desktop['notified']> =>
  electron.evaluate(() => (Reflect.get(globalThis, 'desktop') as Desktop).notified);
const isVisible = (electron: ElectronApplication): Promise<boolean[]> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isVisible()));

/** As a click on an entry of the icon's menu. */
const click = (electron: ElectronApplication, label: string): Promise<void> =>
  electron.evaluate((_, wanted) => {
    const { menu } = Reflect.get(globalThis, 'desktop') as Desktop;
    menu?.find((each) => each.label === wanted)?.click();
  }, label);

test('a watched run has its icon, warns on the desktop, keeps its password, and goes on without a window', async ({
  folder,
}) => {
  const userData = join(folder, 'user-data');
  const app = await launchApp(userData, folder);
  const { window, electron } = app;
  await listen(electron);
  const { file, lines } = await trainGarden(app, HELD_BACK);
  const journey = new Journey(window);
  expect(await menuOf(electron)).toBeNull();
  await journey.button('Watch a file or database…').click();
  await expect(journey.forecast.watching).toContainText('Last forecast:');
  await expect.poll(() => menuOf(electron)).toEqual(['Open Hindcast', 'Quit']);
  await expect.poll(() => notifiedOf(electron)).toHaveLength(1);
  const [notified] = await notifiedOf(electron);
  expect(notified!.title).toMatch(/^Hindcast: /);
  expect(notified!.body).toMatch(/below 60 °C/);
  await journey.speak('한국어');
  await expect.poll(() => menuOf(electron)).toEqual(['창 열기', '종료']);
  await journey.speak('English');

  // This system has no key store: nothing is kept, and it is said.
  await window.getByLabel('Broker', { exact: true }).fill('mqtts://127.0.0.1:9');
  await window.getByLabel('User', { exact: true }).fill('garden');
  await window.getByLabel('Password', { exact: true }).fill('open sesame');
  const hasStore = await electron.evaluate(
    ({ safeStorage }) =>
      safeStorage.isEncryptionAvailable() && safeStorage.getSelectedStorageBackend() !== 'basic_text',
  );
  if (!hasStore) {
    await journey.button('Use this broker').click();
    await expect(window.getByText(/key store/).first()).toBeVisible();
    await expect(stat(join(userData, 'secrets.json'))).rejects.toThrow();
  }
  await electron.evaluate(({ safeStorage }) => {
    const turned = (text: string): string => [...text].reverse().join('');
    Object.assign(safeStorage, {
      isEncryptionAvailable: () => true,
      getSelectedStorageBackend: () => 'gnome_libsecret',
      encryptString: (text: string) => Buffer.from(turned(text)),
      decryptString: (bytes: Buffer) => turned(bytes.toString()),
    });
  });
  await window.getByLabel('Password', { exact: true }).fill('open sesame');
  await journey.button('Use this broker').click();
  await expect(window.getByText('One is kept in this system’s key store')).toBeVisible();
  const secrets = await readFile(join(userData, 'secrets.json'), 'utf8');
  expect(Object.keys((JSON.parse(secrets) as { secrets: object }).secrets)).toEqual([
    'mqtt garden mqtts://127.0.0.1:9',
  ]);
  expect(secrets).toContain(Buffer.from('emases nepo').toString('base64'));
  expect((await stat(join(userData, 'secrets.json'))).mode & 0o077).toBe(0);

  await window.getByRole('switch', { name: 'Start with the computer' }).click();
  const entry = join(userData, 'config', 'autostart', 'hindcast.desktop');
  await expect.poll(() => readFile(entry, 'utf8').catch(() => '')).toContain(HIDDEN);
  const started = await readFile(entry, 'utf8');
  expect(started.split('\n').slice(0, 3)).toEqual(['[Desktop Entry]', 'Type=Application', 'Name=Hindcast']);

  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(() => isVisible(electron)).toEqual([false]);
  await appendFile(file, `${lines.at(-HELD_BACK)}\n`);
  const newest = lines.at(1 - HELD_BACK)!.slice(0, 10);
  await expect(journey.forecast.valueOf(newest)).toHaveCount(1);
  // The same warning is not shown with every forecast, unless its number changed.
  for (const { body } of await notifiedOf(electron)) expect(body).toMatch(/below 60 °C/);
  await click(electron, 'Open Hindcast');
  await expect.poll(() => isVisible(electron)).toEqual([true]);

  const ended = once(electron.process(), 'exit');
  await click(electron, 'Quit');
  await ended;
  expect(app.errors).toEqual([]);

  // As the system starts it: the command of the entry, without a window.
  const exec = /^Exec=(.*)$/m.exec(started)![1]!;
  const words = [...exec.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word]) => word!.replace(/\\(.)/g, '$1'));
  expect(words.at(-1)).toBe(HIDDEN);
  expect(words[1]).toBe(resolve('.'));
  const again = await launchApp(userData, folder, { args: [HIDDEN] });
  expect(await isVisible(again.electron)).toEqual([false]);
  await appendFile(file, `${lines.at(1 - HELD_BACK)}\n`);
  const log = join(userData, 'runs');
  await expect
    .poll(async () => (await issuedIn(log)).at(-1))
    .toBe(Date.parse(`${lines.at(1 - HELD_BACK)!.slice(0, 10)}T00:00:00Z`));
  // A second start shows the window of the first, and ends.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const second = spawn(words[0]!, [...asRoot, words[1]!], {
    env: { ...process.env, HINDCAST_USER_DATA: userData },
    stdio: 'ignore',
  });
  await once(second, 'exit');
  await expect.poll(() => isVisible(again.electron)).toEqual([true]);
  const windowAgain = new Journey(again.window);
  await windowAgain.go('Runs');
  expect(again.errors).toEqual([]);
  await again.close();
});

/** Times of the last readings of all forecasts issued, of the one run there is. */
async function issuedIn(runs: string): Promise<number[]> {
  const [run] = (await readdir(runs)).filter((name) => !name.startsWith('.'));
  const log = JSON.parse(await readFile(join(runs, run!, 'forecasts.json'), 'utf8')) as {
    forecasts: { issuedAt: number }[];
  };
  return log.forecasts.map(({ issuedAt }) => issuedAt);
}
