import { stat } from 'node:fs/promises';
import { basename, dirname, parse, relative, resolve, sep } from 'node:path';
import Papa from 'papaparse';
import { placeSchema, type FleetStation, type Place } from '../contract/fleet';
import { Problem } from '../contract/problems';
import { readingFilesIn } from '../dataset';
import { isMissing } from '../files/atomic';
import { readBounded } from '../files/bounded';
import { problemOfReading } from '../files/regular';

/** A national network has some thousand stations. */
const MOST_STATIONS = 20_000;
const MOST_LIST_BYTES = 8 * 1024 * 1024;

/** Of how many stations a file holds readings: their names, or none where it is one. */
export type StationsInFile = (file: string) => Promise<readonly string[]>;

/**
 * The stations of a fleet: the files of a folder, those that a list names, or those whose readings stand in one file.
 * @param path of the folder, the list (CSV with a column `file`) or the file
 * @throws Problem 'file-missing', 'file-unreadable', 'fleet-empty', 'fleet-list-line', and what reading the file throws
 */
export async function findStations(path: string, stationsIn: StationsInFile): Promise<FleetStation[]> {
  const entry = await stat(path).catch(async (error: unknown) => {
    throw isMissing(error)
      ? new Problem('file-missing', { file: path })
      : await problemOfReading(error, path);
  });
  const found = entry.isDirectory()
    ? (await readingFilesIn(path)).map((file) => alone(file, nameWithin(path, file)))
    : ((await listedStations(path)) ?? (await stationsOfFile(path, stationsIn)));
  if (found.length === 0 || found.length > MOST_STATIONS) {
    throw new Problem('fleet-empty', { path, limit: MOST_STATIONS });
  }
  return withNamesApart(found);
}

/**
 * The stations at several paths: each file is one, and those of folders. A single path may also be a list, or a file that
 * holds several.
 * @throws Problem as `findStations`
 */
export async function findStationsIn(
  paths: readonly string[],
  stationsIn: StationsInFile,
): Promise<FleetStation[]> {
  const [only] = paths;
  if (only !== undefined && paths.length === 1) return findStations(only, stationsIn);
  const found = await Promise.all(
    paths.map(async (path) => {
      const isFolder = await stat(path).then(
        (entry) => entry.isDirectory(),
        () => false,
      );
      return isFolder ? findStations(path, stationsIn) : [alone(path, parse(path).name)];
    }),
  );
  return withNamesApart(found.flat());
}

const alone = (file: string, name: string, place: Place | null = null): FleetStation => ({
  name,
  file,
  station: null,
  place,
});

const nameWithin = (folder: string, file: string): string => {
  const { dir, name } = parse(relative(folder, file));
  return [...dir.split(sep).filter((part) => part !== ''), name].join('/');
};

async function stationsOfFile(path: string, stationsIn: StationsInFile): Promise<FleetStation[]> {
  const names = await stationsIn(path);
  if (names.length === 0) return [alone(path, parse(path).name)];
  return names.map((station) => ({ name: station, file: path, station, place: null }));
}

/** The stations of a list; null where the file is none. */
async function listedStations(path: string): Promise<FleetStation[] | null> {
  const beginning = (await readBounded(path, MOST_LIST_BYTES, 'beginning')).toString('utf8');
  const rows = (preview: number): Papa.ParseResult<Record<string, string>> =>
    Papa.parse(beginning.replace(/^\uFEFF/, ''), {
      header: true,
      preview,
      skipEmptyLines: 'greedy',
      transformHeader: (name) => name.trim().toLowerCase(),
    });
  // Of a long file of readings the head alone is parsed.
  if (!(rows(1).meta.fields ?? []).includes('file')) return null;
  return rows(0).data.map((row, index) => listedStation(row, path, index + 2));
}

/** @throws Problem 'fleet-list-line' */
function listedStation(row: Readonly<Record<string, string>>, list: string, line: number): FleetStation {
  const cell = (name: string): string => (row[name] ?? '').trim();
  const wrong = (): Problem => new Problem('fleet-list-line', { file: basename(list), line });
  if (cell('file') === '') throw wrong();
  const file = resolve(dirname(list), cell('file'));
  const name = cell('name') === '' ? parse(file).name : cell('name').slice(0, 200);
  const [latitude, longitude, altitude] = ['latitude', 'longitude', 'altitude'].map((each) =>
    cell(each) === '' ? null : Number(cell(each)),
  );
  if (latitude === null && longitude === null) return alone(file, name);
  const place = placeSchema.safeParse({ latitude, longitude, altitude });
  if (!place.success) throw wrong();
  return alone(file, name, place.data);
}

/** A second station of a name gets a number behind it. */
function withNamesApart(stations: readonly FleetStation[]): FleetStation[] {
  const taken = new Set<string>();
  return stations.map((station) => {
    let { name } = station;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${station.name} (${number})`;
    taken.add(name.toLowerCase());
    return { ...station, name };
  });
}
