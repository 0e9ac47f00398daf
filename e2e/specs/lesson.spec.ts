import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app';
import { keepPictures } from '../fixtures/screens';
import { dropFiles } from '../fixtures/weather-files';
import { Journey } from '../pages/journey';

const DAY = 86_400_000;

/** Two years of days; humidity is empty on two of five, as rain is in the lesson's file. */
async function writeGaps(folder: string): Promise<string> {
  const lines = Array.from({ length: 730 }, (_, row) => {
    const date = new Date(Date.UTC(2021, 0, 1) + row * DAY).toISOString().slice(0, 10);
    const temperature = 12 - 14 * Math.cos((2 * Math.PI * row) / 365) + 3 * Math.sin(1.7 * row);
    const humidity = row % 5 === 2 || row % 5 === 3 ? '' : (60 + 10 * Math.sin(row)).toFixed(1);
    return `${date},${temperature.toFixed(1)},${humidity}`;
  });
  const path = join(folder, 'gaps.csv');
  await writeFile(path, ['date,temperature (°C),humidity (%)', ...lines].join('\n'));
  return path;
}

test('Tutorial keeps every window, and Model says what that lets through', async ({ app }) => {
  const { window } = app;
  const journey = new Journey(window);
  const said = window.getByText(/In \d+ of the windows a filled gap tells/);
  const shape = journey.model.windowsShape;
  await dropFiles(app, [await writeGaps(app.folder)]);
  await journey.data.found.waitFor();
  await journey.next('Columns');
  // Its gaps would cost two of five windows: it is suggested to do without, as the lesson does not.
  await expect(journey.columns.leftOut).toContainText('has gaps that would cost 287 of 717 windows');
  await journey.button('Use it: humidity (%)').click();
  await journey.next('Model');
  await expect(shape).not.toHaveText('');
  await expect(said).toHaveCount(0);

  await journey.model.choosePreset('Tutorial');
  // Of 724 windows those whose newest day is one of the two in five.
  await expect(said).toContainText('In 290 of the windows');
  await expect(shape).toHaveText('(724, 6, 2)');
  await keepPictures(app, '16-lesson-windows');

  await window.getByRole('combobox', { name: 'Windows with a filled gap' }).click();
  await window.getByRole('option', { name: 'Leave out' }).click();
  await expect(shape).toHaveText('(434, 6, 2)');
  await expect(said).toHaveCount(0);
  expect(app.errors).toEqual([]);
});
