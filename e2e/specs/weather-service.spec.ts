import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerDialogs, expect, test } from '../fixtures/app';
import { loadAxe, violations } from '../fixtures/axe';
import { keepPictures } from '../fixtures/screens';
import { dropFiles } from '../fixtures/weather-files';
import { Journey } from '../pages/journey';

const DAYS = 420;
const NEWER = 5;
const LEADS = 7;
const DAY = 86_400_000;
const START = Date.UTC(2023, 0, 1);

const dateOf = (day: number): string => new Date(START + day * DAY).toISOString().slice(0, 10);
/** The same for the same number, and no course in it: from -1 to 1. */
const noise = (number: number): number => {
  const drawn = Math.sin(number * 12.9898) * 43_758.5453;
  return 2 * (drawn - Math.floor(drawn)) - 1;
};
/** Weather that the days before say little of; it is what the station reads. */
const observed = (day: number): number =>
  12 -
  9 * Math.cos((2 * Math.PI * day) / 365) +
  4 * Math.sin(day * 2.3) * Math.cos(day * 0.71) +
  3 * noise(day);
/** What the service says of a day so many days ahead: too warm by half a degree and more, and less sure further ahead. */
const forecastOf = (day: number, lead: number): number =>
  observed(day) + 1.6 + (0.6 + 0.25 * lead) * noise(1000 * lead + day);

const readings = (from: number, to: number): string =>
  `date,temperature (°C),humidity (%)\n${Array.from({ length: to - from }, (_, index) => {
    const day = from + index;
    return `${dateOf(day)},${observed(day).toFixed(1)},${(70 + 10 * Math.sin(day)).toFixed(0)}\n`;
  }).join('')}`;

const forecasts = (from: number, to: number): string =>
  `issued,valid,t2m (°C)\n${Array.from({ length: to - from }, (_, index) =>
    Array.from({ length: LEADS }, (_, ahead) => {
      const [day, lead] = [from + index, ahead + 1];
      return `${dateOf(day)}T18:00,${dateOf(day + lead)},${forecastOf(day + lead, lead).toFixed(1)}\n`;
    }).join(''),
  ).join('')}`;

