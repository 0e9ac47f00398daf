import type { Inside, LessonLook, StatefulPass } from '../../../src-main/contract/inside';
import type { ProblemData } from '../../../src-main/contract/problems';
import { request } from '../../api';
import { Latest } from '../../api/latest';

/** What is looked into: what the lesson has a small network read, a window of a run, or (null: the lesson's) all windows. */
export type Subject =
  | { readonly kind: 'lesson'; readonly look: LessonLook }
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'stateful'; readonly runId: string | null };

/** What the Inside screen shows; kept while other screens are open. */
export class InsideScreen {
  wanted = $state<'lesson' | 'run'>('lesson');
  lessonView = $state<LessonLook | 'stateful'>('days');
  runView = $state<'window' | 'stateful'>('window');
  inside = $state.raw<Inside | null>(null);
  stateful = $state.raw<StatefulPass | null>(null);
  problem = $state.raw<ProblemData | null>(null);
  /** The step and the unit whose equations are shown, from 0. */
  step = $state(0);
  unit = $state(0);

  #subject: Subject | null = null;
  readonly #looks = new Latest();

  /** Shows a subject, unless it is shown already. */
  async show(subject: Subject): Promise<void> {
    const same = JSON.stringify(subject) === JSON.stringify(this.#subject);
    if (same && this.problem === null) return;
    const before = { subject: this.#subject, inside: this.inside };
    this.#subject = subject;
    this.inside = null;
    this.stateful = null;
    const inside = await this.#look(null, 0);
    if (inside === null) return;
    // The lesson's numbers and the same ones scaled: switching between the two compares them.
    const comparable =
      subject.kind === 'lesson' &&
      before.subject?.kind === 'lesson' &&
      before.inside?.hidden === inside.hidden;
    if (comparable) return;
    this.step = inside.steps - 1;
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

  /** The window that was found; null where it is none, or another look was taken meanwhile. */
  async #look(place: number | null, layer: number): Promise<Inside | null> {
    const subject = this.#subject;
    if (subject === null) return null;
    this.problem = null;
    const result = await this.#looks.ask(() => ask(subject, place, layer));
    if (result === null) return null;
    if (!result.ok) {
      this.problem = result.problem;
      return null;
    }
    const found = result.value;
    if ('carried' in found) {
      this.stateful = found;
      return null;
    }
    this.inside = found;
    return found;
  }
}

function ask(subject: Subject, place: number | null, layer: number): Promise<Inside | StatefulPass> {
  switch (subject.kind) {
    case 'lesson':
      return request('insideLesson', { look: subject.look });
    case 'run':
      return request('insideRun', { runId: subject.runId, place, layer });
    case 'stateful':
      return request('insideStateful', { runId: subject.runId });
  }
}

export const insideScreen = new InsideScreen();
