import { expect, test } from '../fixtures/app';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

test('inside the LSTM: the lesson’s six days, and a trained model', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  const unitComputes = window.getByRole('region', { name: 'What one unit computes' });

  await test.step('the lesson needs no model', async () => {
    await journey.step('Inside').click();
    await expect(journey.heading('Inside the LSTM')).toBeVisible();
    await expect(window.getByRole('row', { name: /^2021-01-06 54\.6 .* 2\.3 .* -7\.4/ })).toBeVisible();
    await expect(unitComputes).toContainText('Step 6 of 6: 2021-01-06');
    await keepPictures(app, '15-inside-lesson');
    await window.getByRole('slider').press('Home');
    await expect(unitComputes).toContainText('Step 1 of 6: 2021-01-01');
    await expect(window.getByRole('img', { name: /^Heat map/ })).toHaveCount(6);
    await expect(window.getByRole('row', { name: /^2021-01-01 64 .* 0 / })).toBeVisible();
  });

  await test.step('a model of two layers', async () => {
    await journey.go('Data');
    await journey.openSample('Seoul-like');
    await journey.next('Columns');
    await journey.next('Model');
    await journey.setNumber('Layers', 2);
    await journey.setNumber('Epochs', 5);
    await journey.startTraining();
    await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();
    await journey.step('Inside').click();
    await window.getByRole('radio', { name: 'Your model' }).click();
    await expect(window.getByText(/^Window \d+ of \d+$/)).toBeVisible();
    const before = await window.getByText(/^Window/).innerText();
    await journey.button('Earlier window').click();
    await expect(window.getByText(/^Window/)).not.toHaveText(before);
    await window.getByRole('combobox', { name: 'Layer' }).click();
    await window.getByRole('option', { name: 'Layer 2' }).click();
    await expect(window.getByRole('combobox', { name: 'Layer' })).toHaveText(/Layer 2/);
    await keepPictures(app, '15-inside-model');
    await window.getByRole('img', { name: /^Heat map: Hidden state/ }).scrollIntoViewIfNeeded();
    await keepPictures(app, '15-inside-maps');
  });
  expect(app.errors).toEqual([]);
});
