import type { FleetStation } from '../../../src-main/contract/fleet';
import {
  afterChange,
  isAtWork,
  type FleetAction,
  type FleetAsk,
  type FleetFile,
  type FleetView,
  type KeptFleet,
} from '../../../src-main/contract/fleet-view';
import { rankStations } from '../../../src-main/contract/leaderboard';
import { listen, request } from '../../api';
import { app } from '../../app-state.svelte';
import { language } from '../../i18n/index.svelte';
import { FIRST_ORDER, type BoardOrder } from './board-order';

/** What a fleet is begun with: stations of different files can be compared where they forecast the same. */
export const FIRST_ASK: FleetAsk = { quantity: 'temperature', horizon: null, settings: null, shared: false };

export type AskedOfFleet = FleetAction | FleetFile | 'find' | 'start' | 'forecast' | 'open';

/** The fleet that is open, and those that are kept. */
export class FleetScreen {
  view = $state.raw<FleetView | null>(null);
  kept = $state.raw<readonly KeptFleet[]>([]);
  /** What the next fleet, or the plan that is shown, asks of its stations. */
  ask = $state.raw<FleetAsk>(FIRST_ASK);
  /** From the press of a button until it was done. */
  asked = $state<AskedOfFleet | null>(null);
  order = $state.raw<BoardOrder>(FIRST_ORDER);
  savedPath = $state<string | null>(null);
  /** The fleet that is, or was last, asked about; it stays while the question closes. */
  removing = $state.raw<Pick<KeptFleet, 'id' | 'name'>>({ id: '', name: '' });
  confirmingRemoval = $state(false);

  readonly leaderboard = $derived(
    rankStations(
      (this.view?.rows ?? []).flatMap(({ station, result }) =>
        result === null ? [] : [{ station, result }],
      ),
    ),
  );
  readonly isAtWork = $derived(this.view !== null && isAtWork(this.view.state));
  /** Nothing was trained yet, and all can still be chosen. */
  readonly isPlan = $derived(this.view?.state === 'planning' || this.view?.state === 'planned');

  /** Call once. The newest fleet comes back, also that of an app that was closed in the middle of it. */
  connect(): void {
    listen('fleet', ({ fleetId, ...change }) => {
      if (this.view?.id === fleetId) this.view = afterChange(this.view, change);
    });
    void app.attempt(async () => this.#show(await request('readFleet')));
  }

  async loadKept(): Promise<void> {
    await app.attempt(async () => {
      this.kept = await request('listFleets');
    });
  }

  async choose(what: 'folder' | 'files'): Promise<void> {
    await app.attempt(async () => {
      const chosen = await request('chooseStations', { what });
      if (chosen !== null) await this.plan(chosen.paths);
    });
  }

  /** Opens stations as a fleet, and shows it. */
  async plan(paths: readonly string[]): Promise<void> {
    await this.#ask('find', async () => {
      app.go('fleet');
      this.#show(await request('planFleet', { paths: [...paths], ask: this.ask }));
    });
  }

  /** Other wishes make another plan of the stations that are open. */
  async change(changes: Partial<FleetAsk>): Promise<void> {
    this.ask = { ...this.ask, ...changes };
    if (this.view !== null && this.isPlan) await this.plan(this.view.paths);
  }

  /** Whether a shared model is made, too: nothing is read again for it. */
  share(shared: boolean): void {
    this.ask = { ...this.ask, shared };
  }

  /** A shared model of what was trained. */
  async shareNow(): Promise<void> {
    this.share(true);
    await this.start();
  }

  async start(): Promise<void> {
    await this.#ask('start', () => request('startFleet', { language: language(), shared: this.ask.shared }));
  }

  async control(action: FleetAction): Promise<void> {
    await this.#ask(action, () => request('controlFleet', { action }));
  }

  async forecast(): Promise<void> {
    await this.#ask('forecast', () => request('forecastFleet'));
  }

  /** Opens a station as an ordinary run. */
  async openStation({ name }: Pick<FleetStation, 'name'>): Promise<void> {
    await this.#ask('open', async () => {
      const { runId } = await request('openStation', { name });
      await app.visitRun(runId);
    });
  }

  async save(file: FleetFile): Promise<void> {
    await this.#ask(file, async () => {
      const saved = await request('saveFleet', { file, language: language() });
      if (saved !== null) this.savedPath = saved.path;
    });
  }

  async openKept(fleetId: string): Promise<void> {
    await app.attempt(async () => this.#show(await request('openFleet', { fleetId })));
  }

  /** Makes room for another; the fleet stays among those that are kept. */
  async leave(): Promise<void> {
    await app.attempt(async () => {
      await request('leaveFleet');
      this.#show(null);
      await this.loadKept();
    });
  }

  askToRemove(fleet: KeptFleet): void {
    this.removing = fleet;
    this.confirmingRemoval = true;
  }

  async remove(): Promise<void> {
    await app.attempt(() => request('removeFleet', { fleetId: this.removing.id }));
    await this.loadKept();
  }

  #show(view: FleetView | null): void {
    this.view = view;
    this.savedPath = null;
    if (view !== null) this.ask = view.ask;
  }

  async #ask(what: AskedOfFleet, work: () => Promise<void>): Promise<void> {
    this.asked = what;
    try {
      await app.attempt(work);
    } finally {
      this.asked = null;
    }
  }
}

export const fleetScreen = new FleetScreen();
