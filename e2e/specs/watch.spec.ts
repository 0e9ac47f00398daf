import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerDialogs, expect, test } from '../fixtures/app';
import { loadAxe, violations } from '../fixtures/axe';
import { openBeside } from '../fixtures/beside';
import { keepPicture, keepPictures } from '../fixtures/screens';
import { trainGarden } from '../fixtures/garden';
import { Journey } from '../pages/journey';

const HELD_BACK = 10;

test('a watched file grows, and the new forecast is there without a click', async ({ app }) => {
  const { window, electron } = app;
  const { file, lines } = await trainGarden(app, HELD_BACK);
  const journey = new Journey(window);

  const { forecast } = journey;
  await journey.button('Watch a file or database…').click();
  await expect(forecast.watching).toContainText(`Watching ${file}.`);
  await expect(forecast.watching).toContainText('Last forecast:');

  const newest = lines.at(-HELD_BACK)!.slice(0, 10);
  await expect(forecast.valueOf(newest)).toBeVisible();
  await appendFile(file, `${lines.at(-HELD_BACK)}\n`);
  await expect(forecast.valueOf(newest)).toBeHidden();
  await expect(forecast.valueOf(lines.at(1 - HELD_BACK)!.slice(0, 10))).toBeVisible();
  await expect(window.getByTestId('running-grade')).toContainText('Typical error (RMSE) of the last 30 days');

  const page = join(app.folder, 'page');
  await answerDialogs(electron, page);
  await journey.button('Choose a folder…').click();
  await journey.button('Try the page').click();
  await expect(window.getByText('The page was written.')).toBeVisible();
  expect((await readdir(page)).sort()).toEqual(['forecast.json', 'hindcast.inc', 'index.html']);
  await window.getByLabel('Broker', { exact: true }).fill('mqtt://127.0.0.1:9');
  await journey.button('Use this broker').click();
  await journey.button('Try the broker').click();
  await expect(window.getByText('no broker answers there')).toBeVisible();

  await window.getByRole('switch', { name: 'Publish the better one' }).click();
  await loadAxe(app);
  expect(await violations(app)).toEqual([]);
  await window.getByRole('heading', { name: 'Watch the station' }).scrollIntoViewIfNeeded();
  await keepPictures(app, '22-watch');
  await journey.speak('한국어');
  await window.getByRole('heading', { name: '관측소 지켜보기' }).scrollIntoViewIfNeeded();
  await keepPictures(app, '22-watch-ko');
  await journey.speak('English');

  await test.step('it is trained again by itself', async () => {
    await window.getByRole('switch', { name: 'Train again by itself' }).click();
    await expect(window.getByLabel('Train again every')).toHaveValue('30');
    await window.getByRole('switch', { name: 'Train again by itself' }).scrollIntoViewIfNeeded();
    await keepPictures(app, '22-watch-retrain');
    await journey.speak('한국어');
    await keepPictures(app, '22-watch-retrain-ko');
    await journey.speak('English');
    expect(await violations(app)).toEqual([]);
  });

  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  expect(
    await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((each) => each.isVisible()),
    ),
  ).toEqual([false]);
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
  await journey.button('Stop watching').click();
  await expect(forecast.watching).toBeHidden();

  const url = `data:text/html;base64,${Buffer.from(await readFile(join(page, 'index.html'))).toString('base64')}`;
  const published = await openBeside(app, url);
  for (const [width, height] of [
    [390, 844],
    [1000, 800],
  ] as const) {
    await electron.evaluate(
      ({ BrowserWindow }, size) =>
        BrowserWindow.getAllWindows()
          .find((each) => each.webContents.getURL().startsWith('data:'))
          ?.setContentSize(size.width, size.height),
      { width, height },
    );
    await expect
      .poll(() => published.window.evaluate(() => document.documentElement.clientWidth))
      .toBeGreaterThan(width - 30);
    const isWider = await published.window.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    expect(isWider).toBe(false);
    await loadAxe(published);
    expect(await violations(published)).toEqual([]);
    await keepPicture(published, `22-published-${width}`);
  }
  expect(app.errors).toEqual([]);
});
