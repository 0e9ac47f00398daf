import { expect, test } from '../fixtures/app';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

test('a killed trainer is told plainly, and the last finished epoch is still there', async ({ app }) => {
  const { window, electron } = app;
  const journey = new Journey(window);
  await journey.openSample('Seoul-like');
  await journey.next('Columns');
  await journey.next('Model');
  await journey.choosePreset('Tutorial');
  await journey.setNumber('Epochs', 9000);
  await journey.startTraining();
  await journey.waitForEpoch(30);

  const before = await journey.epoch();
  const killed = await electron.evaluate(({ app: main }) => {
    const trainer = main.getAppMetrics().find(({ name }) => name === 'Hindcast trainer');
    if (trainer !== undefined) process.kill(trainer.pid, 'SIGKILL');
    return trainer !== undefined;
  });
  expect(killed).toBe(true);

  const sentence = window.getByText(/The training process ended unexpectedly/).first();
  await expect(sentence).toBeVisible();
  const saved = Number((await sentence.innerText()).match(/epoch ([\d,]+)/)?.[1]?.replace(/,/g, ''));
  expect(saved).toBeGreaterThanOrEqual(before);
  await keepPictures(app, '9-trainer-killed');

  await journey.button('Verify what was saved').click();
  await expect(
    window.getByText(/^The (LSTM|blend of LSTM .*) (beats|loses|cannot be told apart)/),
  ).toBeVisible();
  await journey.next('Forecast');
  await expect(window.getByRole('row', { name: /^2023-01-01/ })).toBeVisible();

  // The app goes on: another training starts as if nothing had been.
  await journey.go('Model');
  await journey.setNumber('Epochs', 20);
  await journey.startTraining();
  await expect(window.getByText(/Training is complete/)).toBeVisible();
  expect(app.errors).toEqual([]);
});
