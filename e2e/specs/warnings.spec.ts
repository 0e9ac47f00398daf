import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerDialogs, expect, test } from '../fixtures/app';
import { loadAxe, violations } from '../fixtures/axe';
import { openBeside } from '../fixtures/beside';
import { keepPicture, keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

test('a warning is set and its record seen, in both languages', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  await journey.data.openSample('Seattle');
  await journey.next('Columns');
  await journey.columns.makeTarget('temp_min');
  await journey.next('Model');
  await journey.model.setNumber('Epochs', 5);
  await journey.model.startTraining();
  await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();

  await journey.next('Verify');
  await expect(window.getByTestId('distribution')).toHaveText(/^Taken as a whole distribution/);
  await window.getByLabel('Cost of covering').fill('20');
  await window.getByLabel('Damage without it').fill('100');
  await expect(window.getByText('You are warned when the probability is above 20.0 %.')).toBeVisible();
  await journey.button('Warn me of this').click();
  const record = journey.verify.warningRecord;
  await expect(record).toHaveText(/^temp_min below 0 °C, 1 day ahead: it came in \d+\.\d % of \d+ windows/);
  const hits = window.getByRole('table', { name: 'Hits, misses and false alarms' });
  await expect(hits.getByRole('row', { name: /^Warned \(above 20\.0 %\)/ })).toHaveText(
    /\d+ hits.*\d+ false alarms/,
  );
  await expect(window.getByTestId('savings')).toHaveText(/you would have spent [\d,]+ with these warnings/);
  for (const picture of [/^ROC curve/, /^Reliability diagram/, /^Economic value/, /^PIT histogram/]) {
    await expect(window.getByRole('img', { name: picture })).toBeVisible();
  }
  await loadAxe(app);
  expect(await violations(app)).toEqual([]);
  await window.getByTestId('distribution').evaluate((element) => element.scrollIntoView());
  await keepPictures(app, '24-distribution');
  await record.evaluate((element) => element.scrollIntoView());
  await keepPictures(app, '24-warnings');

  await journey.speak('한국어');
  await expect(record).toContainText('미만');
  await record.evaluate((element) => element.scrollIntoView());
  await keepPictures(app, '24-warnings-ko');

  const table = window.getByTestId('forecast-warnings');
  await journey.step('예보').click();
  await expect(table).toContainText('미만');
  await table.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await keepPictures(app, '24-forecast-warnings-ko');
  await journey.speak('English');
  await expect(table).toContainText('Warned above 20 %: covering costs 20, the damage 100.');
  await expect(table).toContainText(/\d+ of \d+ warnings came true; \d+ of \d+ events were missed\./);
  expect(await violations(app)).toEqual([]);
  await table.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await keepPictures(app, '24-forecast-warnings');

  await journey.go('Verify');
  for (const [language, save] of [
    ['English', 'Save report…'],
    ['한국어', '보고서 저장…'],
  ] as const) {
    await journey.speak(language);
    const page = join(app.folder, `${language}.html`);
    await answerDialogs(app.electron, page);
    await journey.button(save).click();
    await expect(window.getByText(page)).toBeVisible();
    const report = await readFile(page, 'utf8');
    expect(report).toContain(language === 'English' ? 'temp_min below 0 °C' : '미만');
    const opened = await openBeside(app, `data:text/html;base64,${Buffer.from(report).toString('base64')}`);
    await keepPicture(opened, `24-report-${language === 'English' ? 'en' : 'ko'}`);
    await opened.window.close();
  }
  expect(app.errors).toEqual([]);
});
