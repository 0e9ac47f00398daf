import { flushSync } from 'svelte';
import { listen, request } from './api';
import { Latest } from './api/latest';
import { FileReading } from './features/data/file-reading.svelte';
import { carryMapping, fits, withOptions, type Source } from './features/data/source';
import { Edits } from './features/readings/edits.svelte';
import { keepStruck, recallKept, recallStruck } from './features/readings/kept-struck';
import { UnfinishedReading } from './features/data/unfinished-reading.svelte';
import type { LogEntry } from './features/train/live-training';
import { occasionOf } from './features/columns/axis-choices';
import { languageFor } from '../src-main/contract/language';
import { setLanguage } from './i18n/index.svelte';
import { isStepDone, isStepOpen, type Step } from './journey';
import { rememberedWork } from './remembered-work';
import {
  afterEvent,
  AWAITED_RUN,
  joinedRun,
  openedRun,
  resumedRun,
  withSummary,
  type ShownRun,
} from './shown-run';
import {
  withKept,
  withStruck,
  type ColumnMapping,
  type DatasetSummary,
  type ReadingOptions,
} from '../src-main/contract/dataset';
import { Problem, toProblem, type ProblemData } from '../src-main/contract/problems';
import type { Preferences } from '../src-main/contract/requests';
import { questionAsked, suggestedSettings } from '../src-main/contract/question';
import { presetOf, presetSettings, type TrainingSettings } from '../src-main/contract/settings';
import type { TrainingEvent } from '../src-main/contract/training';

const SAVE_DELAY_MS = 100;

/** The whole of what the window knows; screens keep only what is theirs alone. */
export class AppState {
  step = $state<Step>('data');
  dataset = $state.raw<DatasetSummary | null>(null);
  /** Where the data set came from: opened again when the app starts. */
  source = $state.raw<Source | null>(null);
  mapping = $state.raw<ColumnMapping | null>(null);
  settings = $state.raw<TrainingSettings>(presetSettings('recommended'));

  /** The run that Train, Verify, Forecast and Export show; null: none. Each part of it, for callers that need that alone. */
  shown = $state.raw<ShownRun | null>(null);
  readonly run = $derived((this.shown ?? AWAITED_RUN).run);
  readonly targets = $derived((this.shown ?? AWAITED_RUN).targets);
  readonly history = $derived((this.shown ?? AWAITED_RUN).history);
  readonly memberHistories = $derived((this.shown ?? AWAITED_RUN).memberHistories);
  readonly live = $derived((this.shown ?? AWAITED_RUN).live);

  training = $state<'idle' | 'running' | 'paused'>('idle');
  log = $state.raw<readonly LogEntry[]>([]);

  readonly files = new FileReading(this);
  readonly unfinished = new UnfinishedReading(this);
  readonly edits = new Edits(this);
  /** Shown by the shell; screens may show their own in place. */
  problem = $state.raw<ProblemData | null>(null);

  /** What went otherwise than usual when the app or its window started. */
  notices = $state.raw<readonly ProblemData[]>([]);
  /** '' until the main process has said where it is. */
  logFile = $state.raw('');
  /** Which Hindcast this is, and the Electron that it runs in; null as above. */
  versions = $state.raw<{ readonly hindcast: string; readonly electron: string } | null>(null);

  theme = $state<Preferences['theme']>('system');
  chosenLanguage = $state<Preferences['language']>(null);
  /** Where the trainings to come compute. */
  device = $state<Preferences['device']>('auto');

  #restored = $state(false);
  #keptStruck: Preferences['struck'] & {} = $state.raw([]);
  readonly #openings = new Latest();
  #saveTimer: ReturnType<typeof setTimeout> | undefined;

  isOpen(step: Step): boolean {
    return isStepOpen(step, this);
  }

  isDone(step: Step): boolean {
    return isStepDone(step, this);
  }

  go(step: Step): void {
    if (!this.isOpen(step)) return;
    this.step = step;
    this.problem = null;
  }

