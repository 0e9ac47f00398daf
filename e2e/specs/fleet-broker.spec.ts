import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app';
import { loadAxe, violations } from '../fixtures/axe';
import { Commands, startBroker } from '../fixtures/broker';
import { keepPictures } from '../fixtures/screens';
import { dropFiles, writeClub } from '../fixtures/weather-files';
import { Journey } from '../pages/journey';

test('a fleet by the worker of a broker: set, seen at work, done, gone', async ({ app }) => {
  const commands = new Commands();
  try {
    const { window } = app;
    const journey = new Journey(window);
    const { fleet } = journey;
    const { files } = await writeClub(app.folder);
    const { address, file } = await startBroker(commands, app.folder);
    const { password } = new URL(address);

    await test.step('the broker is set by its address, which stays nowhere in the page', async () => {
      await journey.data.openSample('Seoul-like');
      await journey.next('Columns');
      await journey.next('Model');
      await journey.model.choosePreset('Tutorial');
      await journey.model.setNumber('Epochs', 3);
      await journey.go('Fleet');
      await fleet.useBroker(address.replace(password, 'wrong'));
      await window.getByText('does not take this user or password').waitFor();
      await fleet.useBroker(address);
      await window.getByText(/By the workers of the broker at/).waitFor();
      await window.getByText('No worker that could do this work is there.').waitFor();
      expect(await window.content()).not.toContain(password);
    });

    await test.step('a worker comes, and trains what is handed in', async () => {
      await commands.start(['worker', '--broker', file, '--name', 'attic'], /works for the broker/);
      await expect(fleet.workers.getByRole('row', { name: /^attic/ })).toContainText('waits for work');
      await dropFiles(app, files.slice(0, 3));
      await fleet.planned.waitFor();
      await fleet.takeModelSettings();
      await fleet.planned.waitFor();
      await fleet.train();
      await fleet.ended.waitFor({ timeout: 600_000 });
      await expect(fleet.board.getByRole('row')).toHaveCount(4);
      await fleet.workers.scrollIntoViewIfNeeded();
      await loadAxe(app);
      expect(await violations(app)).toEqual([]);
      await keepPictures(app, '20-fleet-broker');
      await journey.speak('한국어');
      await keepPictures(app, '20-fleet-broker-ko');
      await journey.speak('English');
      const [id = ''] = await readdir(join(app.folder, 'user-data', 'fleets'));
      const run = join(app.folder, 'user-data', 'fleets', id, 'stations', 'brook', 'run.json');
      expect(JSON.parse(await readFile(run, 'utf8'))).toMatchObject({ trainedBy: 'attic' });
    });

    await test.step('the networks of an ensemble go there too, and the record says by whom', async () => {
      await journey.go('Model');
      await journey.model.choosePreset('Recommended');
      await journey.model.setNumber('Epochs', 9);
      await journey.model.setNumber('Networks', 2);
      await window.getByText(/The networks are trained by the workers of the broker at/).waitFor();
      await keepPictures(app, '20-broker-model');
      await journey.model.startTraining();
      await window.getByText(/^workers of the broker at/).waitFor();
      await journey.train.complete.waitFor({ timeout: 600_000 });
      await keepPictures(app, '20-broker-train');
      const runs = join(app.folder, 'user-data', 'runs');
      const [id = ''] = await readdir(runs);
      expect(JSON.parse(await readFile(join(runs, id, 'run.json'), 'utf8'))).toMatchObject({
        members: [{ trainedBy: 'attic' }, { trainedBy: 'attic' }],
      });
    });

    await test.step('so do the trials of a search', async () => {
      await journey.go('Search');
      await journey.model.setNumber('Time for the search', 8);
      await window.getByText(/The trials are trained by the workers of the broker at/).waitFor();
      await journey.search.start.click();
      await journey.search.best.waitFor();
      await expect(journey.search.workers.getByRole('row', { name: /^attic/ })).toBeVisible();
      await loadAxe(app);
      expect(await violations(app)).toEqual([]);
      await keepPictures(app, '20-broker-search');
      await journey.speak('한국어');
      await keepPictures(app, '20-broker-search-ko');
      await journey.speak('English');
      await journey.search.finished.waitFor({ timeout: 600_000 });
    });

    await test.step('a broker that goes away is told, and its password stands in no log', async () => {
      await commands.end();
      await window
        .getByText(/are trained on this machine, since the broker at .* cannot be reached/)
        .waitFor();
      await keepPictures(app, '20-broker-search-away');
      await journey.go('Fleet');
      await window.getByText(/The broker at .* is away/).waitFor();
      await keepPictures(app, '20-fleet-broker-away');
      const log = await readFile(join(app.folder, 'user-data', 'logs', 'hindcast.log'), 'utf8').catch(
        () => '',
      );
      expect(log).not.toContain(password);
    });
    expect(app.errors).toEqual([]);
  } finally {
    await commands.end();
  }
});
