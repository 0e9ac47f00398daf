import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerDialogs, expect, launchApp, test } from '../fixtures/app';
import { loadAxe, violations } from '../fixtures/axe';
import { keepPictures } from '../fixtures/screens';
import { dropFiles, writeClub } from '../fixtures/weather-files';
import { Journey } from '../pages/journey';

test('a fleet: from a drop to its leaderboard, a station opened, one that fails told plainly', async ({
  app,
}) => {
  const { window } = app;
  const journey = new Journey(window);
  await loadAxe(app);
  const { fleet } = journey;
  const { folder, files, list } = await writeClub(app.folder);

  await test.step('settings for all stations are those of Model', async () => {
    await journey.data.openSample('Seoul-like');
    await journey.next('Columns');
    await journey.next('Model');
    await journey.model.choosePreset('Recommended');
    await journey.model.setNumber('Epochs', 60);
  });

  await test.step('files of the same times are offered as a fleet beside one record; a folder is one', async () => {
    await journey.go('Data');
    await dropFiles(app, files);
    await fleet.offer.waitFor();
    await keepPictures(app, '19-fleet-offer');
    await fleet.offer.click();
    await fleet.planned.waitFor();
    await expect(fleet.plan.getByRole('row')).toHaveCount(7);
    await fleet.another();
    await keepPictures(app, '19-fleet-start');
    expect(await violations(app)).toEqual([]);
    await answerDialogs(app.electron, folder);
    await fleet.chooseFolder();
    await fleet.planned.waitFor();
    await expect(fleet.plan.getByRole('row')).toHaveCount(8);
    await fleet.another();
  });

  await test.step('the stations of a list are read, and what cannot be read says why', async () => {
    await dropFiles(app, [list]);
    await fleet.planned.waitFor();
    await fleet.takeModelSettings();
    await fleet.planned.waitFor();
    await expect(fleet.plan.getByRole('row', { name: /^ridge/ })).toContainText('is empty');
    await expect(fleet.plan.getByRole('row', { name: /^moor/ })).toContainText('Read in °F, forecast in °C.');
    expect(await violations(app)).toEqual([]);
    await keepPictures(app, '19-fleet-plan');
    await journey.speak('한국어');
    await keepPictures(app, '19-fleet-plan-ko');
    await journey.speak('English');
  });

  await test.step('are trained and ranked; the one that failed holds nobody up', async () => {
    await fleet.alsoShare();
    await fleet.train();
    await fleet.underWay.waitFor({ timeout: 600_000 });
    await fleet.pause();
    await keepPictures(app, '19-fleet-paused');
    await fleet.resume();
    await keepPictures(app, '19-fleet-running');
    await fleet.sharing.waitFor({ timeout: 600_000 });
    await fleet.pause();
    await keepPictures(app, '19-fleet-sharing-paused');
    await journey.speak('한국어');
    await keepPictures(app, '19-fleet-sharing-paused-ko');
    await journey.speak('English');
    await fleet.resume();
    await keepPictures(app, '19-fleet-sharing');
    await fleet.ended.waitFor({ timeout: 600_000 });
    await expect(fleet.board.getByRole('row')).toHaveCount(7);
    await expect(fleet.notTrained).toContainText('ridge');
    await expect(fleet.map).toBeVisible();
    await fleet.sortBy('Station');
    expect(await fleet.names()).toEqual(['brook', 'dale', 'fen', 'hill', 'mill', 'moor']);
    await fleet.sortBy('Station');
    expect((await fleet.names())[0]).toBe('moor');
    expect(await violations(app)).toEqual([]);
    await keepPictures(app, '19-fleet-board');
    await journey.speak('한국어');
    await keepPictures(app, '19-fleet-board-ko');
    await journey.speak('English');
    await fleet.map.scrollIntoViewIfNeeded();
    await keepPictures(app, '19-fleet-map');
  });

  await test.step('the shared model is told beside the single ones, also at stations that it never saw', async () => {
    await expect(fleet.shared.getByRole('row')).toHaveCount(7);
    await expect(fleet.curve.getByRole('row', { name: /^1 month/ })).toContainText('of 6');
    expect(await violations(app)).toEqual([]);
    // From its head on: the panel may be longer than the window.
    await fleet.shared.evaluate((part) => part.closest('section')?.scrollIntoView());
    await keepPictures(app, '19-fleet-shared');
    await journey.speak('한국어');
    await keepPictures(app, '19-fleet-shared-ko');
    await journey.speak('English');
  });

  await test.step('the table is gone through by keyboard: its part scrolls, heads sort, stations open', async () => {
    await fleet.board.focus();
    await window.keyboard.press('Tab');
    await expect(fleet.sortButton('Station')).toBeFocused();
    await window.keyboard.press('Enter');
    expect((await fleet.names())[0]).toBe('brook');
    for (let column = 0; column < 8; column++) await window.keyboard.press('Tab');
    await expect(fleet.openButton('brook')).toBeFocused();
  });

  await test.step('all are forecast', async () => {
    await fleet.forecastAll();
    await expect(fleet.board.getByRole('row', { name: /^brook/ })).toContainText('2021-07-01');
    expect(await violations(app)).toEqual([]);
    await keepPictures(app, '19-fleet-forecasts');
    await journey.speak('한국어');
    await keepPictures(app, '19-fleet-forecasts-ko');
    await journey.speak('English');
  });

  await test.step('the leaderboard is saved, and a station opens as an ordinary run', async () => {
    const table = join(app.folder, 'club.csv');
    await answerDialogs(app.electron, table);
    await fleet.saveTable();
    await window.getByText(table).waitFor();
    expect((await readFile(table, 'utf8')).trim().split('\r\n')).toHaveLength(8);
    await fleet.openStation('hill');
    await journey.heading('Verify').waitFor();
    await expect(journey.verify.verdict).toBeVisible();
  });

  await test.step('is found again by the next start', async () => {
    await app.close();
    const again = await launchApp(join(app.folder, 'user-data'), app.folder);
    const later = new Journey(again.window);
    await later.speak('English');
    await later.go('Fleet');
    await later.fleet.ended.waitFor();
    await expect(later.fleet.board.getByRole('row')).toHaveCount(7);
    expect(again.errors).toEqual([]);
    await again.close();
  });
  expect(app.errors).toEqual([]);
});
