import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { answerDialogs, expect, test } from '../fixtures/app';
import { trainersAtRest, watchFirstEpoch } from '../fixtures/first-epoch';
import { watchStalls } from '../fixtures/stalls';
import { Journey } from '../pages/journey';

/** The shape of the Jena data set, which half the tutorials train on: 420,551 readings of 14 variables, ten minutes apart. */
const ROWS = 420_551;
const VARIABLES = 14;
/** How long is watched while it trains; a minute on request. */
const trainingSeconds = Number(process.env['HINDCAST_FLUID_SECONDS'] ?? 20);

// What our code does it does again: a stall that comes once in three tries is the machine's.
test.describe.configure({ retries: 2 });

/** Some eight years. */
async function writeLargeFile(path: string): Promise<void> {
  const file = createWriteStream(path);
  const names = Array.from({ length: VARIABLES - 1 }, (_, index) => `sensor ${index + 1}`);
  file.write(`date,temperature,${names.join(',')}\n`);
  const start = Date.UTC(2014, 0, 1);
  for (let from = 0; from < ROWS; from += 5000) {
    const count = Math.min(5000, ROWS - from);
    const lines = Array.from({ length: count }, (_, index) => {
      const row = from + index;
      const time = new Date(start + row * 600_000).toISOString().slice(0, 16).replace('T', ' ');
      const season = Math.sin((2 * Math.PI * row) / 52_560);
      const day = Math.sin((2 * Math.PI * row) / 144);
      // For two days it stands still.
      const isStuck = row >= 100_000 && row < 100_288;
      const temperature = isStuck ? '12.3' : (10 + 10 * season + 5 * day + (row % 7) / 10).toFixed(1);
      const others = names.map((_, sensor) => (day * sensor + (row % (13 + sensor)) / 2).toFixed(1));
      return `${time},${temperature},${others.join(',')}\n`;
    });
    if (!file.write(lines.join('')))
      await new Promise<void>((resolve) => file.once('drain', () => resolve()));
  }
  file.end();
  await finished(file);
}

test('420,551 rows: neither reading nor scrolling nor choosing nor training while zooming blocks a thread for over 50 ms', async ({
  app,
}) => {
  test.setTimeout(900_000 + 9 * trainingSeconds * 1000);
  const { window, electron, folder } = app;
  const journey = new Journey(window);
  const path = join(folder, 'ten-minutes.csv');
  await writeLargeFile(path);
  await answerDialogs(electron, path);

  const nothing = { window: [], main: [] };
  const reading = await watchStalls(app);
  await journey.data.chooseFile();
  // Not `expect`: while it waits it takes a picture of all that a screen reader would be told, in the thread that is watched.
  await window.getByText('420,551').first().waitFor();

  const course = window.getByRole('img', { name: /^temperature \(°C\) from 2014-01-01/ });
  await course.waitFor();
  // Every column is looked through for doubtful readings meanwhile.
  await window.locator('[aria-busy="false"] li[data-mark="stuck"]').waitFor();
  await course.scrollIntoViewIfNeeded();
  await course.hover();
  await window.keyboard.down('Control');
  for (const turn of [-240, -240, -240, -240, 240, 240]) {
    await window.mouse.wheel(0, turn);
    await window.waitForTimeout(120);
  }
  await window.keyboard.up('Control');
  await window.mouse.down();
  for (let step = 1; step <= 20; step += 1) await window.mouse.move(700 + 15 * step, 400);
  await window.mouse.up();
  await journey.readings.next('Stuck').click();
  await window.getByText(/^1 of/).waitFor();
  await journey.readings.strike();
  await journey.readings.marks('struck').waitFor();
  await journey.readings.undo.click();
  await journey.readings.marks('struck').waitFor({ state: 'detached' });

  const preview = window.getByRole('region', { name: /^Readings as they stand in the file/ });
  await preview.scrollIntoViewIfNeeded();
  await preview.hover();
  for (let turn = 0; turn < 60; turn += 1) await window.mouse.wheel(0, 120 + turn * turn * 40);
  await preview.focus();
  await window.keyboard.press('End');
  await preview.getByText('420,551').waitFor();
  await preview.getByText('2021-12-30 11:40').waitFor();

  expect(await reading()).toEqual(nothing);

  const choosing = await watchStalls(app);
  await journey.go('Columns');
  await window.getByTestId('column-row').nth(VARIABLES).waitFor();
  await journey.go('Model');
  await journey.model.setNumber('Window', 120);
  await journey.model.windowsShape.filter({ hasText: ', 120, ' }).waitFor();
  expect(await choosing()).toEqual(nothing);

  await journey.model.startTraining();
  // The first drawing of the Train screen is not training: the watch begins when its chart stands.
  await window.waitForTimeout(1000);
  const chart = window.getByRole('img', { name: /Loss curves/ });
  const zoomFor = async (seconds: number): Promise<void> => {
    const end = Date.now() + seconds * 1000;
    await chart.hover();
    while (Date.now() < end) {
      for (const turn of [-240, -240, -240, 240, 240, 240]) {
        await window.mouse.wheel(0, turn);
        await window.waitForTimeout(120);
      }
      await window.getByRole('button', { name: 'Show all' }).click();
      await chart.hover();
    }
  };
  // Again at most twice: see above.
  await expect(async () => {
    const training = await watchStalls(app);
    await zoomFor(trainingSeconds);
    expect(await training()).toEqual(nothing);
  }).toPass({ timeout: 3 * trainingSeconds * 1000 });
  await journey.button('Cancel').click();
  const confirm = window.getByRole('button', { name: 'Throw away' });
  await confirm.or(journey.heading('Model')).first().waitFor();
  if (await confirm.isVisible()) await confirm.click();
  await expect(journey.heading('Model')).toBeVisible();
  expect(app.errors).toEqual([]);
});

