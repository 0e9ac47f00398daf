import { expect, test } from '../fixtures/app';
import { loadAxe, violations } from '../fixtures/axe';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

test('several targets: one training, and a model of its own for each', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  await loadAxe(app);
  const verdict = journey.verify.verdict;
  const choice = window.getByRole('combobox', { name: 'Which target of this training' });

  await test.step('are chosen among the columns', async () => {
    await journey.data.openSample('Seattle');
    await journey.next('Columns');
    for (const column of ['temp_min', 'precipitation']) {
      await journey.columns.role(column).click();
      await window.getByRole('option', { name: /^Target too/ }).click();
    }
    await expect(window.getByRole('switch', { name: 'The targets are also inputs' })).toBeChecked();
    await window.getByRole('switch', { name: 'The sun among the inputs' }).click();
    await window.getByLabel('Latitude (south is negative)').fill('47.45');
    await window.getByLabel('Longitude (west is negative)').fill('-122.31');
    await expect(window.getByLabel('Clock ahead of UTC')).toHaveValue('-8');
    expect(await violations(app)).toEqual([]);
    await keepPictures(app, '18-several-targets-columns');
    await journey.next('Model');
    await journey.model.setNumber('Horizon', 2);
    await journey.model.setNumber('Epochs', 15);
    // Two lead times of three targets.
    await expect(window.getByText('(32, 6)')).toBeVisible();
  });

  await test.step('are trained together, and verified one by one', async () => {
    await journey.model.startTraining();
    await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();
    await journey.next('Verify');
    await expect(verdict).toContainText('°C');
    await expect(choice).toHaveText('Target: temp_max');
    await choice.click();
    await keepPictures(app, '18-several-targets-choice');
    await window.getByRole('option', { name: 'Target: precipitation' }).click();
    await expect(verdict).toContainText('mm');
    await expect(journey.verify.rain).toBeVisible();
    expect(await violations(app)).toEqual([]);
    await keepPictures(app, '18-several-targets-verify');
  });

  await test.step('are forecast one by one', async () => {
    await journey.next('Forecast');
    const values = journey.forecast.values;
    await expect(values.getByRole('columnheader', { name: 'At least 1.0 mm' })).toBeVisible();
    await choice.click();
    await window.getByRole('option', { name: 'Target: temp_min' }).click();
    await expect(window.getByRole('heading', { name: /temp_min/ })).toBeVisible();
    await keepPictures(app, '18-several-targets-forecast');
  });

  await test.step('show the curve of the training that they came of, and are among the runs', async () => {
    await journey.go('Train');
    await expect.poll(() => journey.train.epoch()).toBeGreaterThan(0);
    await journey.go('Runs');
    await expect(window.getByText('learned alongside')).toHaveCount(2);
    await keepPictures(app, '18-several-targets-runs');
  });
  expect(app.errors).toEqual([]);
});
