import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning } from '../../src-main/files/processes';
import { expect, launchApp, test, type RunningApp } from '../fixtures/app';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

test('a killed trainer is reported plainly, and the last finished epoch is still there', async ({ app }) => {
  const { window, electron } = app;
  const journey = new Journey(window);
  await journey.trainTutorial('Seoul-like', 9000);
  await journey.train.waitForEpoch(30);

  const before = await journey.train.epoch();
  const killed = await electron.evaluate(({ app: main }) => {
    const trainer = main.getAppMetrics().find(({ name }) => name === 'Hindcast trainer');
    if (trainer !== undefined) process.kill(trainer.pid, 'SIGKILL');
    return trainer !== undefined;
  });
  expect(killed).toBe(true);

  const sentence = window.getByText(/The training process ended unexpectedly/).first();
  await expect(sentence).toBeVisible();
  const saved = Number((await sentence.innerText()).match(/epoch ([\d,]+)/)?.[1]?.replace(/,/g, ''));
  expect(saved).toBeGreaterThanOrEqual(before);
  await keepPictures(app, '9-trainer-killed');

  await journey.button('Verify what was saved').click();
  await expect(journey.verify.sentence).toBeVisible();
  await journey.next('Forecast');
  await expect(window.getByRole('row', { name: /^2023-01-01/ })).toBeVisible();

  await journey.go('Train');
  await journey.button('Resume from epoch').click();
  await expect(window.getByText(/^Training goes on after epoch/)).toBeVisible();
  await journey.train.waitForEpoch(saved + 20);
  await journey.button('Stop and keep the best').click();
  await expect(journey.train.stopped).toBeVisible();
  await keepPictures(app, '9-resumed-and-stopped');

  // The app goes on: another training starts as if nothing had been.
  await journey.go('Model');
  await journey.model.setNumber('Epochs', 20);
  await journey.model.startTraining();
  await expect(journey.train.complete).toBeVisible();
  expect(app.errors).toEqual([]);
});

test('an app that is killed while it trains leaves no process behind', async ({ folder }) => {
  const app = await launchApp(join(folder, 'user-data'), folder);
  const journey = new Journey(app.window);
  await journey.trainTutorial('Seoul-like', 9000);
  await journey.train.waitForEpoch(5);
  const processes = await app.electron.evaluate(({ app: main }) =>
    main.getAppMetrics().map(({ pid, name, type }) => ({ pid, name: name ?? type })),
  );
  expect(processes.map(({ name }) => name)).toContain('Hindcast trainer');

  app.electron.process().kill('SIGKILL');
  await expect.poll(() => processes.filter(({ pid }) => isRunning(pid)).map(({ name }) => name)).toEqual([]);
});

test('a training that closing the app interrupted is offered again, and goes on where it stood', async ({
  folder,
}) => {
  const userData = join(folder, 'user-data');
  const first = await launchApp(userData, folder);
  const before = new Journey(first.window);
  await before.data.openSample('Seoul-like');
  await before.next('Columns');
  await before.next('Model');
  await before.model.choosePreset('Tutorial');
  await before.model.setNumber('Epochs', 10_000);
  await before.model.setNumber('Hidden units', 128);
  await before.model.startTraining();
  await before.train.waitForEpoch(30);
  // What the window remembers, the run that is open among it, is saved 0.4 s after it changes.
  await first.window.waitForTimeout(1000);
  await first.close();

  const again = await launchApp(userData, folder);
  const journey = new Journey(again.window);
  await journey.go('Train');
  await expect(again.window.getByText(/was interrupted after epoch/)).toBeVisible();
  await keepPictures(again, '9-interrupted');
  await journey.go('Runs');
  await keepPictures(again, '9-runs-interrupted');
  await journey.button(/^Resume the training of/).click();
  await expect(journey.heading('Train')).toBeVisible();
  await journey.train.waitForEpoch(60);
  await journey.button('Cancel').click();
  await again.window.getByRole('button', { name: 'Go on training' }).click();
  await journey.button('Stop and keep the best').click();
  await expect(again.window.getByText(/Training was stopped/)).toBeVisible();
  expect([...first.errors, ...again.errors]).toEqual([]);
  await again.close();
});

/** What each trainer process has in its environment for CUDA; Linux alone tells. */
async function gpusShown({ electron }: RunningApp): Promise<(string | null)[]> {
  const pids = await electron.evaluate(({ app: main }) =>
    main
      .getAppMetrics()
      .filter(({ name }) => name === 'Hindcast trainer')
      .map(({ pid }) => pid),
  );
  const shownTo = async (pid: number): Promise<string | null> => {
    // One that has just been replaced may be gone by now: then it is asked again.
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => null);
    if (environment === null) return 'gone';
    return /(?:^|\0)CUDA_VISIBLE_DEVICES=([^\0]*)/.exec(environment)?.[1] ?? null;
  };
  return await Promise.all(pids.map(shownTo));
}

test('“CPU only” holds from the next training on, and after a restart', async ({ folder }) => {
  const userData = join(folder, 'user-data');
  const usual = process.env['CUDA_VISIBLE_DEVICES'] ?? null;
  const onLinux = process.platform === 'linux';
  const first = await launchApp(userData, folder);
  const journey = new Journey(first.window);
  const cpuOnly = first.window.getByRole('switch', { name: 'CPU only' });
  const deviceShown = first.window.locator('dt', { hasText: /^Device$/ }).locator('xpath=../dd');

  await test.step('on the Model screen', async () => {
    await journey.data.openSample('Seoul-like');
    await journey.next('Columns');
    await journey.next('Model');
    await journey.model.choosePreset('Tutorial');
    await journey.model.setNumber('Epochs', 20);
    await expect(cpuOnly).not.toBeChecked();
    await expect(cpuOnly).toHaveAccessibleDescription(/stay on the CPU even where TensorFlow sees a GPU/);
    if (onLinux) await expect.poll(() => gpusShown(first)).toEqual([usual]);
    await cpuOnly.focus();
    await first.window.keyboard.press('Space');
    await expect(cpuOnly).toBeChecked();
    await cpuOnly.scrollIntoViewIfNeeded();
    await keepPictures(first, '3-model-device');
    if (onLinux) await expect.poll(() => gpusShown(first)).toEqual(['-1']);
  });

  await test.step('and on the Train screen, beside the device', async () => {
    await journey.model.startTraining();
    await expect(first.window.getByText(/Training is complete/)).toBeVisible();
    await expect(deviceShown).toHaveText('CPU');
    await expect(cpuOnly).toBeChecked();
    await keepPictures(first, '4-train-device');
    // One that has trained and verifies from now on, and one that waits.
    if (onLinux) await expect.poll(() => gpusShown(first)).toEqual(['-1', '-1']);
  });
  await first.window.waitForTimeout(1000);
  await first.close();

  const again = await launchApp(userData, folder);
  const after = new Journey(again.window);
  await after.go('Train');
  const remembered = again.window.getByRole('switch', { name: 'CPU only' });
  await expect(remembered).toBeChecked();
  if (onLinux) await expect.poll(() => gpusShown(again)).toEqual(['-1']);
  await remembered.click();
  await expect(remembered).not.toBeChecked();
  if (onLinux) await expect.poll(() => gpusShown(again)).toEqual([usual]);
  expect([...first.errors, ...again.errors]).toEqual([]);
  await again.close();
});
