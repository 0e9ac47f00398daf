import type { FleetStation, Leaderboard, StationResult, TrainedStation } from '../contract/fleet';
import type { Language } from '../contract/language';
import { rankStations } from '../contract/leaderboard';
import type { Progress } from '../contract/progress';
import type { SharedReport } from '../contract/shared-model';
import { describeProblem, Problem, toProblem } from '../contract/problems';
import { Slots } from '../files/turns';
import type { FleetFolder, FleetResults } from './fleet-folder';
import { LocalWorkplace, Meanwhile, STATIONS_WITH_BROKER, type Pace, type Workplace } from '../workplace';
import type { FleetWish } from './plan-station';
import { isSharedBy, shareFleet } from './share-fleet';
import { trainStation, type Workshop } from './train-station';

/** How far a fleet is. */
export interface FleetProgress {
  readonly done: number;
  readonly of: number;
  /** Those at work, each with how far it is: 0 to 1, null where that cannot be known. */
  readonly atWork: ReadonlyMap<string, number | null>;
  /** Of wall time, as far as the stations that are done tell; null before the first. */
  readonly secondsLeft: number | null;
}

export interface FleetHooks {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: FleetProgress) => void;
  readonly onResult: (station: FleetStation, result: StationResult) => void;
  /** Called where a station that a broker has is trained here too, since the broker is away. */
  readonly onHere?: (station: FleetStation) => void;
  /** How far the shared model is, which comes last. */
  readonly onSharing?: (progress: Progress) => void;
  /** Where it can be paused. */
  readonly pace?: Pace;
}

export interface FleetOutcome {
  readonly leaderboard: Leaderboard;
  /** null where none was asked for, and none is kept. */
  readonly shared: SharedReport | null;
}

/**
 * Trains and verifies every station of a fleet, some at a time. What was trained before with the same wish stays; a station
 * that fails does not stop the others. After each one the folder says what is known, so that it can be ended at any time, and gone
 * on with by the same call.
 * @param workplace where they are trained; null: by this machine
 * @param jobs stations at a time; elsewhere so many files are read at a time, as many stations are handed in as keep it busy, and
 *   so many at a time are trained here while a broker is away
 * @param share whether one model is then trained on all stations together, and compared with theirs
 * @param language of the page about it
 * @throws Problem 'cancelled' when `signal` is aborted, and where the folder cannot be written
 */
export async function runFleet(
  stations: readonly FleetStation[],
  wish: FleetWish & { readonly text: string },
  {
    folder,
    workshop: own,
    workplace = null,
    jobs,
    share,
    language,
  }: {
    readonly folder: FleetFolder;
    readonly workshop: Workshop;
    readonly workplace?: Workplace | null;
    readonly jobs: number;
    readonly share: boolean;
    readonly language: Language;
  },
  { signal, onProgress, onResult, onHere, onSharing, pace }: FleetHooks,
): Promise<FleetOutcome> {
  const meanwhile = new Meanwhile(new LocalWorkplace(own), jobs);
  const workshop = workplace === null ? own : { ...own, workplace, reading: new Slots(jobs), meanwhile };
  const atATime = workplace === null ? jobs : STATIONS_WITH_BROKER;
  const before = await folder.read(wish.text);
  const results = new Map<string, { station: FleetStation; result: StationResult }>();
  for (const station of stations) {
    const known = before.results.get(station.name);
    if (known?.result.kind === 'trained' && isSameStation(known.station, station)) {
      results.set(station.name, { station, result: known.result });
    }
  }
  const waiting = stations.filter(({ name }) => !results.has(name));
  const atWork = new Map<string, number | null>();
  const began = performance.now();
  const all = waiting.length;
  let done = 0;
  let newlyTrained = 0;
  const tell = (): void => {
    const elapsed = performance.now() - began - (pace?.pausedMs ?? 0);
    const secondsLeft = done === 0 ? null : ((elapsed / done) * (all - done)) / 1000;
    onProgress({ done: stations.length - all + done, of: stations.length, atWork, secondsLeft });
  };
  const keep = async (station: FleetStation, result: StationResult): Promise<void> => {
    results.set(station.name, { station, result });
    done += 1;
    if (result.kind === 'trained') newlyTrained += 1;
    onResult(station, result);
    await folder.write(wish.text, {
      results: inOrder(stations, results),
      shared: newlyTrained === 0 ? before.shared : null,
    });
  };
  const work = async (): Promise<void> => {
    for (let station = waiting.shift(); station !== undefined; station = waiting.shift()) {
      await pace?.going();
      if (signal.aborted) throw new Problem('cancelled');
      atWork.set(station.name, null);
      tell();
      const { name } = station;
      const result = await resultOf(station, wish, folder, {
        workshop,
        signal,
        pace,
        onHere: () => onHere?.(station),
        onProgress: ({ fraction }) => {
          atWork.set(name, fraction);
          tell();
        },
      });
      atWork.delete(name);
      await keep(station, result);
      tell();
    }
  };
  const workers = Array.from({ length: Math.max(1, Math.min(atATime, waiting.length)) }, work);
  const ended = await Promise.allSettled(workers);
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const known = inOrder(stations, results);
  const leaderboard = rankStations([...known.values()]);
  const trained = [...known.values()].filter(isTrained);
  const isStill = newlyTrained === 0 && before.shared !== null && isSharedBy(before.shared, trained);
  const kept = isStill ? before.shared : null;
  // What is known already stands there, should the shared model be cancelled.
  await folder.writeReports(leaderboard, kept, language);
  if (!share || kept !== null || trained.length === 0) return { leaderboard, shared: kept };
  const shared = await shareFleet(folder, trained, workshop, {
    signal,
    onProgress: (progress) => onSharing?.(progress),
    pace,
  });
  await folder.write(wish.text, { results: known, shared });
  await folder.writeReports(leaderboard, shared, language);
  return { leaderboard, shared };
}

const isTrained = (each: {
  readonly station: FleetStation;
  readonly result: StationResult;
}): each is { readonly station: FleetStation; readonly result: TrainedStation } =>
  each.result.kind === 'trained';

async function resultOf(
  station: FleetStation,
  wish: FleetWish,
  folder: FleetFolder,
  hooks: Parameters<typeof trainStation>[3],
): Promise<StationResult> {
  const within = folder.runOf(station);
  try {
    return { ...(await trainStation(station, folder.pathOf(within), wish, hooks)), folder: within };
  } catch (error) {
    if (hooks.signal.aborted) throw new Problem('cancelled', {}, { cause: error });
    const problem = toProblem(error).toData();
    return { kind: 'failed', problem, sentence: describeProblem(problem) };
  }
}

const isSameStation = (one: FleetStation, other: FleetStation): boolean =>
  one.file === other.file && one.station === other.station;

/** In the order of the fleet, whatever ended first. */
function inOrder(stations: readonly FleetStation[], results: FleetResults): FleetResults {
  return new Map(
    stations.flatMap(({ name }) => {
      const known = results.get(name);
      return known === undefined ? [] : [[name, known] as const];
    }),
  );
}
