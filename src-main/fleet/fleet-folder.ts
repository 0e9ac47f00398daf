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
import { sharedReportSchema, summariseShared, type SharedReport } from '../contract/shared-model';
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
    /** The shared model of all that were trained. */
    shared: sharedReportSchema.optional(),
  }),
);

/** What is known of a fleet's stations, by their names. */
export type FleetResults = ReadonlyMap<
  string,
  { readonly station: FleetStation; readonly result: StationResult }
>;

/** What is known of a fleet. */
export interface FleetKnown {
  readonly results: FleetResults;
  /** null where none was made since a station was trained last. */
  readonly shared: SharedReport | null;
}

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
  async read(wish: string): Promise<FleetKnown> {
    const file = join(this.#folder, FILE_NAME);
    if ((await entryAt(file)) === null) return { results: new Map(), shared: null };
    const damaged = (): Problem => new Problem('fleet-exists', { folder: this.#folder });
    const kept = await readJson(file, fileSchema, MOST_BYTES, damaged);
    if (kept.wish !== wish) throw damaged();
    return {
      results: new Map(kept.stations.map((each) => [each.station.name, each])),
      shared: kept.shared ?? null,
    };
  }

  write(wish: string, { results, shared }: FleetKnown): Promise<void> {
    const stations = [...results.values()];
    const whole = { format: FORMAT, version: 1, wish, stations, ...(shared === null ? {} : { shared }) };
    return writeAtomically(join(this.#folder, FILE_NAME), sealJson(whole));
  }

  /** The leaderboard for people: as a table, and as a page. */
  async writeReports(
    leaderboard: Leaderboard,
    shared: SharedReport | null,
    language: Language,
  ): Promise<void> {
    await writeAtomically(join(this.#folder, TABLE_NAME), tableOf(leaderboard, shared));
    const page = fleetToHtml(leaderboard, shared, Date.now(), language);
    await writeAtomically(join(this.#folder, PAGE_NAME), page);
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
  'station,file,latitude,longitude,altitude,target,unit,horizon,windows,rmse,best_baseline,best_rmse,skill,skill_over_best,coverage_95,verdict,p_value,run,shared_rmse,shared_saved,shared_p_value,shared_verdict,lstm_rmse,shared_lstm_rmse,shared_run,sentence';

/** The cells of a station that has no share in a shared model. */
const NOT_SHARED = Array.from({ length: 7 }, () => '');

/** The leaderboard as CSV; numbers as they are, texts harmless to spreadsheets. */
export function tableOf({ ranked, failed }: Leaderboard, shared: SharedReport | null = null): string {
  const judged = new Map(
    (shared === null ? [] : summariseShared(shared).stations).map((each) => [each.name, each] as const),
  );
  const sharedAt = (name: string): string[] => {
    const found = judged.get(name);
    if (found === undefined) return NOT_SHARED;
    const { saved, pValue, verdict, singleAlone, sharedAlone, folder } = found;
    return [
      ...[found.shared, saved, pValue].map(number),
      verdict,
      ...[singleAlone, sharedAlone].map(number),
      csvText(folder),
    ];
  };
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
    ...sharedAt(station.name),
    csvText(result.sentence),
  ]);
  const empty = Array.from({ length: 10 }, () => '');
  const without = failed.map(({ station, result }) => [
    ...placed(station),
    ...empty,
    'failed',
    '',
    '',
    ...NOT_SHARED,
    csvText(result.sentence),
  ]);
  return [HEADER, ...[...rows, ...without].map((row) => row.join(','))].map((line) => `${line}\r\n`).join('');
}
