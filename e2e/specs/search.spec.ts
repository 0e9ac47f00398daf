import { join } from 'node:path';
import { expect, launchApp, test } from '../fixtures/app';
import { loadAxe, violations } from '../fixtures/axe';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

test('a search: live leaderboard, pause, the best trained and scored, and what a restart finds', async ({
  app,
}) => {
  const { window } = app;
  const journey = new Journey(window);
  await loadAxe(app);
  const { search } = journey;

  await test.step('is reached from Model, and its space is chosen', async () => {
    await journey.data.openSample('Seoul-like');
    await journey.next('Columns');
    await journey.next('Model');
    await journey.model.setNumber('Epochs', 27);
    await journey.button('Search for good settings').click();
    await expect(journey.heading('Search for good settings')).toBeVisible();
    await journey.model.setNumber('Window from', 40);
    await expect(window.getByRole('alert')).toContainText('Enter two numbers');
    await expect(search.start).toBeDisabled();
    await journey.model.setNumber('Window from', 3);
    expect(await violations(app)).toEqual([]);
    await keepPictures(app, '16-search-space');
  });

  await test.step('shows its trials as they are scored, and pauses', async () => {
    await journey.model.setNumber('Time for the search', 12);
    await search.start.click();
    await expect(search.best).toBeVisible();
    await search.pause();
    await keepPictures(app, '16-search-paused');
    expect(await violations(app)).toEqual([]);
    await search.resume();
    await expect(search.board.getByRole('row')).not.toHaveCount(1);
  });

  await test.step('trains the best, whose scores are on Verify', async () => {
    await expect(search.finished).toBeVisible();
    await keepPictures(app, '16-search-finished');
    expect(await violations(app)).toEqual([]);
    await journey.speak('한국어');
    await keepPictures(app, '16-search-finished-ko');
    await journey.speak('English');
    await search.seeScores();
    await expect(journey.heading('Verify')).toBeVisible();
    await expect(journey.verify.verdict).toBeVisible();
  });

  await test.step('is found again by the next start', async () => {
    await app.close();
    const again = await launchApp(join(app.folder, 'user-data'), app.folder);
    const later = new Journey(again.window);
    // The language is chosen anew: the last choice may not have been kept yet when the window closed.
    await later.speak('English');
    await expect(later.step('Model')).not.toHaveAttribute('aria-disabled', 'true');
    await later.step('Search').click();
    await expect(later.search.finished).toBeVisible();
    expect(again.errors).toEqual([]);
    await again.close();
  });
  expect(app.errors).toEqual([]);
});
