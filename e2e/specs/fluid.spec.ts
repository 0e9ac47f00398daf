import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { answerDialogs, expect, test } from '../fixtures/app';
import { watchStalls, type Stalls } from '../fixtures/stalls';
import { Journey } from '../pages/journey';

const rows = 500_000;

/** Half a million readings, ten minutes apart: some nine and a half years. */
async function writeLargeFile(path: string): Promise<void> {
  const file = createWriteStream(path);
  file.write('date,temperature,humidity,wind\n');
  const start = Date.UTC(2014, 0, 1);
  for (let from = 0; from < rows; from += 5000) {
    const lines = Array.from({ length: 5000 }, (_, index) => {
      const row = from + index;
      const time = new Date(start + row * 600_000).toISOString().slice(0, 16).replace('T', ' ');
      const season = Math.sin((2 * Math.PI * row) / 52_560);
      const temperature = (
        10 +
        10 * season +
        5 * Math.sin((2 * Math.PI * row) / 144) +
        (row % 7) / 10
      ).toFixed(1);
      return `${time},${temperature},${60 + (row % 31)},${((row % 13) / 2).toFixed(1)}\n`;
    });
    if (!file.write(lines.join('')))
      await new Promise<void>((resolve) => file.once('drain', () => resolve()));
  }
  file.end();
  await finished(file);
}

test('half a million rows: neither reading nor scrolling nor training blocks a thread for over 50 ms', async ({
  app,
}) => {
  const { window, electron, folder } = app;
  const journey = new Journey(window);
  const path = join(folder, 'ten-minutes.csv');
  await writeLargeFile(path);
  await answerDialogs(electron, path);

  const expectFluid = async (end: () => Promise<Stalls>): Promise<void> => {
    const stalls = await end();
    expect(stalls.window).toEqual([]);
    expect(stalls.main).toBeLessThanOrEqual(50);
  };

  const reading = await watchStalls(app);
  await journey.chooseFile();
  await expect(window.getByText('500,000').first()).toBeVisible({ timeout: 60_000 });

  const preview = window.getByRole('region', { name: /^Readings as they stand in the file/ });
  await preview.scrollIntoViewIfNeeded();
  await preview.hover();
  for (let turn = 0; turn < 60; turn += 1) await window.mouse.wheel(0, 120 + turn * turn * 40);
  await preview.focus();
  await window.keyboard.press('End');
  await expect(preview.getByText('500,000')).toBeVisible();
  await expect(preview.getByText('2023-07-05 05:10')).toBeVisible();

  await expectFluid(reading);

  await journey.go('Model');
  await journey.setNumber('Horizon', 6);
  await expect(journey.button('Train').last()).toBeEnabled();
  await journey.startTraining();
  // The first drawing of the Train screen is not training: the watch begins when its chart stands.
  await window.waitForTimeout(1000);
  const training = await watchStalls(app);
  await window.waitForTimeout(4000);
  await expectFluid(training);
  await journey.button('Cancel').click();
  const confirm = window.getByRole('button', { name: 'Throw away' });
  await confirm.or(journey.heading('Model')).first().waitFor();
  if (await confirm.isVisible()) await confirm.click();
  await expect(journey.heading('Model')).toBeVisible();
  expect(app.errors).toEqual([]);
});
