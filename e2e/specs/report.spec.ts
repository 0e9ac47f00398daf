import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerDialogs, expect, test } from '../fixtures/app';
import { countPages } from '../fixtures/pdf';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

test('from a file to a report; the lesson’s model loses, and the screen says so', async ({ app }) => {
  const { window, electron, folder } = app;
  const journey = new Journey(window);
  await journey.data.openSample('Seoul-like');
  await journey.next('Columns');
  await journey.next('Model');
  await journey.model.choosePreset('Tutorial');

  await test.step('a border is moved by keyboard, and goes back', async () => {
    const border = window.getByRole('slider', { name: 'Test from' });
    await expect(border).toHaveAttribute('aria-valuetext', '2022-08-09');
    await border.focus();
    await window.keyboard.press('ArrowLeft');
    await expect(border).toHaveAttribute('aria-valuetext', '2022-08-08');
    await border.scrollIntoViewIfNeeded();
    await keepPictures(app, '3-model-parts');
    await journey.button('Back to shares').click();
    await expect(border).toHaveAttribute('aria-valuetext', '2022-08-09');
  });

  await journey.model.startTraining();
  await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();
  await journey.next('Verify');
  await expect(journey.verify.verdict).toHaveText(/^The LSTM loses: its RMSE of /);
  await keepPictures(app, '5-verify-loses');

  await test.step('importance and re-training', async () => {
    await journey.button('Measure').click();
    await expect(window.getByTestId('dispensable')).toBeVisible();
    await journey.button('Go through it').click();
    await expect(journey.verify.rolling).toHaveText(/^Trained again 4 times/);
    await journey.verify.rolling.scrollIntoViewIfNeeded();
    await keepPictures(app, '5-verify-analysis');
  });

  await test.step('the report as PDF and as a page', async () => {
    const pdf = join(folder, 'report.pdf');
    await answerDialogs(electron, pdf);
    await journey.button('Save report…').click();
    await expect(window.getByText(pdf)).toBeVisible();
    expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-');
    expect(countPages(await readFile(pdf))).toBe(1);
    const page = join(folder, 'report.html');
    await answerDialogs(electron, page);
    await journey.button('Save report…').click();
    await expect(window.getByText(page)).toBeVisible();
    const report = await readFile(page, 'utf8');
    expect(report).toContain('<html lang="en">');
    expect(report).toContain('The LSTM loses');
    expect(report).toMatch(/the 95 % ones \d+\.\d %\./);
    // The lesson keeps no validation part.
    expect(report).toContain('No validation part was kept');
  });

  await test.step('the report in the language of the window', async () => {
    await journey.speak('한국어');
    const pdf = join(folder, 'korean.pdf');
    await answerDialogs(electron, pdf);
    await journey.button('보고서 저장…').click();
    await expect(window.getByText(pdf)).toBeVisible();
    expect(countPages(await readFile(pdf))).toBe(1);
    const page = join(folder, 'korean.html');
    await answerDialogs(electron, page);
    await journey.button('보고서 저장…').click();
    await expect(window.getByText(page)).toBeVisible();
    const report = await readFile(page, 'utf8');
    expect(report).toContain('<html lang="ko">');
    const verdict = (await journey.verify.verdict.innerText()).trim();
    expect(verdict).toMatch(/^LSTM이 졌습니다/);
    expect(report).toContain(verdict.replaceAll('<', '&lt;'));
    await journey.speak('English');
  });

  await test.step('newer readings are added to the run', async () => {
    await journey.next('Forecast');
    await expect(window.getByRole('row', { name: /^2023-01-01/ })).toBeVisible();
    const sample = await readFile('resources/samples/seoul-synthetic-2021-2022.csv', 'utf8');
    const [header = '', ...rows] = sample.trim().split(/\r?\n/);
    const newer = join(folder, 'newer.csv');
    const january = rows.slice(0, 31).map((row) => row.replace('2021-', '2023-'));
    await writeFile(newer, [header, ...january].join('\n'));
    await answerDialogs(electron, newer);
    await journey.button('Add newer readings…').click();
    await expect(window.getByText(/^31 newer readings were added/)).toBeVisible();
    await expect(window.getByRole('row', { name: /^2023-02-01/ }).first()).toBeVisible();
    await expect(journey.forecast.runningScores).toHaveText(/^Of the values forecast so far 1 /);
    await journey.forecast.runningScores.scrollIntoViewIfNeeded();
    await keepPictures(app, '6-forecast-log');
  });
  expect(app.errors).toEqual([]);
});
