import { Problem, toProblem, type ProblemData } from '../contract/problems';
import {
  NOTHING_COUNTED,
  type Issued,
  type PublishWay,
  type WatchSettings,
  type WatchView,
} from '../contract/watch';
import type { DatasetReader } from '../dataset';
import { lockFolder, type Release } from '../files/lock';
import {
  holdsEarlier,
  readForecastLog,
  readWatch,
  removeWatch,
  takeEarlierBack,
  writeWatch,
  type RunLibrary,
} from '../library';
import { publishOneWay, type Publication } from '../publish';
import type { RunQuestions } from '../services';
import { pauseOf, publicationFor } from './publishing';
import { trainCandidate, type RetrainingParts } from './retraining';
import { Station } from './station';
import { Watcher } from './watcher';

const LOOK_EVERY_MS = 5000;
/** As many as are shown. */
const MOST_NOTICES = 5;

export interface WatchServiceParts {
  readonly library: RunLibrary;
  readonly questions: RunQuestions;
  openReader(): DatasetReader;
  readonly startTrainer: RetrainingParts['startTrainer'];
  /** Of the broker of these settings; null: none is kept. */
  password(settings: WatchSettings): Promise<string | null>;
  /** A forecast was issued or something is to be known: what is shown of the run is as it was before. */
  changed(runId: string): void;
  /** The newest forecast of a run was published. */
  published(publication: Publication): void;
}

/** What is known of a run that is watched. */
interface Watched {
  readonly unlock: Release;
  readonly station: Station;
  publication: Publication | null;
  notices: readonly ProblemData[];
}

/** Watches runs of the library for as long as the app runs. */
export class WatchService {
  readonly #parts: WatchServiceParts;
  readonly #watcher = new Watcher(LOOK_EVERY_MS);
  readonly #watched = new Map<string, Watched>();

  constructor(parts: WatchServiceParts) {
    this.#parts = parts;
  }

  /** Whether any run is watched: then the app keeps running without its window. */
  get isWatching(): boolean {
    return this.#watched.size > 0;
  }

  /** Watches all runs that are to be watched. @returns why some are not */
  async start(): Promise<Problem[]> {
    const problems: Problem[] = [];
    const runs = await this.#parts.library.list().catch(() => []);
    for (const { id } of runs) {
      const settings = await readWatch(this.#parts.library.folderOf(id)).catch(() => null);
      if (settings === null) continue;
      await this.#begin(id, settings, null).catch((error: unknown) => problems.push(toProblem(error)));
    }
    this.#watcher.start();
    return problems;
  }

  async view(runId: string): Promise<WatchView> {
    const settings = await readWatch(this.#parts.library.folderOf(runId));
    const watched = this.#watched.get(runId);
    return {
      settings,
      isWatching: watched !== undefined,
      lastAt: watched?.publication?.madeAt ?? null,
      grade: watched?.publication?.grade ?? null,
      notices: watched?.notices ?? [],
      isRetraining: watched?.station.isRetraining ?? false,
      hasEarlier: await holdsEarlier(this.#parts.library.folderOf(runId)),
      hasPassword: hasBroker(settings) && (await this.#parts.password(settings)) !== null,
    };
  }

  /** Keeps what is wanted of a run and does it from now on; null: it is no longer watched. @throws Problem 'cannot-write', 'folder-busy' */
  async set(runId: string, settings: WatchSettings | null): Promise<void> {
    const folder = this.#parts.library.folderOf(runId);
    await this.#parts.library.record(runId);
    const before = this.#watched.get(runId)?.publication ?? null;
    this.letGo(runId);
    if (settings === null) {
      await removeWatch(folder);
      return;
    }
    await writeWatch(folder, settings);
    await this.#begin(runId, settings, before);
    this.#watcher.lookSoon();
  }

  /** Publishes the newest forecast in one way, to be seen whether it works. @throws Problem of that way, 'watch-no-source' */
  async tryWay(runId: string, way: PublishWay): Promise<void> {
    const folder = this.#parts.library.folderOf(runId);
    const settings = await readWatch(folder);
    if (settings === null) throw new Problem('watch-no-source', { folder });
    const publication = this.#watched.get(runId)?.publication ?? (await this.#untold(runId, settings));
    await publishOneWay(way, publication, {
      settings: settings.publish,
      password: await this.#parts.password(settings),
      forecasts: await readForecastLog(folder),
      pauseSeconds: pauseOf(settings.schedule, publication),
    });
  }

  /** Trains a watched run again on all readings; what comes of it is told by `changed`. @throws Problem 'watch-no-source' */
  retrain(runId: string): void {
    const watched = this.#watched.get(runId);
    if (watched === undefined) throw new Problem('watch-no-source', { folder: runId });
    watched.station.retrain();
    this.#watcher.lookSoon();
  }

  /** The model before the one that forecasts takes its place again. @throws Problem 'run-missing', 'cannot-write', 'folder-busy' */
  async takeEarlierBack(runId: string): Promise<void> {
    const folder = this.#parts.library.folderOf(runId);
    const settings = await readWatch(folder);
    const before = this.#watched.get(runId)?.publication ?? null;
    this.letGo(runId);
    await this.#watcher.rest();
    try {
      await takeEarlierBack(folder, Date.now());
      this.#parts.questions.forget(runId);
    } finally {
      if (settings !== null) await this.#begin(runId, settings, before);
    }
    this.#parts.changed(runId);
  }

  /** A run is no longer watched from now on; what is kept of it stays. */
  letGo(runId: string): void {
    this.#watcher.remove(runId);
    const watched = this.#watched.get(runId);
    watched?.unlock();
    void watched?.station.close();
    this.#watched.delete(runId);
  }

  async close(): Promise<void> {
    await this.#watcher.close();
    for (const runId of [...this.#watched.keys()]) this.letGo(runId);
  }

  /** A forecast from what there is, where none was issued since the start. */
  async #untold(runId: string, settings: WatchSettings): Promise<Publication> {
    const forecast = await this.#parts.questions.ask('forecastRun', { runId });
    const issued: Issued = {
      taken: { added: 0, late: 0, firstLate: null, changed: 0, firstChanged: null },
      forecast,
      isNew: false,
      beside: null,
      grade: null,
      worse: NOTHING_COUNTED,
    };
    return await publicationFor(this.#parts.library.folderOf(runId), issued, settings, Date.now());
  }

  async #begin(runId: string, settings: WatchSettings, publication: Publication | null): Promise<void> {
    const { library, questions, openReader, startTrainer, password, changed, published } = this.#parts;
    const folder = library.folderOf(runId);
    const unlock = await lockFolder(folder, 'watch');
    const station: Station = new Station(
      {
        folder,
        questions,
        openReader,
        now: () => Date.now(),
        password: () => password(settings),
        tell(notice) {
          watched.notices = [notice, ...watched.notices].slice(0, MOST_NOTICES);
          changed(runId);
        },
        train: (signal) => trainCandidate({ folder, questions, startTrainer }, signal),
        issued: () => undefined,
        retrained(isOther) {
          if (isOther) questions.forget(runId);
          changed(runId);
        },
        published(publication) {
          watched.publication = publication;
          published(publication);
          changed(runId);
        },
      },
      settings,
    );
    const watched: Watched = { unlock, station, publication, notices: [] };
    this.#watched.set(runId, watched);
    this.#watcher.add(runId, station);
  }
}

const hasBroker = (settings: WatchSettings | null): settings is WatchSettings =>
  settings !== null && settings.publish.mqtt !== null;
