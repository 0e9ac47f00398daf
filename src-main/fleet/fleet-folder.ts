import { join } from 'node:path';
import { z } from 'zod';
import {
  fleetStationSchema,
  stationResultSchema,
  type FleetStation,
  type Leaderboard,
  type StationResult,
} from '../contract/fleet';
import type { Language } from '../contract/language';
import { Problem } from '../contract/problems';
import { makeFolder, writeAtomically, entryAt } from '../files/atomic';
import { readJson } from '../files/bounded';
import { safeFileName } from '../files/file-name';
import { lockFolder, type Release } from '../files/lock';
import { bearsFormat, sealed, sealJson } from '../files/sealed';
import { fleetToHtml } from '../report';
import { csvCell, csvText } from '../forecaster/csv';

const MOST_BYTES = 64 * 1024 * 1024;
const FORMAT = 'hindcast-fleet';
const FILE_NAME = 'fleet.json';
const TABLE_NAME = 'fleet.csv';
const PAGE_NAME = 'fleet.html';
const FORECASTS_NAME = 'forecasts.csv';
const STATIONS_FOLDER = 'stations';

const fileSchema = sealed(
  z.object({
    format: z.literal(FORMAT),
    version: z.literal(1),
    /** What was asked of every station, as it was given. */
    wish: z.string().max(10_000),
    stations: z.array(z.object({ station: fleetStationSchema, result: stationResultSchema })),
  }),
);

/** What is known of a fleet's stations, by their names. */
export type FleetResults = ReadonlyMap<
  string,
  { readonly station: FleetStation; readonly result: StationResult }
>;

/**
 * A fleet on disk: fleet.json with what came of each station, fleet.csv and fleet.html for people, and a run a
 * station. Only
 * what Hindcast made is ever replaced there.
 */
export class FleetFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps other processes from it. @throws Problem 'cannot-write', 'folder-busy', 'not-ours' */
  async begin(): Promise<Release> {
    await makeFolder(this.#folder);
    const file = join(this.#folder, FILE_NAME);
    if ((await entryAt(file)) !== null && !(await bearsFormat(file, FORMAT))) {
      throw new Problem('not-ours', { file });
    }
    return lockFolder(this.#folder, 'train');
  }

  /**
   * What came of stations before; none where there was no fleet.
   * @param wish as it is given now
   * @throws Problem 'fleet-exists' where something else was asked of it
   */
  async read(wish: string): Promise<FleetResults> {
    const file = join(this.#folder, FILE_NAME);
    if ((await entryAt(file)) === null) return new Map();
    const damaged = (): Problem => new Problem('fleet-exists', { folder: this.#folder });
    const kept = await readJson(file, fileSchema, MOST_BYTES, damaged);
    if (kept.wish !== wish) throw damaged();
    return new Map(kept.stations.map((each) => [each.station.name, each]));
  }

  write(wish: string, results: FleetResults): Promise<void> {
    const whole = { format: FORMAT, version: 1, wish, stations: [...results.values()] };
    return writeAtomically(join(this.#folder, FILE_NAME), sealJson(whole));
  }

  /** The leaderboard for people: as a table, and as a page. */
  async writeReports(leaderboard: Leaderboard, language: Language): Promise<void> {
    await writeAtomically(join(this.#folder, TABLE_NAME), tableOf(leaderboard));
    await writeAtomically(join(this.#folder, PAGE_NAME), fleetToHtml(leaderboard, Date.now(), language));
  }

  writeForecasts(table: string): Promise<void> {
    return writeAtomically(join(this.#folder, FORECASTS_NAME), table);
  }

  /** The folder of a station's run, within that of the fleet. */
  runOf({ name }: FleetStation): string {
    return join(STATIONS_FOLDER, safeFileName(name));
  }

  pathOf(within: string): string {
    return join(this.#folder, within);
  }
}

const HEADER =
  'station,file,latitude,longitude,altitude,target,unit,horizon,windows,rmse,best_baseline,best_rmse,skill,skill_over_best,coverage_95,verdict,p_value,run,sentence';

/** The leaderboard as CSV; numbers as they are, texts harmless to spreadsheets. */
export function tableOf({ ranked, failed }: Leaderboard): string {
  const number = (value: number | null): string => (value === null ? '' : csvCell(String(value)));
  const placed = ({ name, file, place }: FleetStation): string[] => [
    csvText(name),
    csvText(file),
    number(place?.latitude ?? null),
    number(place?.longitude ?? null),
    number(place?.altitude ?? null),
  ];
  const rows = ranked.map(({ station, result, verdict }) => [
    ...placed(station),
    csvText(result.target),
    csvText(result.unit),
    ...[result.horizon, result.windows, result.rmse].map(number),
    result.best,
    ...[result.bestRmse, result.skill, result.skillOverBest.value, result.coverage].map(number),
    verdict,
    number(result.pValue),
    csvText(result.folder),
    csvText(result.sentence),
  ]);
  const empty = Array.from({ length: 10 }, () => '');
  const without = failed.map(({ station, result }) => [
    ...placed(station),
    ...empty,
    'failed',
    '',
    '',
    csvText(result.sentence),
  ]);
  return [HEADER, ...[...rows, ...without].map((row) => row.join(','))].map((line) => `${line}\r\n`).join('');
}
