import { toProblem, type ProblemData } from '../../../src-main/contract/problems';
import type { DamagedRun, DeletedRun, RunSummary } from '../../../src-main/contract/runs';
import type { EpochRecord } from '../../../src-main/contract/training';
import { request } from '../../api';
import { app } from '../../app-state.svelte';

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

  async load(): Promise<void> {
    try {
      const { runs: all, damaged, deleted } = await request('listRuns');
      Object.assign(this, { runs: all, damaged, deleted });
      this.problem = null;
      this.chosen = this.chosen.filter((chosen) => all.some(({ id }) => id === chosen));
    } catch (error) {
      this.problem = toProblem(error).toData();
    }
  }

  /** Opens a run and shows what there is of it. */
  async open(runId: string): Promise<void> {
    await app.openRun(runId);
    if (app.run?.id === runId) app.go(app.isOpen('verify') ? 'verify' : 'train');
  }

  async rename(runId: string, name: string): Promise<void> {
    this.renaming = null;
    const trimmed = name.trim();
    if (trimmed === '' || trimmed === this.runs?.find(({ id }) => id === runId)?.name) return;
    const renamed = await request('renameRun', { runId, name: trimmed });
    this.runs = this.runs?.map((run) => (run.id === runId ? renamed : run)) ?? null;
    if (app.run?.id === runId) app.run = { ...app.run, name: renamed.name };
  }

  /** Needs no question: it can be undone. */
  async delete(runId: string): Promise<void> {
    await request('deleteRun', { runId });
    if (app.run?.id === runId) {
      app.run = null;
      app.history = [];
      app.live = null;
    }
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
