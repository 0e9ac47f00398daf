import type { Inside } from '../../../src-main/contract/inside';
import { toProblem, type ProblemData } from '../../../src-main/contract/problems';
import { request } from '../../api';

/** What is looked into: the lesson's small network, or a run. */
export type Subject = { readonly kind: 'lesson' } | { readonly kind: 'run'; readonly runId: string };

/** What the Inside screen shows; kept while other screens are open. */
export class InsideScreen {
  wanted = $state<'lesson' | 'run'>('lesson');
  inside = $state.raw<Inside | null>(null);
  problem = $state.raw<ProblemData | null>(null);
  /** The step and the unit whose equations are shown, from 0. */
  step = $state(0);
  unit = $state(0);

  #subject: Subject | null = null;
  /** Counts looks: one that a later one overtook has nothing to tell. */
  #looks = 0;

  /** Shows a subject, unless it is shown already. */
  async show(subject: Subject): Promise<void> {
    const same = JSON.stringify(subject) === JSON.stringify(this.#subject);
    if (same && this.problem === null) return;
    this.#subject = subject;
    this.inside = null;
    const inside = await this.#look(null, 0);
    if (inside !== null) this.step = inside.steps - 1;
    this.unit = 0;
  }

  /** Another window of the test part, the same layer. */
  async showPlace(place: number): Promise<void> {
    await this.#look(place, this.inside?.layer ?? 0);
  }

  /** Another layer at the same window. */
  async showLayer(layer: number): Promise<void> {
    await this.#look(this.inside?.place ?? null, layer);
  }

  /** null where it failed, or a later look overtook it. */
  async #look(place: number | null, layer: number): Promise<Inside | null> {
    const subject = this.#subject;
    if (subject === null) return null;
    this.#looks += 1;
    const look = this.#looks;
    this.problem = null;
    try {
      const inside =
        subject.kind === 'lesson'
          ? await request('insideLesson')
          : await request('insideRun', { runId: subject.runId, place, layer });
      if (look !== this.#looks) return null;
      this.inside = inside;
      return inside;
    } catch (error) {
      if (look === this.#looks) this.problem = toProblem(error).toData();
      return null;
    }
  }
}

export const insideScreen = new InsideScreen();
