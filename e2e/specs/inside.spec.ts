import { expect, test } from '../fixtures/app';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

test('inside the LSTM: the lesson’s six days need no model', async ({ app }) => {
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
  expect(app.errors).toEqual([]);
});

test('inside the LSTM: the lesson’s first numbers, and its windows with the state carried on', async ({
  app,
}) => {
  const { window } = app;
  const journey = new Journey(window);
  const unitComputes = window.getByRole('region', { name: 'What one unit computes' });
  const values = window.getByRole('region', { name: /^All units at one step/ }).last();
  await test.step('the lesson’s first numbers, as they are and scaled', async () => {
    await journey.step('Inside').click();
    await window.getByRole('radio', { name: 'First numbers', exact: true }).click();
    await expect(window.getByRole('row', { name: /^Step 4 10 90 5 20$/ })).toBeVisible();
    await expect(unitComputes).toContainText('Step 6 of 6');
    for (const shape of ['(4, 10)', '(10, 10)', '(10)', '(1, 10)']) {
      await expect(unitComputes).toContainText(shape);
    }
    await expect(values.getByRole('row', { name: /^Hidden state 1 .*e−26.* −1$/ })).toBeVisible();
    await keepPictures(app, '15-inside-numbers');
    // The choice goes by the arrow keys, too, and the step stays.
    await window.getByRole('slider').press('ArrowLeft');
    await expect(unitComputes).toContainText('Step 5 of 6');
    await window.getByRole('radio', { name: 'First numbers', exact: true }).press('ArrowRight');
    await expect(window.getByRole('radio', { name: 'First numbers, scaled' })).toBeChecked();
    await expect(unitComputes).toContainText('Step 5 of 6');
    await expect(values.getByRole('row', { name: /^Hidden state/ })).not.toHaveText(/\de−/);
    await keepPictures(app, '15-inside-scaled');
  });

  await test.step('all windows of the lesson, the state carried on', async () => {
    await window.getByRole('radio', { name: 'State carried on' }).click();
    await expect(window.getByRole('img', { name: /after each of 724 windows/ })).toBeVisible();
    const hundredths = window.getByRole('region', { name: 'Every hundredth window' }).last();
    await expect(hundredths.getByRole('row')).toHaveCount(9);
    await expect(hundredths.getByRole('row', { name: /^724 / })).toBeVisible();
    const shapes = window.getByRole('region', { name: 'Shapes, and batches of windows' }).last();
    for (const shape of ['(724, 6, 3)', '(6, 1, 10)', '(1, 1, 10)']) {
      await expect(shapes.getByRole('cell', { name: shape, exact: true })).toBeVisible();
    }
    await expect(shapes.getByRole('row', { name: '22 batches of 32 (32, 6, 3) → (32, 1)' })).toBeVisible();
    await expect(
      shapes.getByRole('row', { name: 'The last batch, of 20 (20, 6, 3) → (20, 1)' }),
    ).toBeVisible();
    const tenth = await hundredths.getByRole('row', { name: /^100 / }).innerText();
    await window.getByRole('combobox', { name: 'Unit' }).click();
    await window.getByRole('option', { name: 'Unit 3', exact: true }).click();
    await expect(hundredths.getByRole('row', { name: /^100 / })).not.toHaveText(tenth);
    await keepPictures(app, '15-inside-stateful');
  });
  expect(app.errors).toEqual([]);
});

test('inside the LSTM: a trained model', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  await test.step('a model of two layers', async () => {
    await journey.go('Data');
    await journey.data.openSample('Seoul-like');
    await journey.next('Columns');
    await journey.next('Model');
    await journey.model.setNumber('Layers', 2);
    await journey.model.setNumber('Epochs', 5);
    await journey.model.startTraining();
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
    await window.getByRole('radio', { name: 'State carried on' }).click();
    await expect(window.getByRole('img', { name: /^Hidden state of unit \d+ after each of/ })).toBeVisible();
    await expect(window.getByRole('cell', { name: /^\(2, 1, \d+\)$/ })).toBeVisible();
  });
  expect(app.errors).toEqual([]);
});
