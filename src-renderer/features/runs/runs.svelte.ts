import type { ProblemData } from '../../../src-main/contract/problems';
import type { DamagedRun, DeletedRun, RunSummary } from '../../../src-main/contract/runs';
import type { EpochRecord } from '../../../src-main/contract/training';
import { request } from '../../api';
import { Latest } from '../../api/latest';
import { app } from '../../app-state.svelte';
import { withChanges, withoutRun } from '../../shown-run';

/** The runs on this computer, and what is being done with them. */
export class RunsScreen {
  /** Newest first; null until they are read. */
  runs = $state.raw<readonly RunSummary[] | null>(null);
  /** Runs that cannot be read, and those that can be brought back. */
  damaged = $state.raw<readonly DamagedRun[]>([]);
  deleted = $state.raw<readonly DeletedRun[]>([]);
  problem = $state.raw<ProblemData | null>(null);
  /** The run whose name is being typed. */
  renaming = $state<string | null>(null);
  /** The run that is, or was last, asked about; it stays while the question closes. */
  removing = $state.raw<Pick<DeletedRun, 'id' | 'name'>>({ id: '', name: '' });
  confirmingRemoval = $state(false);
  logScale = $state(false);
  /** Runs whose curves lie over each other, in the order of choosing. */
  chosen = $state.raw<readonly string[]>([]);
  curves = $state.raw<Readonly<Record<string, readonly EpochRecord[]>>>({});
  readonly #lists = new Latest();

  async load(): Promise<void> {
    const result = await this.#lists.ask(() => request('listRuns'));
    if (result === null) return;
    this.problem = result.ok ? null : result.problem;
    if (!result.ok) return;
    const { runs, damaged, deleted } = result.value;
    this.runs = runs;
    this.damaged = damaged;
    this.deleted = deleted;
    this.chosen = this.chosen.filter((chosen) => runs.some(({ id }) => id === chosen));
  }

  /** Opens a run and shows what there is of it. */
  async open(runId: string): Promise<void> {
    await app.visitRun(runId);
  }

  async rename(runId: string, name: string): Promise<void> {
    this.renaming = null;
    const trimmed = name.trim();
    if (trimmed === '' || trimmed === this.runs?.find(({ id }) => id === runId)?.name) return;
    const renamed = await request('renameRun', { runId, name: trimmed });
    this.runs = this.runs?.map((run) => (run.id === runId ? renamed : run)) ?? null;
    app.shown = withChanges(app.shown, runId, { name: renamed.name });
  }

  /** Needs no question: it can be undone. */
  async delete(runId: string): Promise<void> {
    await request('deleteRun', { runId });
    app.shown = withoutRun(app.shown, runId);
    await this.load();
  }

  async restore(runId: string): Promise<void> {
    await request('restoreRun', { runId });
    await this.load();
  }

  askToRemove(run: DeletedRun): void {
    this.removing = run;
    this.confirmingRemoval = true;
  }

  async remove(): Promise<void> {
    await request('removeRun', { runId: this.removing.id });
    await this.load();
  }

  /** What stood in the way may have been put right. */
  async retry(runId: string): Promise<void> {
    try {
      await request('recoverRun', { runId });
    } finally {
      await this.load();
    }
  }

  async show(runId: string): Promise<void> {
    await request('showRun', { runId });
  }

  /** Shows the curve of a run among the others, or no longer. */
  async toggle(runId: string): Promise<void> {
    if (this.chosen.includes(runId)) {
      this.chosen = this.chosen.filter((id) => id !== runId);
      return;
    }
    const { history } = await request('openRun', { runId });
    this.curves = { ...this.curves, [runId]: history };
    this.chosen = [...this.chosen, runId];
  }
}

export const runsScreen = new RunsScreen();
