import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning } from '../../src-main/files/processes';
import { answerDialogs, expect, launchApp, test, type RunningApp } from '../fixtures/app';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

const onLinux = process.platform === 'linux';

/** The processes that read or wait for a file. */
function readersOf({ electron }: RunningApp): Promise<number[]> {
  return electron.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ name }) => name === 'Hindcast reader')
      .map(({ pid }) => pid),
  );
}

/** Has the next reading hang, whatever the machine does: the process that waits for it is stopped by the system. */
async function hangNextReading(app: RunningApp): Promise<number> {
  await expect.poll(async () => (await readersOf(app)).length).toBeGreaterThan(0);
  const waiting = (await readersOf(app)).at(-1)!;
  process.kill(waiting, 'SIGSTOP');
  return waiting;
}

async function writeReadings(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  const rows = Array.from({ length: 90 }, (_, day) => {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},${Math.round(10 * Math.sin(day))}\n`;
  });
  await writeFile(path, `date,temperature\n${rows.join('')}`);
  return path;
}

const isGone = (pid: number): boolean => !isRunning(pid);

test.skip(process.platform === 'win32', 'SIGSTOP is of POSIX systems');

test('a hanging file is stopped and another opened; a reading that is killed ends nothing else', async ({
  app,
}) => {
  const { window, electron, folder } = app;
  const journey = new Journey(window);
  const good = await writeReadings(folder, 'good.csv');
  const hanging = await writeReadings(folder, 'hanging.csv');

  await test.step('stopped', async () => {
    const reader = await hangNextReading(app);
    await answerDialogs(electron, hanging);
    await journey.data.chooseFile();
    await expect(window.getByRole('heading', { name: 'Reading hanging.csv' })).toBeVisible();
    await journey.button('Stop reading').click();
    await expect(journey.button('Choose a file')).toBeVisible();
    await answerDialogs(electron, good);
    await journey.data.chooseFile();
    await expect(window.getByText(/good\.csv is open: 90 rows/)).toBeAttached();
    await expect.poll(() => isGone(reader)).toBe(true);
  });

  await test.step('killed', async () => {
    const reader = await hangNextReading(app);
    await answerDialogs(electron, hanging);
    await journey.data.chooseFile();
    await expect(window.getByRole('heading', { name: 'Reading hanging.csv' })).toBeVisible();
    process.kill(reader, 'SIGKILL');
    await expect(window.getByText(/The process that reads files ended unexpectedly/)).toBeVisible();
    await expect(window.getByRole('row', { name: /2024-01-01/ })).toBeVisible();
    await answerDialogs(electron, hanging);
    await journey.data.chooseFile();
    await expect(window.getByText(/hanging\.csv is open: 90 rows/)).toBeAttached();
  });
  expect(app.errors).toEqual([]);
});

test('a file that Hindcast did not outlive is not opened again without asking', async ({ folder }) => {
  const userData = join(folder, 'user-data');
  const path = await writeReadings(folder, 'fatal.csv');
  const first = await launchApp(userData, folder);
  await hangNextReading(first);
  await answerDialogs(first.electron, path);
  await new Journey(first.window).data.chooseFile();
  await expect
    .poll(() => {
      try {
        return readFileSync(join(userData, 'reading.json'), 'utf8');
      } catch {
        return '';
      }
    })
    .toContain('fatal.csv');
  const ended = new Promise((resolve) => first.electron.process().once('exit', resolve));
  first.electron.process().kill('SIGKILL');
  await ended;

  const again = await launchApp(userData, folder);
  const journey = new Journey(again.window);
  await expect(again.window.getByText(/Hindcast ended while it was reading “fatal\.csv”/)).toBeVisible();
  await expect(journey.button('Leave it')).toBeVisible();
  await keepPictures(again, '1-unfinished-reading');
  await journey.button('Open it again').focus();
  await again.window.keyboard.press('Enter');
  await expect(again.window.getByText(/fatal\.csv is open: 90 rows/)).toBeAttached();
  await expect(journey.button('Leave it')).toBeHidden();
  expect(again.errors).toEqual([]);
  await again.close();
});

test('the page has no file read that nobody chose; one that is dropped it has', async ({ app }) => {
  const { window, folder } = app;
  const path = await writeReadings(folder, 'dropped.csv');
  const refused = await window.evaluate(async () => {
    const bridge = Reflect.get(globalThis, 'hindcast') as {
      pathOfFile(file: unknown): string;
      openDataset(source: unknown): Promise<unknown>;
      savePreferences(preferences: unknown): Promise<unknown>;
    };
    const source = { kind: 'file', paths: ['/etc/passwd'] };
    const forged = Object.defineProperty(new File(['a'], 'passwd'), 'path', { value: '/etc/passwd' });
    const paths = [bridge.pathOfFile(forged), bridge.pathOfFile({ path: '/etc/passwd' })];
    const work = { source, mapping: null, settings: null, runId: null };
    const preferences = { theme: 'system', language: null, device: 'auto', work };
    return { paths, answers: [await bridge.savePreferences(preferences), await bridge.openDataset(source)] };
  });
  expect(refused.paths).toEqual(['', '']);
  for (const answer of refused.answers) {
    expect(answer).toMatchObject({ ok: false, problem: { code: 'file-not-chosen' } });
  }

  // A file with a path of the system's own, as a drop brings it.
  await window.evaluate(() => {
    document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'stand-in' }));
  });
  await window.locator('#stand-in').setInputFiles(path);
  await window.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#stand-in')!;
    const dataTransfer = new DataTransfer();
    for (const file of input.files ?? []) dataTransfer.items.add(file);
    input.remove();
    globalThis.dispatchEvent(new DragEvent('drop', { dataTransfer }));
  });
  await expect(window.getByText(/dropped\.csv is open: 90 rows/)).toBeAttached();
  expect(app.errors).toEqual([]);
});

test('readings leave no handle and no process behind', async ({ app }) => {
  test.skip(!onLinux, 'only Linux tells of handles in /proc');
  const { window, electron, folder } = app;
  const journey = new Journey(window);
  const main = electron.process().pid!;
  const nullHandles = (): number =>
    readdirSync(`/proc/${main}/fd`).filter((handle) => {
      try {
        return readlinkSync(`/proc/${main}/fd/${handle}`) === '/dev/null';
      } catch {
        return false;
      }
    }).length;
  const open = async (name: string): Promise<void> => {
    await answerDialogs(electron, await writeReadings(folder, name));
    await journey.data.chooseFile();
    await expect(window.getByText(new RegExp(`${name} is open: 90 rows`))).toBeAttached();
    // The one that holds the table, and the one that waits.
    await expect.poll(async () => (await readersOf(app)).length).toBe(2);
  };
  await open('first.csv');
  // The trainer that waits is started with the window.
  const before = nullHandles();
  for (const name of ['second.csv', 'third.csv', 'fourth.csv']) await open(name);
  expect(nullHandles()).toBe(before);
  expect(app.errors).toEqual([]);
});
