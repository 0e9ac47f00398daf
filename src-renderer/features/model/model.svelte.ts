import { request } from '../../api';
import { Latest } from '../../api/latest';
import { app } from '../../app-state.svelte';
import type { PreparationSummary } from '../../../src-main/contract/dataset';
import type { ProblemData } from '../../../src-main/contract/problems';
import type { RequestInput } from '../../../src-main/contract/requests';
import type { Question } from '../../../src-main/contract/plan';
import { questionAsked, settingsOfPlan, type Answer } from '../../../src-main/contract/question';
import type { Remedy } from '../../../src-main/contract/remedy';
import {
  presetOf,
  presetSettings,
  type Preset,
  type TrainingSettings,
} from '../../../src-main/contract/settings';
import { occasionOf } from '../columns/axis-choices';
import { adoptAnswer } from './adopt-answer';
import { checkDraft, draftOf, type SettingsDraft } from './draft';

const CHECK_DELAY_MS = 200;

/** The fields of the Model screen, and what the main process makes of them with the data. */
export class ModelState {
  draft = $state.raw<SettingsDraft>(draftOf(app.settings));
  checked = $derived(checkDraft(this.draft));

  /** The last answer; it stays while a new one is awaited, so that nothing jumps. */
  summary = $state.raw<PreparationSummary | null>(null);
  problem = $state.raw<ProblemData | null>(null);
  checking = $state(false);
  /** The last summary there was: the chart of the parts stays while what is chosen cannot be trained. */
  drawn = $state.raw<PreparationSummary | null>(null);

  /** Ways out where no window is left. */
  remedies = $state.raw<readonly Remedy[]>([]);

  /** The question whose answer is awaited. */
  awaited = $state.raw<Question | null>(null);
  /** Whether 'my own choice' was chosen, whatever the settings happen to answer. */
  isOwn = $state(false);
  asked = $derived(
    this.isOwn || app.mapping === null || app.dataset === null
      ? 'own'
      : questionAsked(app.mapping, app.settings, app.dataset),
  );

  readonly #checks = new Latest();
  readonly #answers = new Latest();
  #answered: { readonly datasetId: string; readonly answer: Answer } | null = null;

  constructor() {
    this.#followService();
  }

  change(changes: Partial<SettingsDraft>): void {
    this.draft = { ...this.draft, ...changes };
    const { settings } = checkDraft(this.draft);
    if (settings !== null) app.settings = settings;
  }

  /** Recommended answers the question that was asked last. */
  applyPreset(preset: Preset): void {
    const occasion = occasionOf(app.mapping, app.dataset);
    const { plan, mapping } = this.#suggested;
    const isOnItsStep = mapping?.stepSeconds === app.mapping?.stepSeconds;
    const answers = preset === 'recommended' && plan !== null && isOnItsStep && !this.isOwn;
    this.#set(answers ? settingsOfPlan(plan, ...occasion) : presetSettings(preset, ...occasion));
  }

  /** Takes what answers a question: targets, step, window and horizon; 'own' leaves all as it is. */
  async ask(question: Question): Promise<void> {
    const { dataset } = app;
    this.#answers.forget();
    this.awaited = null;
    this.isOwn = question === 'own';
    if (dataset === null || this.isOwn) return;
    this.awaited = question;
    const result = await this.#answers.ask(() =>
      request('answerQuestion', { datasetId: dataset.id, question }),
    );
    if (result === null) return;
    this.awaited = null;
    if (!result.ok) {
      this.problem = result.problem;
      return;
    }
    if (app.mapping === null) return;
    const before = this.#suggested.mapping;
    const recommends = presetOf(app.settings, ...occasionOf(app.mapping, dataset)) === 'recommended';
    app.mapping = adoptAnswer(app.mapping, before, result.value);
    this.#answered = { datasetId: dataset.id, answer: result.value };
    const planned = settingsOfPlan(result.value.plan, ...occasionOf(app.mapping, dataset));
    const { window, horizon, testFrom, validationFrom } = planned;
    this.#set(recommends ? planned : { ...app.settings, window, horizon, testFrom, validationFrom });
  }

  /** Takes a way out where no window was left. */
  take({ mapping, settings }: Remedy): void {
    app.mapping = mapping;
    this.#set(settings);
  }

  /** What was suggested last for what is open. */
  get #suggested(): Pick<Answer, 'plan' | 'mapping'> | { readonly plan: null; readonly mapping: null } {
    const { dataset } = app;
    if (this.#answered !== null && this.#answered.datasetId === dataset?.id) return this.#answered.answer;
    const { suggestion, plan } = dataset ?? { suggestion: null, plan: null };
    return suggestion === null || plan === null
      ? { plan: null, mapping: null }
      : { plan, mapping: suggestion };
  }

  /** Where a column was made the weather service's forecast since, or is no longer, Recommended stays Recommended. */
  #followService(): void {
    const [stepSeconds, hasService] = occasionOf(app.mapping, app.dataset);
    if (presetOf(app.settings, stepSeconds, !hasService) !== 'recommended') return;
    const { horizon, testFrom, validationFrom, seed } = app.settings;
    this.applyPreset('recommended');
    this.#set({ ...app.settings, horizon, testFrom, validationFrom, seed });
  }

  #set(settings: TrainingSettings): void {
    app.settings = settings;
    this.draft = draftOf(settings, this.draft);
  }

  /**
   * Asks what the current choices make of the data, a moment after the last change. Call in an effect: gives back what
   * stops the asking.
   */
  check(): (() => void) | undefined {
    const { dataset, mapping, settings } = app;
    if (dataset === null || mapping === null || this.checked.errors !== null) return undefined;
    this.checking = true;
    const job = { datasetId: dataset.id, mapping, settings };
    const timer = setTimeout(() => void this.#check(job), CHECK_DELAY_MS);
    return () => {
      clearTimeout(timer);
      this.#checks.forget();
    };
  }

  async #check(job: RequestInput<'checkJob'>): Promise<void> {
    const result = await this.#checks.ask(() => request('checkJob', job));
    if (result === null) return;
    this.checking = false;
    this.summary = result.ok ? result.value : null;
    if (result.ok) this.drawn = result.value;
    this.problem = result.ok ? null : result.problem;
    this.remedies = [];
    if (result.ok) return;
    const found = await this.#checks.ask(() => request('findRemedies', job));
    if (found?.ok === true) this.remedies = found.value;
  }
}
