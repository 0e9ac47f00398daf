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

    await test.step('a broker that goes away is told, and its password stands in no log', async () => {
      await commands.end();
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
