import { cpus } from 'node:os';
import {
  afterChange,
  PAUSED_STATES,
  RESUMED_STATES,
  type FleetAction,
  type FleetAsk,
  type FleetChange,
  type FleetEvent,
  type FleetFile,
  type FleetState,
  type FleetView,
  type KeptFleet,
} from '../contract/fleet-view';
import type { Language } from '../contract/language';
import { Problem, toProblem, type ProblemData } from '../contract/problems';
import { secondsLeftAfter, type Progress } from '../contract/progress';
import { DatasetReader } from '../dataset';
import { forecastsToCsv, type StationForecast } from './fleet-forecasts';
import { forecastStation } from './forecast-station';
import { KeptFleets, type FleetJob } from './kept-fleets';
import { Pace, type Workplace } from '../workplace';
import { runFleet, type FleetProgress } from './run-fleet';
import { outlookFor } from './station-outlook';
import { nameOf, outcomeOf, rowOf, textOfFleet, wishOf, wishText } from './fleet-view-of';
import { findStationsIn } from './stations';
import { stationsInFile } from './stations-in-file';
import type { Workshop } from './train-station';

export interface FleetServiceParts {
  /** Of all fleets. */
  readonly folder: string;
  readonly workshop: Workshop;
  /** Keeps other trainings away until what it returns is called. @throws Problem 'trainer-busy' */
  hold(): () => void;
  /** Takes a copy of a run among the ordinary ones, and returns its id. */
  copyRun(folder: string): Promise<string>;
  hasRun(runId: string): Promise<boolean>;
  emit(event: FleetEvent): void;
  /** Stations at a time; half the processors when left out. */
  readonly jobs?: number;
  /** Where they are trained; null, and when left out: on this machine. @throws Problem of the place */
  workplace?(): Promise<Workplace | null>;
}

/** What is done about the fleet that is open, until it has ended in whatever way. */
interface Work {
  readonly abort: AbortController;
  readonly pace: Pace;
  ended: Promise<void>;
}

const TELL_EVERY_MS = 200;

/**
 * The fleets of the window: one is open, and one thing is done about it at a time. Everything that becomes otherwise is
 * told by an event.
 */
export class FleetService {
  readonly #parts: FleetServiceParts;
  readonly #kept: KeptFleets;
  #view: FleetView | null = null;
  /** Copies among the ordinary runs, by the names of the stations. */
  #opened: FleetJob['opened'] = {};
  #work: Work | null = null;
  /** That the newest fleet was looked for, once the window has asked. */
  #loaded: Promise<void> | null = null;
  /** The newest forecasts of the fleet that is open. */
  #forecasts: readonly StationForecast[] = [];
  #tellTimer: NodeJS.Timeout | undefined;

  constructor(parts: FleetServiceParts) {
    this.#parts = parts;
    this.#kept = new KeptFleets(parts.folder);
  }

  /** The fleet that is open: after a start the newest there is. Null: none. */
  async view(): Promise<FleetView | null> {
    this.#loaded ??= this.#load();
    await this.#loaded;
    return this.#view;
  }

  async #load(): Promise<void> {
    await this.#kept.sweep();
    const [newest] = await this.#kept.list().catch(() => []);
    if (newest === undefined || this.#view !== null) return;
    await this.open(newest.id).catch(() => undefined);
  }

  list(): Promise<readonly KeptFleet[]> {
    return this.#kept.list();
  }

  /** @throws Problem 'work-busy', 'run-missing', 'run-damaged' */
  async open(id: string): Promise<FleetView> {
    this.#requireRest();
    const { stations, hasEnded, opened, ...job } = await this.#kept.read(id);
    const known = await this.#kept.folderOf(id).read(wishText(job.ask));
    const rows = stations.map((station) =>
      rowOf(station, { result: known.results.get(station.name)?.result ?? null }),
    );
    this.#opened = opened;
    this.#forecasts = [];
    const state = hasEnded ? 'ended' : 'stopped';
    this.#view = { ...job, id, rows, shared: known.shared, state, problem: null, howFar: null };
    return this.#view;
  }