  /** Opens a data set and starts a new piece of work with it; a problem lands in `files.problem`. */
  async openSource(source: Source): Promise<void> {
    if (this.files.isOpening) return;
    this.files.dismissRefused();
    await this.#read(source, false, (opened) => {
      const untouched = this.#isAsSuggested();
      this.#keepStruck();
      this.mapping = this.#struckAgain(source, opened, opened.suggestion);
      this.files.choices.begin(opened.options);
      this.#take(source, opened);
      // The dates of the parts belong to the readings that were open before.
      this.settings = untouched
        ? suggestedSettings(opened)
        : { ...this.settings, testFrom: null, validationFrom: null };
    });
  }

  /** Whether the settings are Recommended's, and what they ask is one of the questions: none was typed. */
  #isAsSuggested(): boolean {
    const { settings, mapping, dataset } = this;
    if (presetOf(settings, ...occasionOf(mapping, dataset)) !== 'recommended') return false;
    if (mapping === null || dataset === null) return true;
    return (
      questionAsked(mapping, settings, dataset) !== 'own' ||
      settings.horizon === suggestedSettings(dataset).horizon
    );
  }

  /**
   * Reads what is open, or the file that could not be opened, in another way; a problem lands in
   * `files.rereadingProblem` and what was open stays.
   */
  async reread(options: ReadingOptions): Promise<void> {
    const { refused } = this.files;
    const before = refused ?? this.source;
    if (before === null || this.files.isOpening) return;
    const source = withOptions(before, options);
    await this.#read(source, true, (opened) => {
      this.#keepStruck();
      const carried = refused === null ? carryMapping(this.mapping, this.dataset, opened) : opened.suggestion;
      this.mapping = this.#struckAgain(source, opened, carried);
      this.#take(source, opened);
    });
  }

  /** Told at once: a training that is started a moment later obeys. */
  chooseDevice(device: Preferences['device']): void {
    this.device = device;
    if (this.#restored) this.#save(this.#preferences());
  }

  /** Starts a training with what is chosen and shows it. */
  async startTraining(): Promise<void> {
    const { dataset, mapping, settings } = this;
    if (dataset === null || mapping === null) return;
    const job = { datasetId: dataset.id, mapping, settings };
    await this.#train(AWAITED_RUN, async () => (await request('startTraining', job)).runId);
  }

  /** Continues a run that was interrupted or stopped, and shows it. */
  async resumeTraining(runId: string): Promise<void> {
    await this.attempt(async () => {
      const shown = resumedRun(await request('openRun', { runId }));
      await this.#train(shown, async () => {
        await request('resumeTraining', { runId });
        return runId;
      });
    });
  }

  /** Makes a kept run the one that Verify, Forecast and Export show. */
  async openRun(runId: string): Promise<void> {
    if (this.training !== 'idle' && this.live?.runId !== runId) {
      this.problem = { code: 'trainer-busy', params: {} };
      return;
    }
    await this.attempt(() => this.#loadRun(runId));
  }

  /** Opens a run and goes to its screen, unless the user has gone elsewhere meanwhile. */
  async visitRun(runId: string, from = this.step): Promise<void> {
    await this.openRun(runId);
    if (this.step === from && this.run?.id === runId) this.go(this.isOpen('verify') ? 'verify' : 'train');
  }

  /** Takes in an exported model, which the user chooses or the app was started with, as a run and visits it. */
  async openModel(which: 'openForecaster' | 'openGivenForecaster' = 'openForecaster'): Promise<void> {
    const from = this.step;
    await this.attempt(async () => {
      const opened = await request(which);
      if (opened !== null) await this.visitRun(opened.runId, from);
    });
  }

  /** Does something, and shows the problem if it fails. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.problem = toProblem(error).toData();
    }
  }

  /** Listens to the main process, and saves what is typed as it changes. Call once. */
  connect(): void {
    listen('training', (event) => this.#follow(event));
    listen('closing', () => void this.#close());
    listen('forecasterGiven', () => void this.openModel('openGivenForecaster'));
    listen('readingProgress', (progress) => this.files.showProgress(progress));
    $effect.root(() => {
      $effect(() => {
        const preferences = this.#preferences();
        if (!this.#restored) return;
        clearTimeout(this.#saveTimer);
        this.#saveTimer = setTimeout(() => this.#save(preferences), SAVE_DELAY_MS);
      });
    });
  }

  /** Brings back the last work. Whatever of it is gone is left out; nothing here stops the app. */
  async restore(): Promise<void> {
    try {
      const [info, { theme, language, device, struck = [], work }, unfinished] = await Promise.all([
        request('appInfo'),
        request('loadPreferences'),
        request('unfinishedReading'),
      ]);
      this.notices = info.notices;
      this.logFile = info.logFile;
      this.versions = { hindcast: info.version, electron: info.electron };
      this.theme = theme;
      this.chosenLanguage = language;
      this.device = device;
      this.#keptStruck = struck;
      setLanguage(languageFor(language, info.locale));
      this.unfinished.source = unfinished;
      await this.#joinTraining();
      if (work === null) return;
      this.source = work.source;
      this.mapping = work.mapping;
      if (work.settings !== null) this.settings = work.settings;
      if (unfinished === null) await this.reopen(work.source);
      // A run deleted in the meantime is no problem worth a sentence.
      if (work.runId !== null && this.training === 'idle')
        await this.#loadRun(work.runId).catch(() => undefined);
    } catch (error) {
      this.problem = toProblem(error).toData();
    } finally {
      this.#restored = true;
    }
    await this.openModel('openGivenForecaster');
  }

  /** Shows the training that goes on behind a page that is opened again. */
  async #joinTraining(): Promise<void> {
    const underWay = await request('trainingUnderWay');
    if (underWay === null) return;
    this.training = underWay.state;
    this.shown = joinedRun(underWay);
    this.log = [{ at: Date.now(), event: underWay.started }];
    this.step = 'train';
    await this.#loadSummary(underWay.started.runId);
  }

  /** Before the app ends; what is being typed counts as typed. */
  async #close(): Promise<void> {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    flushSync();
    clearTimeout(this.#saveTimer);
    try {
      if (this.#restored) await request('savePreferences', this.#preferences());
    } finally {
      await request('readyToClose');
    }
  }

  /** Opens the remembered work: its mapping stays where it still fits. */
  async reopen(source: Source): Promise<void> {
    await this.#read(source, false, (opened) => {
      this.dataset = opened;
      this.files.choices.begin(opened.options);
      this.files.choices.learn(opened);
      if (this.mapping === null || !fits(this.mapping, opened))
        this.mapping = this.#struckAgain(source, opened, opened.suggestion);
    });
  }

  /** Before another data set, or another way of reading, takes the place of what is open. */
  #keepStruck(): void {
    this.#keptStruck = keepStruck(this.#keptStruck, this.source, this.dataset, this.mapping);
  }

  #struckAgain(source: Source, opened: DatasetSummary, mapping: ColumnMapping | null): ColumnMapping | null {
    if (mapping === null) return null;
    const struck = withStruck(mapping, recallStruck(this.#keptStruck, source, opened));
    return withKept(struck, recallKept(this.#keptStruck, source, opened));
  }

  /** Takes what was read as the data set; what was trained on another stays among the runs. */
  #take(source: Source, opened: DatasetSummary): void {
    this.dataset = opened;
    this.source = source;
    this.edits.begin();
    this.files.refused = null;
    this.files.choices.learn(opened);
    if (this.training === 'idle') this.shown = null;
  }

  async #read(source: Source, again: boolean, take: (opened: DatasetSummary) => void): Promise<void> {
    this.unfinished.source = null;
    await this.files.read(source, again, take);
  }

  /** Shows a training while it is begun; where it cannot, all is as it was before. */
  async #train(shown: ShownRun, begin: () => Promise<string>): Promise<void> {
    if (this.training !== 'idle') return;
    const { log, step } = this;
    const before = this.shown;
    this.training = 'running';
    this.shown = shown;
    this.log = [];
    this.problem = null;
    this.step = 'train';
    let runId: string;
    try {
      runId = await begin();
    } catch (error) {
      this.training = 'idle';
      this.shown = before;
      this.log = log;
      this.problem = toProblem(error).toData();
      this.step = step;
      return;
    }
    await this.attempt(() => this.#loadSummary(runId));
  }

  /** Of several runs that are opened at once the last is shown. @throws Problem why it cannot be */
  async #loadRun(runId: string): Promise<void> {
    const result = await this.#openings.ask(() => request('openRun', { runId }));
    if (result === null) return;
    if (!result.ok) throw Problem.from(result.problem);
    this.shown = openedRun(this.shown, result.value, this.training !== 'idle');
  }

  /** The summary alone: while a training runs, its curve comes from the events. */
  async #loadSummary(runId: string): Promise<void> {
    const { summary } = await request('openRun', { runId });
    this.shown = withSummary(this.shown, summary);
  }

  #follow(event: TrainingEvent): void {
    if (event.kind !== 'progress') this.log = [...this.log, { at: Date.now(), event }];
    this.shown = afterEvent(this.shown, event);
    switch (event.kind) {
      case 'progress':
      case 'goes-on-here':
        return;
      case 'started':
      case 'resumed':
        this.training = 'running';
        return;
      case 'paused':
        this.training = 'paused';
        return;
      case 'cancelled':
        this.training = 'idle';
        if (this.step === 'train') this.step = this.isOpen('model') ? 'model' : 'data';
        return;
      case 'finished':
      case 'failed':
        this.training = 'idle';
        void this.attempt(() => this.#loadRun(event.runId));
        return;
    }
  }

  #preferences(): Preferences {
    const { theme, chosenLanguage, device, source, mapping, settings, run } = this;
    const struck = keepStruck(this.#keptStruck, source, this.dataset, mapping);
    const work = rememberedWork(source, mapping, settings, run?.id ?? null);
    return { theme, language: chosenLanguage, device, work, ...(struck.length === 0 ? {} : { struck }) };
  }

  #save(preferences: Preferences): void {
    // While a data set is being exchanged for another there is nothing new to keep; a failure to write must be told.
    void this.attempt(() => request('savePreferences', preferences));
  }
}

export const app = new AppState();
