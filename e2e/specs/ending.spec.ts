import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, launchApp, test } from '../fixtures/app';
import { Journey } from '../pages/journey';

/** In eleven of twelve such ends the last choice was lost. */
const ENDS = 4;

test('a setting that was changed just before the app ends is kept, every time', async ({ folder }) => {
  const userData = join(folder, 'user-data');
  for (let end = 0; end < ENDS; end++) {
    const theme = end % 2 === 0 ? 'dark' : 'light';
    const app = await launchApp(userData, folder);
    await app.window.getByRole('radio', { name: theme === 'dark' ? 'Dark' : 'Light' }).click();
    // By the window's own button and by the menu, alternately: at once, before the page's usual delay.
    if (end % 4 < 2) await app.close();
    else {
      const gone = app.electron.waitForEvent('close');
      await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
      await gone;
    }
    const saved: unknown = JSON.parse(await readFile(join(userData, 'preferences.json'), 'utf8'));
    expect(saved, `end ${end + 1}`).toMatchObject({ theme });
  }
});

test('a number that is still being typed when the app ends is kept', async ({ folder }) => {
  const userData = join(folder, 'user-data');
  const app = await launchApp(userData, folder);
  const journey = new Journey(app.window);
  await journey.data.openSample('Seoul-like');
  await journey.next('Columns');
  await journey.next('Model');
  await journey.model.showSettings();
  await app.window.getByLabel('Epochs', { exact: true }).fill('37');
  await app.close();
  const saved: unknown = JSON.parse(await readFile(join(userData, 'preferences.json'), 'utf8'));
  expect(saved).toMatchObject({ work: { settings: { epochs: 37 } } });
});

test('when its page crashes the window is opened again, with the training that goes on and its whole curve', async ({
  app,
}) => {
  test.slow();
  const { window, electron } = app;
  const journey = new Journey(window);
  await journey.data.openSample('Seoul-like');
  await journey.next('Columns');
  await journey.next('Model');
  await journey.model.choosePreset('Tutorial');
  await journey.model.setNumber('Epochs', 10_000);
  await journey.model.setNumber('Hidden units', 128);
  await window.getByRole('radio', { name: 'Dark' }).click();
  await journey.model.startTraining();
  await journey.train.waitForEpoch(30);
  const before = await journey.train.epoch();

  // Playwright's page ends with the process that draws it: what comes after is asked through the main process.
  const ask = <T>(script: string): Promise<T> =>
    electron.evaluate(
      ({ BrowserWindow }, code) =>
        BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(code) as Promise<T>,
      script,
    );
  await electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    const loaded = new Promise<void>((done) => contents.once('did-finish-load', () => done()));
    contents.forcefullyCrashRenderer();
    return loaded;
  });
  const text = (): Promise<string> => ask<string>('document.body.innerText').catch(() => '');
  await expect.poll(text).toMatch(/The window’s page ended unexpectedly/);
  expect(await ask<string>('document.documentElement.dataset.theme')).toBe('dark');
  const epochShown = `Number([...document.querySelectorAll('dt')].find((each) => each.innerText === 'Epoch')
    ?.parentElement.querySelector('dd').innerText.match(/^[\\d,]+/)?.[0].replace(/,/g, '') ?? 0)`;
  await expect.poll(() => ask<number>(epochShown)).toBeGreaterThan(before);
  const shown = await ask<number>(epochShown);
  await expect.poll(() => ask<number>(epochShown)).toBeGreaterThan(shown);

  // The curve has no hole: the answer that the new page was given joins the epochs told after it.
  const whole = await ask<{
    epochs: number[];
    state: string;
  }>(`window.hindcast.trainingUnderWay().then(({ value }) =>
    ({ epochs: value.history.map(({ epoch }) => epoch), state: value.state }))`);
  expect(whole.state).toBe('running');
  expect(whole.epochs).toEqual(whole.epochs.map((_, index) => index + 1));
  expect(whole.epochs.length).toBeGreaterThanOrEqual(shown);
  const trainingDone = `[...document.querySelectorAll('button')].find(({ innerText }) => innerText.startsWith('Stop and keep')).click()`;
  await ask(trainingDone);
  await expect.poll(text).toMatch(/Training was stopped/);
});

test('a page that crashes again and again ends in a box, not in a loop', async ({ folder }) => {
  const app = await launchApp(join(folder, 'user-data'), folder);
  const child = app.electron.process();
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  await app.electron.evaluate(({ BrowserWindow, dialog }) => {
    dialog.showErrorBox = (_title, content) => {
      process.stdout.write(`BOX ${content}\n`);
    };
    const crash = (): void => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    BrowserWindow.getAllWindows()[0]!.webContents.on('did-finish-load', () => setTimeout(crash, 50));
    setTimeout(crash, 50);
  });
  expect(await ended).toBe(1);

  const again = await launchApp(join(folder, 'user-data'), folder);
  await expect(again.window.getByText(/Hindcast ended unexpectedly the last time/)).toBeVisible();
  await again.close();
});
