import { expect, launchApp, test, type RunningApp } from '../fixtures/app';
import { keepPictures } from '../fixtures/screens';
import {
  dropFiles,
  writeGermanConsole,
  writeKoreanPortal,
  writeOneAmericanDay,
  writeThreeMonths,
  writeTwoStations,
  writeWeewxDatabase,
} from '../fixtures/weather-files';
import { Journey } from '../pages/journey';

/** From the Data screen, with a file open, to a model with its verdict. */
async function trainAndVerify(app: RunningApp, target: RegExp): Promise<void> {
  const { window } = app;
  await new Journey(window).next('Columns');
  await expect(window.getByRole('combobox', { name: target })).toHaveText(/Target/);
  await trainFromColumns(app);
}

async function trainFromColumns(app: RunningApp): Promise<void> {
  const { window } = app;
  const journey = new Journey(window);
  await journey.next('Model');
  await journey.model.setNumber('Epochs', 3);
  await expect(journey.button('Train').last()).toBeEnabled();
  await journey.model.startTraining();
  await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();
  await journey.next('Verify');
  await expect(journey.verify.sentence).toBeVisible();
  expect(app.errors).toEqual([]);
}

const fact = (app: RunningApp, name: string) =>
  app.window.getByRole('region', { name: 'What was found' }).locator('dt', { hasText: name }).locator('..');

test('a console export in German, dropped, becomes a trained model', async ({ app }) => {
  const { window } = app;
  await dropFiles(app, [await writeGermanConsole(app.folder)]);
  await expect(fact(app, 'Rows')).toContainText('650');
  await expect(fact(app, 'Encoding')).toContainText('UTF-8');
  await expect(fact(app, 'Period')).toContainText('2021-03-04 00:57');
  const lines = window.getByRole('region', { name: /^First lines of the file/ });
  await expect(lines.getByRole('listitem').first()).toContainText('header');
  await expect(lines).toContainText('Temperatur Außen(℃)');
  await keepPictures(app, '10-german-console');
  await trainAndVerify(app, /^Role of Temperatur Außen/);
});

test('a file in CP949, dropped, becomes a trained model', async ({ app }) => {
  await dropFiles(app, [await writeKoreanPortal(app.folder)]);
  await expect(fact(app, 'Rows')).toContainText('731');
  await expect(fact(app, 'Encoding')).toContainText('CP949');
  await expect(app.window.getByRole('region', { name: /^First lines/ })).toContainText('평균기온(°C)');
  await trainAndVerify(app, /^Role of 평균기온/);
});

test('a WeeWX database, dropped, becomes a trained model', async ({ app }) => {
  await dropFiles(app, [await writeWeewxDatabase(app.folder)]);
  await expect(fact(app, 'Rows')).toContainText('744');
  await expect(fact(app, 'Format')).toContainText(/WeeWX|SQLite/);
  const quality = app.window.getByRole('region', { name: 'Quality' });
  await expect(quality.getByRole('row', { name: /^outTemp/ })).toContainText('°F');
  await keepPictures(app, '11-weewx');
  await trainAndVerify(app, /^Role of outTemp/);
});

test('three months dropped together are joined and become a trained model', async ({ app }) => {
  const [january = '', february = '', march = ''] = await writeThreeMonths(app.folder);
  await dropFiles(app, [march, january, february]);
  await expect(fact(app, 'Rows')).toContainText('2,160');
  const files = app.window.getByRole('region', { name: 'Files' });
  await expect(files).toContainText('24 rows were left out');
  await expect(files.getByRole('row').nth(1)).toContainText('2023-01.csv');
  await keepPictures(app, '12-three-months');
  await trainAndVerify(app, /^Role of Temperatur/);
});

