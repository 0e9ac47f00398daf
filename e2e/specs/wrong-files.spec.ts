import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerDialogs, expect, test } from '../fixtures/app';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

const days = (count: number, cells: (day: number) => string): string =>
  Array.from({ length: count }, (_, day) => {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},${cells(day)}\n`;
  }).join('');

/** The shortest PNG there is: one pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('wrong files get one sentence each, and the app goes on', async ({ app }) => {
  const { window, electron, folder } = app;
  const journey = new Journey(window);
  const write = async (name: string, content: string | Buffer): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const huge = join(folder, 'huge.csv');
  const file = await open(huge, 'w');
  await file.truncate(2 * 1024 ** 3);
  await file.close();

  const refused: readonly (readonly [path: string, sentence: RegExp])[] = [
    [await write('empty.csv', ''), /“empty\.csv” is empty\. Export the readings again/],
    [await write('photo.csv', picture), /“photo\.csv” is not a table of readings but looks like .*PNG/],
    [await write('no-time.csv', 'a,b\n1,2\n3,4\n5,6\n'), /No column of “no-time\.csv” holds dates/],
    [huge, /“huge\.csv” has 2 GB, more than the/],
  ];
  for (const [path, sentence] of refused) {
    await test.step(path.slice(folder.length + 1), async () => {
      await answerDialogs(electron, path);
      await journey.data.chooseFile();
      await expect(window.getByText(sentence)).toBeVisible();
    });
  }
  await keepPictures(app, '9-wrong-file');

  const openFile = async (name: string, content: string): Promise<void> => {
    await answerDialogs(electron, await write(name, content));
    await journey.go('Data');
    await journey.data.chooseFile();
    await expect(window.getByText(name).first()).toBeVisible();
  };
  await test.step('words in the target', async () => {
    await openFile('words.csv', `date,temperature,weather\n${days(60, (day) => `${day % 7},sunny`)}`);
    await journey.go('Columns');
    await journey.columns.makeTarget('weather');
    await expect(window.getByText(/Column “weather” holds words \(line 2: “sunny”\)/)).toBeVisible();
    await expect(journey.step('Model')).toBeDisabled();
  });

  await test.step('too few rows', async () => {
    await openFile('short.csv', `date,temperature\n${days(15, (day) => String(day % 5))}`);
    await journey.go('Model');
    await expect(
      window.getByText(/15 rows are too few: a window of 7 and a horizon of 7 need at least 24/).first(),
    ).toBeVisible();
    await expect(journey.button('Train').last()).toBeDisabled();
  });

  await test.step('all values equal', async () => {
    await openFile('constant.csv', `date,temperature,humidity\n${days(80, (day) => `7.5,${day % 9}`)}`);
    await journey.go('Columns');
    await journey.columns.makeTarget('temperature');
    await expect(window.getByText(/All values of column “temperature” are 7\.5/)).toBeVisible();
    await expect(journey.step('Model')).toBeDisabled();
  });

  await test.step('a good file opens after all that', async () => {
    await journey.go('Data');
    await openFile('good.csv', `date,temperature\n${days(120, (day) => String(Math.sin(day) * 9))}`);
    await journey.go('Model');
    await expect(journey.button('Train').last()).toBeEnabled();
  });
  expect(app.errors).toEqual([]);
});
