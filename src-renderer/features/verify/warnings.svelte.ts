import {
  COMPARISONS,
  costsSchema,
  type Costs,
  type EventContext,
  type Warning,
  type WarningsReport,
  type WeatherEvent,
} from '../../../src-main/contract/events';
import { request } from '../../api';
import { RunResult } from '../results/run-result.svelte';

/** A warning as it is typed; null: not a number yet. */
export interface WarningDraft extends Pick<WeatherEvent, 'column' | 'comparison' | 'of'> {
  readonly threshold: number | null;
  readonly lead: number | null;
  readonly cost: number | null;
  readonly loss: number | null;
}

/** What one would fear first of what is forecast. */
export function firstDraft({ columns }: EventContext): WarningDraft {
  const { name = '', quantity = 'other' } = columns[0] ?? {};
  const isAmount = quantity === 'rain';
  const isWind = quantity === 'wind speed' || quantity === 'wind gust';
  return {
    column: name,
    comparison: isAmount ? '>=' : isWind ? '>' : COMPARISONS[0],
    of: 'value',
    threshold: quantity === 'temperature' ? 0 : null,
    lead: 1,
    cost: null,
    loss: null,
  };
}

/** What is typed of costs: null where nothing is, undefined where it does not fit. */
export function costsOf({ cost, loss }: Pick<WarningDraft, 'cost' | 'loss'>): Costs | null | undefined {
  if (cost === null && loss === null) return null;
  const parsed = costsSchema.safeParse({ cost, loss });
  return parsed.success ? parsed.data : undefined;
}

export function isLead(lead: number | null, horizon: number): lead is number {
  return lead !== null && Number.isInteger(lead) && lead >= 1 && lead <= horizon;
}

/** The draft as a warning; null while something does not fit. */
export function warningOf(draft: WarningDraft, { horizon }: EventContext): Warning | null {
  const { column, comparison, of, threshold, lead } = draft;
  const costs = costsOf(draft);
  if (threshold === null || costs === undefined || !isLead(lead, horizon)) return null;
  return { event: { column, comparison, of, threshold, lead }, costs };
}

/** What a run warns of, and what such warnings would have done; kept while other screens are open. */
export class WarningsScreen {
  readonly result = new RunResult<WarningsReport>((runId) => this.#ask(runId));
  draft = $state.raw<WarningDraft | null>(null);
  /** Which of the reports is shown. */
  shown = $state(0);
  /** To be kept instead of what the run has; null: it stays. */
  #wanted: Warning[] | null = null;
  #runId: string | null = null;

  async load(runId: string): Promise<void> {
    if (runId !== this.#runId) {
      this.#runId = runId;
      this.draft = null;
      this.shown = 0;
    }
    await this.result.load(runId);
  }

  /** From now on the run warns of it. */
  async add(runId: string, warning: Warning): Promise<void> {
    const known = this.#kept();
    this.shown = known.length;
    await this.#change(runId, [...known, warning]);
  }

  async remove(runId: string, place: number): Promise<void> {
    this.shown = 0;
    await this.#change(
      runId,
      this.#kept().filter((_, index) => index !== place),
    );
  }

  #kept(): Warning[] {
    return (this.result.value?.kept ?? []).map(({ event, costs }) => ({ event, costs }));
  }

  async #change(runId: string, wanted: Warning[]): Promise<void> {
    this.#wanted = wanted;
    await this.result.reload(runId);
  }

  async #ask(runId: string): Promise<WarningsReport> {
    const wanted = this.#wanted;
    this.#wanted = null;
    const report = await request('verifyWarnings', { runId, warnings: wanted, keep: wanted !== null });
    this.draft ??= firstDraft(report);
    return report;
  }
}

export const warningsScreen = new WarningsScreen();
