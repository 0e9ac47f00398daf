import { expect, test } from '../fixtures/app';
import { loadAxe, violations } from '../fixtures/axe';
import { keepPictures } from '../fixtures/screens';
import { dropFiles, writeDoubtfulHours, writeSeldomSun, writeWeewxArchive } from '../fixtures/weather-files';
import { Journey } from '../pages/journey';

test('a WeeWX database, dropped, becomes the forecast of tomorrow with no setting touched', async ({
  app,
}) => {
  const { window } = app;
  const journey = new Journey(window);
  const left = journey.columns.leftOut;
  await loadAxe(app);
  await dropFiles(app, [await writeWeewxArchive(app.folder)]);
  await journey.data.found.waitFor();

  await journey.next('Columns');
  await expect(journey.columns.role('outTemp')).toHaveText(/Target/);
  await expect(window.getByText('Inputs in order: outTemp, outHumidity, barometer, rain')).toBeVisible();
  await journey.button(/^Show all/).click();
  for (const line of [
    /^inTemp is measured indoors/,
    /^pressure tells the same as “barometer”/,
    /^dewpoint is computed from “outTemp”/,
    /^extraTemp1 is empty in 99\.9 % of the rows/,
    /^rxCheckPercent tells of the equipment/,
  ]) {
    await expect(left.filter({ hasText: line })).toHaveCount(1);
  }
  expect(await violations(app)).toEqual([]);
  await window.getByRole('heading', { name: 'Left out, and why' }).scrollIntoViewIfNeeded();
  await keepPictures(app, '20-left-out');
  await journey.speak('한국어');
  await expect(left.filter({ hasText: /^inTemp 실내에서 잰 값입니다/ })).toHaveCount(1);
  await keepPictures(app, '20-left-out-ko');
  await journey.speak('English');

  await journey.next('Model');
  const tomorrow = journey.button('Tomorrow, hour by hour');
  await expect(tomorrow).toHaveAttribute('aria-pressed', 'true');
  await expect(window.getByText('outTemp: 1 day ahead, step 1 h')).toBeVisible();
  await expect(window.getByLabel('Horizon', { exact: true })).toHaveCount(0);
  await expect(journey.model.windowsShape).toHaveText(/^\(\d+, 48, 10\)$/);
  expect(await violations(app)).toEqual([]);
  await keepPictures(app, '20-questions');

  await journey.model.startTraining();
  await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();
  await journey.next('Verify');
  await expect(journey.verify.verdict).toContainText('°C');
  await journey.next('Forecast');
  const values = journey.forecast.values;
  await expect(values.getByRole('row', { name: /^2023-05-15/ })).toHaveCount(24);
  expect(app.errors).toEqual([]);
});

test('of a file of hours the highs and lows of the next week are one click away', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  await loadAxe(app);
  await dropFiles(app, [await writeDoubtfulHours(app.folder)]);
  await journey.data.found.waitFor();
  await journey.next('Columns');
  await journey.next('Model');
  await expect(window.getByText('temperature (°C) max, temperature (°C) min: 7 days ahead')).toBeVisible();
  const both = journey.button('Highs and lows of the next 7 days');
  await both.click();
  await expect(both).toHaveAttribute('aria-pressed', 'true');
  // Seven lead times of two targets.
  await expect(window.getByText('(32, 14)')).toBeVisible();
  await keepPictures(app, '20-highs-and-lows');
  await journey.go('Columns');
  await expect(window.getByText('the highest and the lowest of each step')).toBeVisible();
  expect(await violations(app)).toEqual([]);
  await keepPictures(app, '20-highs-and-lows-columns');
  await journey.next('Model');
  await journey.model.startTraining();
  await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();

  await journey.next('Verify');
  const choice = window.getByRole('combobox', { name: 'Which target of this training' });
  await expect(choice).toHaveText('Target: temperature (°C) max');
  await expect(journey.verify.verdict).toContainText('°C');
  await keepPictures(app, '20-highs-and-lows-verify');
  await journey.next('Forecast');
  await expect(journey.forecast.values.getByRole('row', { name: /^2023-05-0/ })).toHaveCount(7);
  await keepPictures(app, '20-highs-and-lows-forecast');
  await choice.click();
  await window.getByRole('option', { name: 'Target: temperature (°C) min' }).click();
  await expect(window.getByRole('heading', { name: /\(°C\) min/ })).toBeVisible();
  await journey.speak('한국어');
  await keepPictures(app, '20-highs-and-lows-forecast-ko');
  expect(app.errors).toEqual([]);
});

test('another question is asked by keyboard, and settles target, step and horizon', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  const shape = journey.model.windowsShape;
  await journey.data.openSample('Seattle');
  await journey.next('Columns');
  await journey.next('Model');
  await expect(journey.button('The next 7 days', true)).toHaveAttribute('aria-pressed', 'true');
  await expect(shape).toHaveText('(1448, 7, 8)');
  await expect(journey.button('The next hours')).toBeDisabled();

  const both = journey.button('Highs and lows of the next 7 days');
  await both.focus();
  await window.keyboard.press('Enter');
  await expect(both).toHaveAttribute('aria-pressed', 'true');
  // Seven lead times of two targets.
  await expect(window.getByText('(32, 14)')).toBeVisible();

  await journey.button('The rain of tomorrow').click();
  await expect(journey.button('The rain of tomorrow')).toHaveAttribute('aria-pressed', 'true');
  await expect(window.getByText('(32, 1)')).toBeVisible();
  await journey.model.showSettings();
  await expect(window.getByLabel('Horizon', { exact: true })).toHaveValue('1');
  await journey.speak('한국어');
  await keepPictures(app, '20-questions-ko');
  await journey.speak('English');

  await journey.model.setNumber('Horizon', 2);
  await expect(journey.button('My own choice')).toHaveAttribute('aria-pressed', 'true');
  await journey.go('Columns');
  await expect(journey.columns.role('precipitation')).toHaveText(/Target/);
  expect(app.errors).toEqual([]);
});

test('a column that is brought back and leaves no window: what is at fault, and ways out that work', async ({
  app,
}) => {
  const { window } = app;
  const journey = new Journey(window);
  await dropFiles(app, [await writeSeldomSun(app.folder)]);
  await journey.data.found.waitFor();
  await journey.next('Columns');
  const use = journey.button('Use it: sunshine (h)');
  await use.focus();
  await window.keyboard.press('Enter');
  await expect(use).toHaveCount(0);
  await expect(journey.columns.role('sunshine')).toHaveText('Input');
  await window.getByRole('combobox', { name: /^Where a reading is missing of sunshine/ }).click();
  await window.getByRole('option', { name: /^Leave out/ }).click();

  await journey.next('Model');
  await expect(window.getByText(/No window is left .* gaps in “sunshine \(h\)”/)).toBeVisible();
  await expect(journey.button('Train').last()).toBeDisabled();
  await expect(journey.button('Let gaps of sunshine (h) hold the last reading')).toBeVisible();
  await keepPictures(app, '20-remedies');
  await journey.button('Leave out sunshine (h)').click();
  await expect(journey.model.windowsShape).toHaveText('(287, 7, 6)');
  await expect(journey.button('Train').last()).toBeEnabled();
  expect(app.errors).toEqual([]);
});