test('no screen holds the window for over 50 ms, be it drawn for the first time or again', async ({
  app,
}) => {
  const { window } = app;
  const journey = new Journey(window);
  const seen: Record<string, unknown> = {};
  const watched = async (name: string, work: () => Promise<void>): Promise<void> => {
    const end = await watchStalls(app);
    await work();
    // Long screens are put up part by part.
    await window.waitForTimeout(1000);
    seen[name] = await end();
  };
  await watched('Data', () => journey.data.openSample('Seattle'));
  await watched('Columns', () => journey.next('Columns'));
  await watched('Model', () => journey.next('Model'));
  await watched('Train', async () => {
    await journey.model.startTraining();
    await window.getByText(/Training (is complete|stopped early)/).waitFor();
  });
  await watched('Verify', () => journey.next('Verify'));
  await watched('Verify, to its end', async () => {
    await window.mouse.move(700, 400);
    for (let turn = 0; turn < 12; turn += 1) {
      await window.mouse.wheel(0, 600);
      await window.waitForTimeout(200);
    }
  });
  await watched('Forecast', () => journey.next('Forecast'));
  await watched('Inside', () => journey.go('Inside'));
  await watched('Verify again', () => journey.go('Verify'));
  const nothing = { window: [], main: [] };
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, nothing])));
});

test('the first epoch is on the screen within 600 ms of the press of Train', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  await journey.data.openSample('Seoul-like');
  await journey.next('Columns');
  await journey.next('Model');
  await journey.model.choosePreset('Recommended');
  const milliseconds: number[] = [];
  // Wall time, which other programs stretch: the goal of 300 ms is for a quiet machine and is seen in the lines written below.
  const limit = 600;
  // Other programs may take the machine for a moment: what we do slowly is slow each time.
  while (milliseconds.length < 6 && !milliseconds.some((each) => each < limit)) {
    await expect(journey.button('Train').last()).toBeEnabled();
    await trainersAtRest(app, milliseconds.length === 0 ? 1 : 2);
    const shown = await watchFirstEpoch(app);
    await journey.model.startTraining();
    const { written, drawn } = await shown();
    milliseconds.push(drawn);
    const measured = `written after ${Math.round(written)} ms, drawn after ${Math.round(drawn)} ms`;
    test.info().annotations.push({ type: 'first epoch', description: measured });
    process.stdout.write(`     First epoch ${measured}\n`);
    await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();
    await journey.go('Model');
  }
  expect(Math.min(...milliseconds)).toBeLessThan(limit);
  expect(app.errors).toEqual([]);
});

test('the watch for stalls is not blind', async ({ app }) => {
  const end = await watchStalls(app);
  // Longer than what is asked for: on a busy machine other programs have a part of it. A task of the page's own, since what
  // the test evaluates is none.
  await app.window.evaluate(
    (milliseconds) =>
      new Promise<void>((resolve) => {
        setTimeout(() => {
          const until = performance.now() + milliseconds;
          while (performance.now() < until);
          resolve();
        });
      }),
    1500,
  );
  await app.electron.evaluate((_, milliseconds) => {
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
  }, 1500);
  await app.window.waitForTimeout(100);
  const stalls = await end();
  expect(Math.max(...stalls.window)).toBeGreaterThan(50);
  expect(Math.max(...stalls.main)).toBeGreaterThan(50);
});