  /** No fleet is open any more; it stays where it is. @throws Problem 'work-busy' */
  async leave(): Promise<void> {
    if (this.#view?.state === 'planning') await this.control('cancel');
    this.#requireRest();
    this.#view = null;
  }

  /** Removes a fleet with all its runs. @throws Problem 'work-busy', 'cannot-write' */
  async remove(id: string): Promise<void> {
    if (this.#view?.id === id) await this.leave();
    await this.#kept.remove(id);
  }

  /**
   * Opens a new fleet and reads its stations, one after another; resolves when it is known which they are.
   * @param paths of a folder, a list, a file with several stations, or of files that are a station each
   * @throws Problem 'work-busy', and what `findStationsIn` throws
   */
  async plan(paths: readonly string[], ask: FleetAsk): Promise<FleetView> {
    if (this.#view?.state === 'planning') await this.control('cancel');
    this.#requireRest();
    const stations = await findStationsIn(paths, (file) =>
      stationsInFile(file, this.#parts.workshop.startReader),
    );
    this.#requireRest();
    this.#opened = {};
    this.#forecasts = [];
    this.#view = {
      id: this.#kept.newId(),
      name: nameOf(paths),
      createdAt: Date.now(),
      paths,
      ask,
      rows: stations.map((station) => rowOf(station)),
      shared: null,
      state: 'planning',
      problem: null,
      howFar: { done: 0, of: stations.length, secondsLeft: null, atWork: [] },
    };
    const view = this.#view;
    this.#begin((work) => this.#lookAt(view, work), { done: 'planned', cancelled: 'planned' });
    return view;
  }

  /**
   * Trains every station that was not trained yet; resolves when that has begun.
   * @param language of the page that is kept with the fleet
   * @param shared whether one model is then trained on all stations together
   * @throws Problem 'work-busy', 'trainer-busy', 'cannot-write', 'folder-busy'
   */
  async start(language: Language, shared = false): Promise<void> {
    if (this.#view?.state === 'planning') await this.control('cancel');
    const found = this.#requireView();
    const view: FleetView = { ...found, ask: { ...found.ask, shared } };
    this.#view = view;
    const letTrain = this.#parts.hold();
    try {
      await this.#keep(false);
      const workplace = (await this.#parts.workplace?.()) ?? null;
      const unlock = await this.#kept.folderOf(view.id).begin();
      this.#tell({ kind: 'state', state: 'running', problem: null });
      this.#begin(
        async (work) => {
          try {
            await this.#train(view, work, language, workplace);
          } finally {
            unlock();
            letTrain();
          }
          await this.#keep(true);
        },
        { done: 'ended', cancelled: 'stopped' },
      );
    } catch (error) {
      letTrain();
      throw error;
    }
  }

  /** Nothing happens where nothing is done. What is cancelled can be started again: what was trained stays. */
  async control(action: FleetAction): Promise<void> {
    const work = this.#work;
    if (work === null) return;
    switch (action) {
      case 'pause':
      case 'resume': {
        const others = action === 'pause' ? PAUSED_STATES : RESUMED_STATES;
        const state = others.get(this.#requireOpen().state);
        if (state === undefined) return;
        work.pace[action]();
        this.#tell({ kind: 'state', state, problem: null });
        return;
      }
      case 'cancel':
        work.abort.abort();
        work.pace.resume();
        await work.ended;
    }
  }

  /** Forecasts every trained station from the newest reading in its file; resolves when that has begun. @throws Problem 'work-busy' */
  forecast(): void {
    const { state } = this.#requireView();
    this.#tell({ kind: 'state', state: 'forecasting', problem: null });
    this.#begin((work) => this.#forecastAll(work), { done: state, cancelled: state });
  }

  /** A copy of a station's run among the ordinary runs. @throws Problem 'run-missing', and those of copying */
  async openStation(name: string): Promise<{ readonly runId: string }> {
    const view = this.#view;
    const result = view?.rows.find(({ station }) => station.name === name)?.result;
    if (view === null || result?.kind !== 'trained') throw new Problem('run-missing');
    const before = this.#opened[name];
    if (before !== undefined && (await this.#parts.hasRun(before))) return { runId: before };
    const runId = await this.#parts.copyRun(this.#kept.folderOf(view.id).pathOf(result.folder));
    this.#opened = { ...this.#opened, [name]: runId };
    await this.#keep(view.state === 'ended');
    return { runId };
  }

  /** What is to be saved, as text. @throws Problem 'run-missing' */
  textOf(file: FleetFile, language: Language): string {
    return textOfFleet(file, this.#requireOpen(), this.#forecasts, language);
  }

  /** Ends what is done at once. What was trained stays. */
  async close(): Promise<void> {
    await this.control('cancel');
    clearTimeout(this.#tellTimer);
  }

  async #lookAt({ rows, ask }: FleetView, { abort: { signal } }: Work): Promise<void> {
    const reader = new DatasetReader(this.#parts.workshop.startReader);
    const cancel = (): void => reader.close();
    signal.addEventListener('abort', cancel);
    try {
      const wish = wishOf(ask);
      const clock = performance.now();
      for (const [place, { station }] of rows.entries()) {
        signal.throwIfAborted();
        this.#tell({ kind: 'outlook', place, outlook: await outlookFor(station, reader, wish) });
        this.#tellHowFar(place + 1, rows.length, performance.now() - clock);
      }
    } finally {
      signal.removeEventListener('abort', cancel);
      reader.close();
    }
  }

  async #train(
    { id, rows, ask }: FleetView,
    { abort, pace }: Work,
    language: Language,
    workplace: Workplace | null,
  ): Promise<void> {
    const places = new Map(rows.map(({ station }, place) => [station.name, place]));
    const { workshop, jobs = Math.max(1, cpus().length >> 1) } = this.#parts;
    const { shared } = await runFleet(
      rows.map(({ station }) => station),
      { ...wishOf(ask), text: wishText(ask) },
      { folder: this.#kept.folderOf(id), workshop, workplace, jobs, share: ask.shared, language },
      {
        signal: abort.signal,
        pace,
        onProgress: (progress) => this.#tellSoon(progress),
        onSharing: (progress) => this.#tellSharing(progress, pace),
        onResult: ({ name }, result) => this.#tell({ kind: 'result', place: places.get(name)!, result }),
      },
    );
    this.#tell({ kind: 'shared', shared });
  }

  #tellSharing({ fraction, secondsLeft }: Progress, { isPaused }: Pace): void {
    const state = isPaused ? 'sharing-paused' : 'sharing';
    if (this.#view?.state !== state) {
      clearTimeout(this.#tellTimer);
      this.#tellTimer = undefined;
      this.#tell({ kind: 'state', state, problem: null });
    }
    this.#tell({ kind: 'progress', howFar: { done: fraction, of: 1, secondsLeft, atWork: [] } });
  }

  async #forecastAll({ abort: { signal } }: Work): Promise<void> {
    const { id, rows } = this.#requireOpen();
    const folder = this.#kept.folderOf(id);
    const trained = rows.flatMap(({ station, result }, place) =>
      result?.kind === 'trained' ? [{ station, result, place }] : [],
    );
    const forecasts: StationForecast[] = [];
    const clock = performance.now();
    for (const [index, { station, result, place }] of trained.entries()) {
      const run = folder.pathOf(result.folder);
      try {
        const forecast = await forecastStation(station, run, this.#parts.workshop, signal);
        forecasts.push({ station, forecast });
        this.#tell({ kind: 'forecast', place, forecast: outcomeOf(forecast) });
      } catch (error) {
        signal.throwIfAborted();
        const problem = toProblem(error).toData();
        this.#tell({ kind: 'forecast', place, forecast: { kind: 'failed', problem } });
      }
      this.#tellHowFar(index + 1, trained.length, performance.now() - clock);
    }
    this.#forecasts = forecasts;
    await folder.writeForecasts(forecastsToCsv(forecasts));
  }

  /** @param then the state when all was done, and when it was cancelled */
  #begin(
    action: (work: Work) => Promise<void>,
    then: { readonly done: FleetState; readonly cancelled: FleetState },
  ): void {
    const work: Work = { abort: new AbortController(), pace: new Pace(), ended: Promise.resolve() };
    this.#work = work;
    const end = (state: FleetState, problem: ProblemData | null = null): void => {
      clearTimeout(this.#tellTimer);
      this.#tellTimer = undefined;
      this.#work = null;
      this.#tell({ kind: 'state', state, problem });
    };
    work.ended = action(work).then(
      () => end(then.done),
      (error: unknown) =>
        work.abort.signal.aborted ? end(then.cancelled) : end('failed', toProblem(error).toData()),
    );
  }

  #keep(hasEnded: boolean): Promise<void> {
    const { id, name, createdAt, paths, ask, rows } = this.#requireOpen();
    const stations = rows.map(({ station }) => station);
    return this.#kept.write(id, {
      name,
      createdAt,
      paths: [...paths],
      ask,
      stations,
      hasEnded,
      opened: this.#opened,
    });
  }

  #requireOpen(): FleetView {
    if (this.#view === null) throw new Problem('run-missing');
    return this.#view;
  }

  #requireRest(): void {
    if (this.#work !== null) throw new Problem('work-busy');
  }

  /** The fleet that is open, about which nothing is done. */
  #requireView(): FleetView {
    this.#requireRest();
    return this.#requireOpen();
  }

  #tell(change: FleetChange): void {
    if (this.#view === null) return;
    this.#view = afterChange(this.#view, change);
    this.#parts.emit({ ...change, fleetId: this.#view.id });
  }

  #tellHowFar(done: number, of: number, elapsedMs: number): void {
    const secondsLeft = secondsLeftAfter(elapsedMs / 1000, done / of);
    this.#tell({ kind: 'progress', howFar: { done, of, secondsLeft, atWork: [] } });
  }

  /** At most some five times a second: each epoch of each station tells. */
  #tellSoon(progress: FleetProgress): void {
    this.#tellTimer ??= setTimeout(() => {
      this.#tellTimer = undefined;
      const { done, of, secondsLeft } = progress;
      const atWork = [...progress.atWork].map(([name, fraction]) => ({ name, fraction }));
      this.#tell({ kind: 'progress', howFar: { done, of, secondsLeft, atWork } });
    }, TELL_EVERY_MS);
  }
}
