import { expect, test } from '../fixtures/app';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

test('inside the LSTM: the lesson’s six days need no model', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  const { inside } = journey;

  await test.step('the lesson needs no model', async () => {
    await journey.step('Inside').click();
    await expect(journey.heading('Inside the LSTM')).toBeVisible();
    await expect(inside.row(/^2021-01-06 54\.6 .* 2\.3 .* -7\.4/)).toBeVisible();
    await expect(inside.unitComputes).toContainText('Step 6 of 6: 2021-01-06');
    await keepPictures(app, '15-inside-lesson');
    await inside.step.press('Home');
    await expect(inside.unitComputes).toContainText('Step 1 of 6: 2021-01-01');
    await expect(inside.heatMaps).toHaveCount(6);
    await expect(inside.row(/^2021-01-01 64 .* 0 /)).toBeVisible();
  });
  expect(app.errors).toEqual([]);
});

test('inside the LSTM: the lesson’s first numbers, and its windows with the state carried on', async ({
  app,
}) => {
  const { window } = app;
  const journey = new Journey(window);
  const { inside } = journey;
  await test.step('the lesson’s first numbers, as they are and scaled', async () => {
    await journey.step('Inside').click();
    await inside.choice('First numbers').click();
    await expect(inside.row(/^Step 4 10 90 5 20$/)).toBeVisible();
    await expect(inside.unitComputes).toContainText('Step 6 of 6');
    for (const shape of ['(4, 10)', '(10, 10)', '(10)', '(1, 10)']) {
      await expect(inside.unitComputes).toContainText(shape);
    }
    await expect(inside.values.getByRole('row', { name: /^Hidden state 1 .*e−26.* −1$/ })).toBeVisible();
    await keepPictures(app, '15-inside-numbers');
    // The arrow keys change the choice as well, and the step stays.
    await inside.step.press('ArrowLeft');
    await expect(inside.unitComputes).toContainText('Step 5 of 6');
    await inside.choice('First numbers').press('ArrowRight');
    await expect(inside.choice('First numbers, scaled')).toBeChecked();
    await expect(inside.unitComputes).toContainText('Step 5 of 6');
    await expect(inside.values.getByRole('row', { name: /^Hidden state/ })).not.toHaveText(/\de−/);
    await keepPictures(app, '15-inside-scaled');
  });

  await test.step('all windows of the lesson, the state carried on', async () => {
    await inside.choice('State carried on').click();
    await expect(window.getByRole('img', { name: /after each of 724 windows/ })).toBeVisible();
    await expect(inside.hundredths.getByRole('row')).toHaveCount(9);
    await expect(inside.hundredths.getByRole('row', { name: /^724 / })).toBeVisible();
    for (const shape of ['(724, 6, 3)', '(6, 1, 10)', '(1, 1, 10)']) {
      await expect(inside.shapes.getByRole('cell', { name: shape, exact: true })).toBeVisible();
    }
    await expect(
      inside.shapes.getByRole('row', { name: '22 batches of 32 (32, 6, 3) → (32, 1)' }),
    ).toBeVisible();
    await expect(
      inside.shapes.getByRole('row', { name: 'The last batch, of 20 (20, 6, 3) → (20, 1)' }),
    ).toBeVisible();
    const tenth = await inside.hundredths.getByRole('row', { name: /^100 / }).innerText();
    await inside.pick('Unit', 3);
    await expect(inside.hundredths.getByRole('row', { name: /^100 / })).not.toHaveText(tenth);
    await keepPictures(app, '15-inside-stateful');
  });
  expect(app.errors).toEqual([]);
});

test('inside the LSTM: a trained model', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  const { inside } = journey;
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
    await inside.choice('Your model').click();
    await expect(inside.window).toBeVisible();
    const before = await inside.window.innerText();
    await inside.earlierWindow();
    await expect(inside.window).not.toHaveText(before);
    await inside.pick('Layer', 2);
    await expect(inside.list('Layer')).toHaveText(/Layer 2/);
    await keepPictures(app, '15-inside-model');
    await window.getByRole('img', { name: /^Heat map: Hidden state/ }).scrollIntoViewIfNeeded();
    await keepPictures(app, '15-inside-maps');
    await inside.choice('State carried on').click();
    await expect(window.getByRole('img', { name: /^Hidden state of unit \d+ after each of/ })).toBeVisible();
    await expect(window.getByRole('cell', { name: /^\(2, 1, \d+\)$/ })).toBeVisible();
  });
  expect(app.errors).toEqual([]);
});
