import { readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerDialogs, expect, launchApp, test, type RunningApp } from '../fixtures/app';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };

const logOf = (folder: string): string => join(folder, 'user-data', 'logs', 'hindcast.log');
const read = (folder: string): string => readFileSync(logOf(folder), 'utf8');

/** Kills a process of the app from outside, as the system does that needs memory. */
async function kill({ electron }: RunningApp, name: string): Promise<number> {
  const pid = await electron.evaluate(({ app }, wanted) => {
    const found = app.getAppMetrics().find((each) => each.name === wanted || each.type === wanted);
    if (found !== undefined) process.kill(found.pid, 'SIGKILL');
    return found?.pid;
  }, name);
  expect(pid).toBeDefined();
  return pid!;
}

/** Has the file manager note what it would show. */
async function noteShown({ electron }: RunningApp): Promise<() => Promise<string[]>> {
  await electron.evaluate(({ shell }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    shell.showItemInFolder = (path) => void shown.push(path);
  });
  return () => electron.evaluate(() => Reflect.get(globalThis, 'shown') as string[]);
}

test('the log tells of the start, of every process, of one that is killed and of a page that is', async ({
  folder,
}) => {
  // TensorFlow warns of it on its standard error, and goes on.
  process.env['TF_ENABLE_ONEDNN_OPTS'] = 'perhaps';
  const app = await launchApp(join(folder, 'user-data'), folder);
  delete process.env['TF_ENABLE_ONEDNN_OPTS'];
  const journey = new Journey(app.window);
  await journey.trainTutorial('Seoul-like', 9000);
  await journey.train.waitForEpoch(5);
  const trainer = await kill(app, 'Hindcast trainer');
  await expect(app.window.getByText(/The training process ended unexpectedly/).first()).toBeVisible();
  await expect(app.window.getByText(`The log says more: “${logOf(folder)}”.`)).toBeVisible();
  await keepPictures(app, '9-trainer-killed-log');

  const log = read(folder);
  const { electron, node } = await app.electron.evaluate(() => process.versions);
  expect(log).toMatch(
    new RegExp(`Hindcast [\\d.]+ starts, pid \\d+: in development, Electron ${electron}, .*Node ${node}`),
  );
  expect(log).toMatch(/\[info\] +reader \d+ started/);
  expect(log).toContain(`trainer ${trainer} started`);
  expect(log).toMatch(new RegExp(`trainer ${trainer}: .*TF_ENABLE_ONEDNN_OPTS is not set to`));
  expect(log).toMatch(new RegExp(`trainer ${trainer} ended: (another program|exit code)`));
  expect(log).toMatch(/a process is gone: Utility Hindcast trainer, killed/);

  await kill(app, 'Tab');
  await expect.poll(() => read(folder)).toMatch(/the page’s process is gone: killed/);
  await expect
    .poll(() =>
      app.electron.evaluate(({ BrowserWindow }) =>
        Promise.race([
          BrowserWindow.getAllWindows()[0]!
            .webContents.executeJavaScript('document.body.innerText')
            .catch(() => ''),
          // What is asked of a page that goes meanwhile may never be answered.
          new Promise((resolve) => setTimeout(resolve, 1000, '')),
        ]),
      ),
    )
    .toMatch(/The window’s page ended unexpectedly.*The log says more/s);
  await app.close();
  expect(read(folder)).toMatch(/reader \d+ ended: Hindcast ended it/);
  expect(read(folder)).toMatch(/Hindcast ends, exit code 0\n/);
});

