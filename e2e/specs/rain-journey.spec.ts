import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerDialogs, expect, test } from '../fixtures/app';
import { countPages } from '../fixtures/pdf';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

test('rain: how likely it is, and what a blend is made of, in both languages', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  await journey.data.openSample('Seattle');
  await journey.next('Columns');
  await journey.columns.makeTarget('precipitation');
  await journey.next('Model');
  await journey.model.setNumber('Horizon', 3);
  await journey.model.setNumber('Epochs', 12);
  await journey.model.setNumber('Rain threshold', 2);
  await keepPictures(app, '15-rain-model');
  await journey.model.startTraining();
  await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();

  await journey.next('Verify');
  await expect(window.getByTestId('combination')).toHaveText(
    /^The forecast is \d+ % .*The shares were chosen without the test part/,
  );
  await expect(journey.verify.coverage).toHaveText(/^The 95 % intervals held \d+\.\d %/);
  await keepPictures(app, '15-rain-verify');
  const chance = journey.verify.rain;
  await expect(chance).toHaveText(/^At least 2\.0 mm fell in \d+\.\d % of the steps/);
  await expect(window.getByRole('img', { name: /^Reliability diagram/ })).toBeVisible();
  await chance.evaluate((element) => element.scrollIntoView());
  await keepPictures(app, '15-rain-chance');

  await journey.next('Forecast');
  const values = journey.forecast.values;
  await expect(values.getByRole('columnheader', { name: 'At least 2.0 mm' })).toBeVisible();
  const cells = values.getByRole('row', { name: /^2016-01-02/ }).getByRole('cell');
  await expect(cells.last()).toHaveText(/^\d+ %$/);
  // Lead, forecast, three intervals: none of them below zero.
  for (const text of await cells.allInnerTexts()) expect(text).not.toContain('-');
  await values.evaluate((element) => element.scrollIntoView());
  await keepPictures(app, '15-rain-forecast');

  await journey.speak('한국어');
  await keepPictures(app, '15-rain-forecast-ko');
  await journey.step('검증').click();
  await expect(journey.verify.rain).toContainText('이상의 비가 온 비율은');
  await journey.verify.coverage.evaluate((element) => element.scrollIntoView());
  await keepPictures(app, '15-rain-verify-ko');

  for (const [language, save] of [
    ['한국어', '보고서 저장…'],
    ['English', 'Save report…'],
  ] as const) {
    await window.getByRole('radio', { name: language }).click();
    const pdf = join(app.folder, `${language}.pdf`);
    await answerDialogs(app.electron, pdf);
    await journey.button(save).click();
    await expect(window.getByText(pdf)).toBeVisible();
    expect(countPages(await readFile(pdf))).toBe(1);
  }
  expect(app.errors).toEqual([]);
});

test('the slide rule of 1915 stands beside the chance of rain, with its record', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  const file = join(app.folder, 'hourly.csv');
  const hours = Array.from({ length: 1500 }, (_, hour) => {
    const fall = Math.sin(hour / 19);
    const rain = fall < -0.5 && hour % 3 > 0 ? 2 + (hour % 4) : 0;
    const time = new Date(Date.UTC(2024, 0, 1) + hour * 3_600_000).toISOString().slice(0, 16);
    return `${time},${(1013 + 15 * fall).toFixed(1)},${(10 + 3 * fall).toFixed(1)},${(180 + 90 * fall).toFixed(0)},${rain}`;
  });
  const header = 'time,pressure (hPa),temperature (°C),wind direction (°),rain (mm)';
  await writeFile(file, [header, ...hours, ''].join('\n'));
  await answerDialogs(app.electron, file);
  await journey.data.chooseFile();
  await journey.data.found.waitFor();
  await journey.next('Columns');
  await journey.columns.makeTarget('rain');
  await journey.next('Model');
  await journey.model.setNumber('Epochs', 2);
  await journey.model.startTraining();
  await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();
  await journey.next('Verify');
  const record = window.getByTestId('zambretti');
  await expect(record).toContainText('Zambretti');
  await record.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await keepPictures(app, '15-zambretti');
  await journey.speak('한국어');
  await record.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await keepPictures(app, '15-zambretti-ko');
  expect(app.errors).toEqual([]);
});
