import type { ProblemData } from '../../../src-main/contract/problems';
import { toProblem } from '../../../src-main/contract/problems';
import {
  PUBLISH_NOTHING,
  type PublishWay,
  type WatchPath,
  type WatchSettings,
  type WatchView,
} from '../../../src-main/contract/watch';
import { listen, request } from '../../api';
import { language } from '../../i18n/index.svelte';
import { RunResult } from '../results/run-result.svelte';

/** What came of trying a way of publishing. */
interface Tried {
  readonly way: PublishWay;
  /** null: it worked. */
  readonly problem: ProblemData | null;
}

/** The watching of the run that is shown. */
export class WatchPanelState {
  readonly view = new RunResult<WatchView>((runId) => request('readWatch', { runId }));
  startsWithSystem = $state(false);
  trying = $state<PublishWay | null>(null);
  tried = $state.raw<Tried | null>(null);

  /** @param changed told when a watched run has a new forecast. @returns what ends it */
  follow(runId: string, changed: () => void): () => void {
    this.tried = null;
    void this.view.load(runId);
    void request('readStartUp').then(({ isOn }) => (this.startsWithSystem = isOn));
    return listen('watched', (told) => {
      if (told.runId !== runId) return;
      void this.view.renew(runId);
      changed();
    });
  }

  /** Asks where the readings appear; from then on they are watched. */
  async begin(runId: string, what: WatchPath & ('file' | 'folder')): Promise<void> {
    const chosen = await request('chooseWatchPath', { what });
    if (chosen === null) return;
    const before = this.view.value?.settings;
    const settings: WatchSettings = {
      forecasts: null,
      schedule: { kind: 'reading' },
      publish: { ...PUBLISH_NOTHING, language: language() },
      baselineInstead: false,
      retrainDays: null,
      ...before,
      source: chosen.path,
    };
    await this.#save(runId, settings, null);
  }

  async end(runId: string): Promise<void> {
    await this.#save(runId, null, null);
  }

  /** Trains it again on all readings; what comes of it is told when it has ended. */
  async retrain(runId: string): Promise<void> {
    this.view.value = await request('retrainWatched', { runId });
  }

  /** The model before the last training on newer readings forecasts again. */
  async takeEarlierBack(runId: string): Promise<void> {
    this.view.value = await request('takeEarlierBack', { runId });
  }

  /** @param password null: it stays as it is */
  async change(
    runId: string,
    changes: Partial<WatchSettings>,
    password: string | null = null,
  ): Promise<void> {
    const settings = this.view.value?.settings ?? null;
    if (settings !== null) await this.#save(runId, { ...settings, ...changes }, password);
  }

  /** Asks into which folder or file is published. */
  async choose(runId: string, what: 'publish' | 'csv'): Promise<void> {
    const publish = this.view.value?.settings?.publish;
    const chosen = await request('chooseWatchPath', { what });
    if (chosen === null || publish === undefined) return;
    const place = what === 'csv' ? { csv: chosen.path } : { folder: chosen.path };
    await this.change(runId, { publish: { ...publish, ...place } });
  }

  /** Asks where the weather service's forecasts appear. */
  async chooseForecasts(runId: string): Promise<void> {
    const chosen = await request('chooseWatchPath', { what: 'forecasts' });
    if (chosen !== null) await this.change(runId, { forecasts: chosen.path });
  }

  async tryWay(runId: string, way: PublishWay): Promise<void> {
    this.trying = way;
    try {
      await request('tryPublishing', { runId, way });
      this.tried = { way, problem: null };
    } catch (error) {
      this.tried = { way, problem: toProblem(error).toData() };
    } finally {
      this.trying = null;
    }
  }

  async startWithSystem(isOn: boolean): Promise<void> {
    await request('saveStartUp', { isOn });
    this.startsWithSystem = isOn;
  }

  async #save(runId: string, settings: WatchSettings | null, password: string | null): Promise<void> {
    this.tried = null;
    const plain = settings === null ? null : $state.snapshot(settings);
    this.view.value = await request('saveWatch', {
      runId,
      settings: plain as WatchSettings | null,
      password,
    });
  }
}

export const watchPanel = new WatchPanelState();