test('an error that nobody foresaw is in the log with its stack, and the notice and the menu show the log', async ({
  app,
}) => {
  const { window, electron, folder } = app;
  const shown = await noteShown(app);
  const readings = Array.from({ length: 90 }, (_, day) => {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},${day === 40 ? 'geheim' : 71.25 + day}\n`;
  });
  for (const name of ['mine.csv', 'again.csv']) {
    await writeFile(join(folder, name), `date,cellar geheim\n${readings.join('')}`);
  }
  await answerDialogs(electron, join(folder, 'mine.csv'));
  const journey = new Journey(window);
  await journey.data.chooseFile();
  await expect(window.getByText(/mine\.csv is open: 90 rows/)).toBeAttached();

  await electron.evaluate(({ dialog }) => {
    dialog.showOpenDialog = function brokenDialog() {
      throw new TypeError("no dialog for '/home/geheim/My Data/mine.csv' with “geheim”");
    };
  });
  await journey.data.chooseFile();
  const notice = window.getByRole('alert');
  await expect(notice).toContainText('Something went wrong that Hindcast did not foresee');
  await expect(notice).toContainText(`The log says more: “${logOf(folder)}”.`);
  await keepPictures(app, '1-unexpected');
  await notice.getByRole('button', { name: 'Show log' }).focus();
  await window.keyboard.press('Enter');
  await expect.poll(shown).toEqual([logOf(folder)]);
  expect(read(folder)).toMatch(
    /\[error\] Unexpected: TypeError: no dialog for 'mine\.csv' with “…”\n {4}at .*brokenDialog.*\n {4}at .*index\.cjs:\d+:\d+/,
  );

  await electron.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()!.items.find(({ role }) => role === 'help');
    help!.submenu!.items.find(({ label }) => label === 'Show log')!.click();
  });
  expect(await shown()).toEqual([logOf(folder), logOf(folder)]);

  // The other item of Help.
  const about = await electron.evaluate(({ dialog, Menu }) => {
    const boxes: Electron.MessageBoxOptions[] = [];
    dialog.showMessageBox = (...args: readonly unknown[]) => {
      boxes.push(args[args.length - 1] as Electron.MessageBoxOptions);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    };
    const help = Menu.getApplicationMenu()!.items.find(({ role }) => role === 'help');
    help!.submenu!.items.find(({ label }) => label.startsWith('About'))!.click();
    return boxes;
  });
  expect(about).toMatchObject([
    { message: `Hindcast ${version}`, detail: expect.stringMatching(/^Electron \d.*Chrome \d.*Node\.js \d/) },
  ]);

  await electron.evaluate(({ dialog }) => {
    const boxes: string[] = [];
    Object.assign(globalThis, { boxes });
    dialog.showErrorBox = (_title, content) => void boxes.push(content);
    setTimeout(function uncaughtHere() {
      throw new Error('nothing catches it');
    });
    setTimeout(() => {
      throw new Error('nor this one');
    });
    void Promise.reject(new Error('nobody waits'));
  });
  await expect.poll(() => read(folder)).toMatch(/Uncaught exception: Error: nor this one\n/);
  expect(read(folder)).toMatch(/Uncaught exception: Error: nothing catches it\n {4}at .*uncaughtHere/);
  await expect.poll(() => read(folder)).toMatch(/Unhandled rejection: Error: nobody waits\n {4}at /);
  const boxes = await electron.evaluate(() => Reflect.get(globalThis, 'boxes') as string[]);
  expect(boxes).toEqual([
    expect.stringMatching(/nothing catches it.*The log says more: “.*hindcast\.log”\.$/),
  ]);

  await window.evaluate(() => void Promise.reject(new Error('of the page')));
  await expect.poll(() => read(folder)).toMatch(/page: .*of the page/);
  // The app still works, and the log holds nothing of what was read.
  await answerDialogs(electron, join(folder, 'again.csv'));
  await journey.data.chooseFile();
  await expect(window.getByText(/again\.csv is open: 90 rows/)).toBeAttached();
  for (const secret of ['geheim', '71.25', '2024-01', folder]) expect(read(folder)).not.toContain(secret);
  expect(statSync(logOf(folder)).mode & 0o077).toBe(0);
});

test('a start after the app was killed says so, and all is still there', async ({ folder }) => {
  const userData = join(folder, 'user-data');
  const first = await launchApp(userData, folder);
  const before = new Journey(first.window);
  await before.data.openSample('Seoul-like');
  await before.next('Columns');
  // What the window remembers is saved 0.4 s after it changes.
  await expect.poll(() => readFileSync(join(userData, 'preferences.json'), 'utf8')).toContain('"sample"');
  const ended = new Promise((resolve) => first.electron.process().once('exit', resolve));
  first.electron.process().kill('SIGKILL');
  await ended;

  const again = await launchApp(userData, folder);
  const notice = again.window
    .getByRole('status')
    .filter({ hasText: 'Hindcast ended unexpectedly the last time' });
  await expect(notice).toContainText('The log says more');
  await expect(again.window.getByRole('heading', { name: 'What was found' })).toBeVisible();
  await keepPictures(again, '1-ended-unexpectedly');
  await again.window.getByRole('radio', { name: '한국어' }).click();
  const korean = again.window
    .getByRole('status')
    .filter({ hasText: '지난번에 Hindcast가 예기치 않게 끝났습니다' });
  await expect(korean).toContainText('자세한 내용은 로그 파일');
  await expect(korean.getByRole('button', { name: '로그 보기' })).toBeVisible();
  await keepPictures(again, '1-ended-unexpectedly-ko');
  await again.window.getByRole('radio', { name: 'English' }).click();
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toBeHidden();
  expect(again.errors).toEqual([]);
  await again.close();

  const third = await launchApp(userData, folder);
  await expect(third.window.getByRole('heading', { name: 'What was found' })).toBeVisible();
  await expect(third.window.getByText('Hindcast ended unexpectedly')).toBeHidden();
  await third.close();
});