test('of a file of two stations one is read, and the other can be chosen', async ({ app }) => {
  const { window, folder } = app;
  await dropFiles(app, [await writeTwoStations(folder)]);
  await expect(fact(app, 'Rows')).toContainText('731');
  await expect(window.getByText(/holds readings of 2 stations\. Those of “서울” are taken/)).toBeVisible();
  await new Journey(window).button('Show choices').click();
  await window.getByRole('combobox', { name: 'Station' }).click();
  await window.getByRole('option', { name: '부산', exact: true }).click();
  await expect(fact(app, 'Rows')).toContainText('366');
  await expect(window.getByText(/Those of “부산” are taken/)).toBeVisible();
  await keepPictures(app, '15-two-stations');
  expect(app.errors).toEqual([]);
});

test('the time axis is a choice: its step, the longest gap to fill, inputs made from others', async ({
  app,
}) => {
  const { window, folder } = app;
  const journey = new Journey(window);
  await dropFiles(app, [await writeWeewxDatabase(folder)]);
  await journey.next('Columns');
  await window.getByRole('combobox', { name: 'Time step' }).click();
  await window.getByRole('option', { name: '3 h', exact: true }).click();
  await window.getByRole('combobox', { name: 'Longest gap to fill' }).click();
  await window.getByRole('option', { name: 'Up to 6 steps (18 h)' }).click();
  await window.getByRole('switch', { name: 'Dew point' }).click();
  await expect(window.getByRole('switch', { name: 'Wind u and v' })).toBeDisabled();
  await expect(window.getByText(/^Inputs in order: .*outTemp.*, Dew point$/)).toBeVisible();
  await window.getByRole('heading', { name: 'Time axis' }).scrollIntoViewIfNeeded();
  await keepPictures(app, '16-time-axis');
  await trainFromColumns(app);
});

test('a choice of reading shows its effect at once, and is remembered', async ({ app }) => {
  const { window, folder } = app;
  const journey = new Journey(window);
  await dropFiles(app, [await writeOneAmericanDay(folder)]);
  await expect(fact(app, 'Period')).toContainText('2023-04-03 00:00');
  // HTML in a header is text.
  await expect(window.getByRole('region', { name: /^First lines/ })).toContainText('<b>temp</b>');

  await journey.button('Show choices').click();
  await window.getByRole('combobox', { name: 'Date format' }).click();
  await expect(window.getByRole('option', { name: /^As detected \(DD\/MM\/YYYY HH:mm\)/ })).toBeVisible();
  await window.getByRole('option', { name: 'MM/DD/YYYY HH:mm', exact: true }).click();
  await expect(fact(app, 'Period')).toContainText('2023-03-04 00:00');
  await expect(window.getByText(/^Read with these choices: 144 rows, 2023-03-04/)).toBeVisible();
  await keepPictures(app, '13-read-differently');

  await test.step('a choice that cannot be read says so, and the table stays', async () => {
    await window.getByRole('combobox', { name: 'Delimiter' }).click();
    await window.getByRole('option', { name: 'vertical bar' }).click();
    await expect(window.getByText('It cannot be read that way')).toBeVisible();
    await expect(fact(app, 'Rows')).toContainText('144');
    await keepPictures(app, '14-cannot-be-read');
    await window.getByRole('combobox', { name: 'Delimiter' }).click();
    await window.getByRole('option', { name: /^As detected \(comma\)/ }).click();
    await expect(window.getByText('It cannot be read that way')).toBeHidden();
    await expect(fact(app, 'Period')).toContainText('2023-03-04 00:00');
  });

  await test.step('after a restart the choice is still there', async () => {
    await window.waitForTimeout(600);
    await app.close();
    const again = await launchApp(`${folder}/user-data`, folder);
    await expect(fact(again, 'Period')).toContainText('2023-03-04 00:00');
    await expect(again.window.getByRole('combobox', { name: 'Date format' })).toHaveText('MM/DD/YYYY HH:mm');
    await again.window.getByRole('button', { name: 'Reset to detected' }).click();
    await expect(fact(again, 'Period')).toContainText('2023-04-03 00:00');
    expect(again.errors).toEqual([]);
    await again.close();
  });
  expect(app.errors).toEqual([]);
});
