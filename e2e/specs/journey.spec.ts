import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { acceptSuggestedName, answerDialogs, expect, test } from '../fixtures/app';
import { forecastWithExport } from '../fixtures/exported-model';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

test('from the Korean-headed sample to a forecast and an exported model', async ({ app }) => {
  const { window, electron, folder } = app;
  const journey = new Journey(window);

  await test.step('import', async () => {
    await keepPictures(app, '1-data-empty');
    await journey.data.openSample('Seoul-like');
    await expect(window.getByText('730', { exact: true }).first()).toBeVisible();
    await expect(window.getByText('2021-01-01').first()).toBeVisible();
    await keepPictures(app, '1-data');
  });

  await test.step('columns', async () => {
    await journey.next('Columns');
    await expect(journey.columns.role('일시')).toHaveText(/Time/);
    await expect(journey.columns.role('평균기온')).toHaveText(/Target/);
    await expect(journey.columns.role('강수량')).toHaveText(/Input/);
    await keepPictures(app, '2-columns');
  });

  await test.step('model', async () => {
    await journey.next('Model');
    await journey.model.choosePreset('Tutorial');
    await expect(window.getByText('724 × 6 × 4').or(window.getByText('(724, 6, 4)'))).toBeVisible();
    await journey.model.setNumber('Epochs', 8000);
    await keepPictures(app, '3-model');
  });

  await test.step('train, pause, resume, stop', async () => {
    await journey.model.startTraining();
    await journey.train.waitForEpoch(20);
    const chart = window.getByRole('img', { name: /Loss curves up to epoch/ });
    const early = await chart.getAttribute('aria-label');
    await expect.poll(() => chart.getAttribute('aria-label')).not.toBe(early);

    await journey.button('Pause').click();
    await expect(journey.button('Resume')).toBeVisible();
    await window.waitForTimeout(200);
    const paused = await journey.train.epoch();
    await keepPictures(app, '4-train-paused');
    await window.waitForTimeout(500);
    expect(await journey.train.epoch()).toBe(paused);

    await journey.button('Resume').click();
    await journey.train.waitForEpoch(paused + 50);
    await journey.button('Stop and keep the best').click();
    await expect(journey.train.stopped).toBeVisible();
    await keepPictures(app, '4-train');
  });

  await test.step('verify', async () => {
    await journey.next('Verify');
    await expect(journey.verify.sentence).toBeVisible();
    const scores = window.getByRole('table', { name: /Scores|held-back/ });
    for (const method of ['LSTM', 'Persistence', 'Climatology', 'Ridge']) {
      await expect(scores.getByRole('row', { name: new RegExp(`^${method}.*°C`) })).toBeVisible();
    }
    // The tutorial keeps no validation part: its intervals come with a warning.
    await expect(journey.verify.coverage).toHaveText(/^The 95 % intervals held \d+\.\d %/);
    await expect(window.getByText(/No validation part was kept/)).toBeVisible();
    await keepPictures(app, '5-verify');
    await journey.verify.coverage.scrollIntoViewIfNeeded();
    await keepPictures(app, '5-verify-coverage');
  });

  let shown = Number.NaN;
  await test.step('forecast', async () => {
    await journey.next('Forecast');
    const row = journey.forecast.valueOf('2023-01-01');
    shown = Number.parseFloat((await row.getByRole('cell').nth(1).innerText()).replace('−', '-'));
    expect(Number.isFinite(shown)).toBe(true);
    await keepPictures(app, '6-forecast');
    await journey.forecast.values.scrollIntoViewIfNeeded();
    await keepPictures(app, '6-forecast-values');

    await answerDialogs(electron, join(folder, 'forecast.csv'));
    await journey.button('Save as CSV').click();
    await expect(window.getByText(join(folder, 'forecast.csv'))).toBeVisible();
    const csv = await readFile(join(folder, 'forecast.csv'), 'utf8');
    expect(csv).toContain('2023-01-01');
    expect(csv).toContain(shown.toFixed(2));
    expect(csv).toContain('95 % low');
    await expect(window.getByText(/^Measured on the held-back part: the 50 % intervals held/)).toBeVisible();

    await journey.button('Copy table').click();
    await expect(journey.button('Copied')).toBeVisible();
    const copied = await electron.evaluate(({ clipboard }) => clipboard.readText());
    const [names = [], ...rows] = copied
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(names.slice(0, 3)).toEqual(['time', 'lead', '평균기온 [°C]']);
    expect(names.slice(-2)).toEqual(['95 % low [°C]', '95 % high [°C]']);
    expect(rows.map((cells) => cells.length)).toEqual([names.length]);
    expect(rows[0]?.slice(0, 3)).toEqual(['2023-01-01T00:00:00', '1', shown.toFixed(2)]);
    const [low = NaN, high = NaN] = rows[0]?.slice(-2).map(Number) ?? [];
    expect(low).toBeLessThan(shown);
    expect(high).toBeGreaterThan(shown);

    await answerDialogs(electron, join(folder, 'forecast.svg'));
    await journey.button('Save as SVG').click();
    await expect(window.getByText(join(folder, 'forecast.svg'))).toBeVisible();
    const svg = await readFile(join(folder, 'forecast.svg'), 'utf8');
    const texts = await window.evaluate((text) => {
      const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
      const written = Array.from(documentElement.querySelectorAll('text'), ({ textContent }) => textContent);
      return [documentElement.tagName, ...written];
    }, svg);
    // What is no XML would be read as a page that says so.
    expect(texts[0]).toBe('svg');
    expect(texts).toEqual(expect.arrayContaining(['평균기온: forecast from 2022-12-31', '95 %', '°C']));

    await answerDialogs(electron, join(folder, 'forecast.png'));
    await journey.button('Save as PNG').click();
    await expect(window.getByText(join(folder, 'forecast.png'))).toBeVisible();
    const png = await readFile(join(folder, 'forecast.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
  });

  let exported = '';
  await test.step('export under the suggested Korean name, and load it with TensorFlow.js alone', async () => {
    await journey.next('Export');
    // Hangul, blanks, % and # in its path, as a person's own folders may have them.
    const parent = join(folder, '내 문서 100 % #1');
    await acceptSuggestedName(electron, parent);
    for (const format of ['safetensors (PyTorch)', 'Keras', 'TensorFlow SavedModel', 'C header']) {
      const card = journey.export.format(format);
      await expect(card).toHaveAttribute('aria-pressed', 'false');
      await card.press('Space');
      await expect(card).toHaveAttribute('aria-pressed', 'true');
    }
    await journey.export.write();
    const [name = '', ...others] = await readdir(parent);
    expect(name).toMatch(/^평균기온 .* model$/);
    expect(others).toEqual([]);
    exported = join(parent, name);
    await expect(window.getByText(exported)).toBeVisible();
    await keepPictures(app, '7-export');
    await expect(journey.export.checks.English).toHaveCount(6);
    expect((await readdir(exported)).sort()).toEqual([
      'README.txt',
      'forecast.c',
      'forecast.mjs',
      'forecast.py',
      'forecast_keras.py',
      'forecast_tensorflow.py',
      'forecast_torch.py',
      'forecaster.json',
      'hindcast.h',
      'model.json',
      'model.keras',
      'model.onnx',
      'model.safetensors',
      'saved_model.pb',
      'series.csv',
      'weights.bin',
    ]);
    await journey.speak('한국어');
    await expect(journey.export.checks.한국어).toHaveCount(6);
    await keepPictures(app, '7-export-ko');
    await journey.speak('English');
    const [first] = await forecastWithExport(exported);
    // What the screen shows has two decimals.
    expect(first).toBeCloseTo(shown, 1);
    expect(Math.abs((first ?? Number.NaN) - shown)).toBeLessThan(0.0051);
  });

  await test.step('reopen the export: verify and forecast are back', async () => {
    await answerDialogs(electron, join(exported, 'forecaster.json'));
    await journey.button(/^Open a trained model/).click();
    await expect(journey.heading('Verify')).toBeVisible();
    await journey.go('Forecast');
    const row = journey.forecast.valueOf('2023-01-01');
    await expect(row).toContainText(shown.toFixed(2).replace('-', ''));
    await journey.go('Verify');
    await expect(journey.verify.sentence).toBeVisible();
    await journey.go('Runs');
    await keepPictures(app, '8-runs');
  });

  expect(app.errors).toEqual([]);
});
