import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findStations } from './stations';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-stations-'));
  await mkdir(join(folder, 'north', 'coast'), { recursive: true });
  for (const name of ['b.csv', 'a.csv', 'README.md', '.hidden.csv', 'expected.json']) {
    await writeFile(join(folder, 'north', name), 'date,temp\n2020-01-01,1\n');
  }
  await writeFile(join(folder, 'north', 'coast', 'a.csv'), 'x');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const never = (): Promise<readonly string[]> => Promise.reject(new Error('must not be read'));
const listed = async (text: string) => {
  await writeFile(join(folder, 'list.csv'), text);
  return findStations(join(folder, 'list.csv'), never);
};

describe('the stations of a fleet', () => {
  it('are the files of a folder with readings, by their names within it', async () => {
    const found = await findStations(join(folder, 'north'), never);
    expect(found.map(({ name }) => name)).toEqual(['a', 'b', 'coast/a']);
    expect(found[2]).toEqual({
      name: 'coast/a',
      file: join(folder, 'north', 'coast', 'a.csv'),
      station: null,
      place: null,
    });
  });

  it('are those of a list, each with its place, files as the list lies', async () => {
    const found = await listed(
      '\uFEFFName,File,Latitude,Longitude,Altitude\n"Seoul, south",north/a.csv,37.5,127,86\n,north/b.csv,,,\n,north/b.csv,1,2,\n',
    );
    expect(found).toEqual([
      {
        name: 'Seoul, south',
        file: join(folder, 'north', 'a.csv'),
        station: null,
        place: { latitude: 37.5, longitude: 127, altitude: 86 },
      },
      { name: 'b', file: join(folder, 'north', 'b.csv'), station: null, place: null },
      // A name that is taken gets a number.
      {
        name: 'b (2)',
        file: join(folder, 'north', 'b.csv'),
        station: null,
        place: { latitude: 1, longitude: 2, altitude: null },
      },
    ]);
  });

  it('are refused by the line where a list says nonsense', async () => {
    await expect(listed('file,latitude,longitude\na.csv,1,1\nb.csv,91,0\n')).rejects.toMatchObject({
      code: 'fleet-list-line',
      params: { line: 3 },
    });
    await expect(listed('name,file\nx,\n')).rejects.toMatchObject({ params: { line: 2 } });
    await expect(listed('file,latitude,longitude\na.csv,1,\n')).rejects.toMatchObject({
      params: { line: 2 },
    });
  });

  it('are those whose readings stand in one file', async () => {
    const file = join(folder, 'north', 'a.csv');
    const found = await findStations(file, () => Promise.resolve(['one', 'two']));
    expect(found.map(({ name, station }) => [name, station])).toEqual([
      ['one', 'one'],
      ['two', 'two'],
    ]);
    expect(await findStations(file, () => Promise.resolve([]))).toMatchObject([{ name: 'a', station: null }]);
  });

  it('are missed where there are none', async () => {
    await mkdir(join(folder, 'empty'), { recursive: true });
    await expect(findStations(join(folder, 'empty'), never)).rejects.toMatchObject({ code: 'fleet-empty' });
    await expect(findStations(join(folder, 'gone'), never)).rejects.toMatchObject({ code: 'file-missing' });
  });
});
