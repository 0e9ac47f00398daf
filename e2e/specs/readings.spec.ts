import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, launchApp, test } from '../fixtures/app';
import { loadAxe, violations } from '../fixtures/axe';
import { keepPictures } from '../fixtures/screens';
import { dropFiles, writeDoubtfulHours } from '../fixtures/weather-files';
import { Journey } from '../pages/journey';

test('doubtful readings are seen, stepped through, struck, taken back, and stay so in the model', async ({
  app,
}) => {
  // Three trainings, of which two are also verified.
  test.slow();
  const { window } = app;
  const journey = new Journey(window);
  await loadAxe(app);
  await dropFiles(app, [await writeDoubtfulHours(app.folder)]);
  const { readings } = journey;
  await readings.heading.waitFor();

  await expect(readings.marks('spike')).toContainText('Spike 2');
  await expect(readings.marks('stuck')).toContainText('Stuck 60');
  await expect(readings.marks('repeated')).toContainText('Repeated time 30');
  await expect(window.getByText(/^30 of 2,910 rows of “doubtful\.csv” repeat the time/)).toBeVisible();
  const whole = /^temperature \(°C\) from 2023-01-01 00:00 to .* In the whole column: Spike 2, Stuck 60/;
  await expect(readings.chart('temperature')).toHaveAttribute('aria-label', whole);

  await readings.keepAll('Spike');
  await expect(readings.marks('spike')).toHaveCount(0);
  await readings.undo.click();
  await expect(readings.marks('spike')).toContainText('Spike 2');

  const next = readings.next('Spike');
  await next.focus();
  await window.keyboard.press('Enter');
  await expect(readings.marks('spike')).toContainText('1 of 2');
  await window.keyboard.press('Enter');
  await expect(readings.marks('spike')).toContainText('2 of 2');
  await expect(readings.from).toHaveValue('2023-02-10T05:00');
  expect(await violations(app)).toEqual([]);
  await readings.chart('pressure').scrollIntoViewIfNeeded();
  await keepPictures(app, '21-readings');

  await readings.strike();
  await expect(readings.marks('spike')).toContainText('Spike 1');
  await expect(readings.marks('struck')).toContainText('Struck 1');
  await readings.next('Stuck').click();
  await expect(readings.from).toHaveValue('2023-03-01T00:00');
  await readings.strike();
  await expect(readings.marks('struck')).toContainText('Struck 61');
  await expect(readings.marks('stuck')).toHaveCount(0);
  await window.keyboard.press('Control+z');
  await expect(readings.marks('stuck')).toContainText('Stuck 60');
  await window.keyboard.press('Control+Shift+z');
  await expect(readings.marks('struck')).toContainText('Struck 61');
  await readings.undo.click();
  await readings.undo.click();
  await expect(readings.marks('struck')).toHaveCount(0);
  await expect(readings.undo).toBeDisabled();
  await readings.redo.click();
  await readings.redo.click();
  await expect(readings.marks('struck')).toContainText('Struck 61');
  await journey.speak('한국어');
  await expect(readings.marks('struck')).toContainText('지운 값 61');
  await readings.chart('pressure').scrollIntoViewIfNeeded();
  await keepPictures(app, '21-readings-ko');
  await journey.speak('English');

  await journey.next('Columns');
  await journey.next('Model');
  await journey.model.showSettings();
  await journey.model.setNumber('Epochs', 2);
  await journey.model.startTraining();
  await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();
  const runs = join(app.folder, 'user-data', 'runs');
  const [run = ''] = await readdir(runs);
  const record = JSON.parse(await readFile(join(runs, run, 'run.json'), 'utf8')) as {
    readonly columns: readonly { readonly name: string; readonly struck?: readonly object[] }[];
  };
  const { struck } = record.columns.find(({ name }) => name === 'temperature (°C)')!;
  const at = (time: string): number => Date.parse(`${time}:00Z`);
  expect(struck).toEqual([
    { from: at('2023-02-10T05:00'), to: at('2023-02-10T05:00') },
    { from: at('2023-03-01T00:00'), to: at('2023-03-03T11:00') },
  ]);

  // With the two epochs that are set.
  await journey.step('Data').click();
  await readings.compareCleaning();
  const sentence = /Trained without the \d+ readings that were taken out, .* same [\d,]+ windows/;
  await expect(readings.cleaning).toContainText(sentence);
  await readings.cleaning.scrollIntoViewIfNeeded();
  expect(await violations(app)).toEqual([]);
  await keepPictures(app, '21-cleaning');
  await journey.speak('한국어');
  await expect(readings.cleaning).toContainText('같은 설정');
  await keepPictures(app, '21-cleaning-ko');
  await journey.speak('English');
  expect(app.errors).toEqual([]);
});

test('what was struck is there again after another file was opened, and after a start', async ({
  folder,
}) => {
  const userData = join(folder, 'user-data');
  const path = await writeDoubtfulHours(folder);
  const app = await launchApp(userData, folder);
  const journey = new Journey(app.window);
  const { readings } = journey;
  await dropFiles(app, [path]);
  await readings.next('Spike').click();
  await readings.strike();
  await readings.next('Spike').click();
  await expect(readings.from).toHaveValue('2023-02-10T05:00');
  await readings.strike();
  await expect(readings.marks('struck')).toContainText('Struck 2');
  await journey.button('Open another').click();
  await journey.button(/^Open Seattle/).click();
  await expect(app.window.getByRole('img', { name: /^temp_max .* from 2012-01-01/ })).toBeVisible();
  await expect(readings.marks('struck')).toHaveCount(0);
  await app.close();

  const again = await launchApp(userData, folder);
  const later = new Journey(again.window);
  await expect(again.window.getByRole('img', { name: /^temp_max .* from 2012-01-01/ })).toBeVisible();
  await expect(later.readings.marks('struck')).toHaveCount(0);
  await dropFiles(again, [path]);
  await expect(later.readings.marks('struck')).toContainText('Struck 2');
  await again.close();
  expect([...app.errors, ...again.errors]).toEqual([]);
});