test('readings and forecasts dropped together: joined, trained, judged beside the service, and forecast from a newer pair', async ({
  app,
}) => {
  const { window, electron, folder } = app;
  const journey = new Journey(window);
  const write = async (name: string, content: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };

  await test.step('forecasts of another time are refused, and can be left out', async () => {
    await dropFiles(app, [
      await write('garden.csv', readings(0, DAYS)),
      await write('old-service.csv', forecasts(-900, -800)),
    ]);
    await expect(window.getByText(/No forecast is for the time of a reading/)).toBeVisible();
    await expect(journey.button('Choose other forecasts')).toBeVisible();
    await loadAxe(app);
    expect(await violations(app)).toEqual([]);
    await keepPictures(app, '24-refused');
    await journey.speak('한국어');
    await keepPictures(app, '24-refused-ko');
    await journey.speak('English');
    await journey.button('Go on without forecasts').click();
    await journey.data.found.waitFor();
    await expect(journey.button('Go on without forecasts')).toBeHidden();
  });

  await test.step('two files dropped together are told apart and joined', async () => {
    const files = [
      await write('service.csv', forecasts(0, DAYS)),
      await write('garden.csv', readings(0, DAYS)),
    ];
    await dropFiles(app, files);
    await journey.data.found.waitFor();
    await expect(journey.data.holds('garden.csv')).toHaveText('Readings');
    await expect(journey.data.holds('service.csv')).toHaveText('Forecasts');
    await expect(journey.data.join).toContainText(`${DAYS - 1} readings have a forecast`);
    await journey.data.join.scrollIntoViewIfNeeded();
    await loadAxe(app);
    expect(await violations(app)).toEqual([]);
    await keepPictures(app, '24-joined');
    await journey.speak('한국어');
    await keepPictures(app, '24-joined-ko');
    await journey.speak('English');
  });

  await test.step('a file that was mistaken can be turned round, and back', async () => {
    await journey.data.take('service.csv', 'Readings');
    await expect(journey.data.join).toBeHidden();
    await journey.data.take('service.csv', 'Forecasts');
    await expect(journey.data.join).toBeVisible();
  });

  await test.step('the forecast of the target is the service’s, known up to a week ahead', async () => {
    await journey.next('Columns');
    await expect(journey.columns.role('temperature')).toHaveText(/Target/);
    await expect(journey.columns.role('forecast t2m')).toHaveText(/Service/);
    await expect(window.getByText('up to 7 days ahead')).toBeVisible();
    expect(await violations(app)).toEqual([]);
    await keepPictures(app, '24-columns');
    await journey.speak('한국어');
    await keepPictures(app, '24-columns-ko');
    await journey.speak('English');
  });

  await test.step('trained, it is judged beside the service', async () => {
    await journey.next('Model');
    await journey.model.setNumber('Epochs', 3);
    await journey.model.startTraining();
    await expect(window.getByText(/Training (is complete|stopped early)/)).toBeVisible();
    await journey.next('Verify');
    await expect(journey.verify.sentence).toBeVisible();
    await expect(journey.verify.overService).toHaveText(
      /^What your station adds to the weather service’s forecast: \d+ % less error .* p < 0\.001\)\.$/,
    );
    const scores = window.getByRole('table', { name: /Scores|held-back/ });
    await expect(scores.getByRole('row', { name: /^Weather service .*°C/ }).first()).toBeVisible();
    await keepPictures(app, '24-verify');
    await journey.speak('한국어');
    await keepPictures(app, '24-verify-ko');
    await journey.speak('English');
  });

  await test.step('both curves stand in the forecast', async () => {
    await journey.next('Forecast');
    await expect(journey.forecast.valueOf(dateOf(DAYS))).toBeVisible();
    const said = forecastOf(DAYS, 1).toFixed(2).replace('-', '−');
    await expect(journey.forecast.valueOf(dateOf(DAYS))).toContainText(said.slice(0, -1));
    await keepPictures(app, '24-forecast');
    await journey.speak('한국어');
    await keepPictures(app, '24-forecast-ko');
    await journey.speak('English');
  });

  await test.step('a newer pair of files gives the forecast of the next days, and the log scores the service', async () => {
    const pair = [
      await write('garden-newer.csv', readings(DAYS - 30, DAYS + NEWER)),
      await write('service-newer.csv', forecasts(DAYS - 30, DAYS + NEWER)),
    ];
    await answerDialogs(electron, pair);
    await journey.button('Add newer readings…').click();
    await expect(window.getByText(`${NEWER} newer readings were added`)).toBeVisible();
    await expect(journey.forecast.valueOf(dateOf(DAYS + NEWER))).toBeVisible();
    await expect(journey.forecast.runningScores).toContainText(
      `Of ${NEWER} values the weather service spoke too`,
    );
    await expect(journey.forecast.withoutService).toBeHidden();
    await journey.forecast.runningScores.scrollIntoViewIfNeeded();
    await keepPictures(app, '24-log');
  });

  await test.step('where the service’s forecast is missing the model without it takes over and says so', async () => {
    await answerDialogs(electron, [
      await write('garden-last.csv', readings(DAYS, DAYS + NEWER + 2)),
      await write('service-last.csv', forecasts(DAYS, DAYS + NEWER)),
    ]);
    await journey.button('Add newer readings…').click();
    await expect(journey.forecast.valueOf(dateOf(DAYS + NEWER + 2))).toBeVisible();
    await expect(journey.forecast.withoutService).toContainText('the model without it');
    await journey.forecast.withoutService.scrollIntoViewIfNeeded();
    await keepPictures(app, '24-without');
  });
  expect(app.errors).toEqual([]);
});
