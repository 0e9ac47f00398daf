import { cp, mkdir, readdir, rm, utimes } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { toProblem } from '../contract/problems';
import { sweepTemporaries } from '../files/atomic';
import { sweepRun } from '../library';
import type { RandomSource } from '../network';
import { Lost, type Action, type Scene } from './actions';
import { startUp } from './drive';
import type { House } from './house';
import { FAULTS, type Fault, type Operation, type Outcome } from './shim';
import { fingerprint, listAll, withoutChance } from './state';

/** A fault and the operation that it is to befall. */
export interface Plan {
  readonly at: Pick<Operation, 'kind' | 'number'>;
  readonly fault: Fault;
}

export interface Verdict extends Plan {
  /** What it befell: 'write 3 run/history.jsonl'; null where that operation was not reached this time. */
  readonly met: string | null;
  /** What was lost or badly said; null: survived. */
  readonly lost: string | null;
}

/** Half of it arrives of a write alone, and a disk that is full or read-only can still be read. */
function canBefall(fault: Fault, kind: string): boolean {
  if (fault === 'kill-half') return kind === 'write';
  return fault === 'kill' || fault === 'EIO' || !['look', 'read', 'list'].includes(kind);
}

/** An action made ready to be tried: done once undisturbed, its operations counted. */
export class Trial {
  readonly #judged = new Map<string, Promise<string | null>>();
  #tries = 0;

  private constructor(
    readonly house: House,
    readonly action: Action,
    readonly operations: readonly Operation[],
    readonly before: string,
    readonly after: string,
  ) {}

  /** Throws an Error where the action does not go well undisturbed. */
  static async prepare(house: House, action: Action): Promise<Trial> {
    const [before, after] = ['before', 'after'].map((name) => join(house.folder, action.name, name, 'work'));
    await layOut(house, action, before!);
    await layOut(house, action, after!);
    const outcome = await house.run(after!, action.command(after!, house), { reads: action.reads === true });
    if (outcome.code !== 0) throw new Error(`${action.name}, undisturbed: ${outcome.stderr}`);
    return new Trial(house, action, outcome.operations, before!, after!);
  }

  /** Every fault at every operation that it can befall. */
  get plans(): Plan[] {
    return this.operations.flatMap(({ kind, number }) =>
      FAULTS.filter((fault) => canBefall(fault, kind)).map((fault) => ({ at: { kind, number }, fault })),
    );
  }

  async run({ at, fault }: Plan): Promise<Verdict> {
    const { house, action } = this;
    const place = join(house.folder, action.name, `try-${++this.#tries}`);
    const work = join(place, 'work');
    try {
      await layOut(house, action, work);
      const outcome = await house.run(work, action.command(work, house), {
        ...{ at, fault, reads: action.reads === true },
      });
      if (outcome.met === null) return { at, fault, met: null, lost: null };
      const met = `${outcome.met.kind} ${outcome.met.number} ${relative(work, outcome.met.path)}`;
      const lost = badlySaid(outcome) ?? (await this.#judge(work, outcome));
      return { at, fault, met: withoutChance(met), lost: lost && withoutChance(lost.replaceAll(work, '…')) };
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  }

  /**
   * Once for all tries that leave the same when what is half done has been swept: as the next start and the next command
   * do it, in a copy. The first of them is looked at as it was left, by the program itself.
   */
  async #judge(work: string, outcome: Outcome): Promise<string | null> {
    await lookOld(work);
    const swept = `${work}-swept`;
    await cp(work, swept, { recursive: true });
    await lookOld(swept);
    await sweep(swept);
    const key = `${outcome.code === 0} ${await fingerprint(swept)}`;
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    const judged = this.#look(work, outcome);
    this.#judged.set(key, judged);
    return judged;
  }

  async #look(work: string, outcome: Outcome): Promise<string | null> {
    const { house, action, before, after } = this;
    const scene: Scene = {
      ...{ house, work, before, after, outcome },
      again: () => action.command(work, house),
      async next(command) {
        const { code, stderr } = await house.run(work, command);
        if (code !== 0) throw new Lost(`what comes next fails: ${lastLine(stderr)}`);
      },
    };
    try {
      await action.judge(scene);
      return null;
    } catch (error) {
      return error instanceof Lost ? error.message : toProblem(error).message;
    }
  }
}

/**
 * A seeded choice: of each kind of operation of similar actions one, met by a fault. Actions and faults alternate.
 * @param actions the plans of each
 * @param turn of the first fault
 * @returns what was chosen of each
 */
export function spread(
  actions: readonly (readonly Plan[])[],
  random: RandomSource,
  turn: number,
): readonly (readonly Plan[])[] {
  const chosen: Plan[][] = actions.map(() => []);
  const kinds = [...new Set(actions.flat().map(({ at }) => at.kind))];
  for (const [place, kind] of kinds.entries()) {
    const ofKind = actions.map((plans) => plans.filter(({ at }) => at.kind === kind));
    const [fewest] = [...ofKind.keys()]
      .filter((index) => ofKind[index]!.length > 0)
      .sort((one, other) => chosen[one]!.length - chosen[other]!.length);
    const plans = ofKind[fewest!]!;
    const faults = FAULTS.filter((fault) => plans.some((plan) => plan.fault === fault));
    const fault = faults[(turn + place) % faults.length];
    const choice = plans.filter((plan) => plan.fault === fault);
    chosen[fewest!]!.push(choice[Math.floor(random.uniform(0, choice.length))]!);
  }
  return chosen;
}

/** Tries plans, so many at a time. @param tell called with each */
export async function runAll(
  trial: Trial,
  plans: readonly Plan[],
  jobs: number,
  tell: (verdict: Verdict) => void | Promise<void> = () => undefined,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  await inTurns(plans, jobs, async (plan, index) => {
    const verdict = await trial.run(plan);
    verdicts[index] = verdict;
    await tell(verdict);
  });
  return verdicts;
}

/** Does something with each of several, so many at a time. */
export async function inTurns<T>(
  all: readonly T[],
  jobs: number,
  action: (each: T, index: number) => Promise<void>,
): Promise<void> {
  const waiting = all.entries();
  const work = async (): Promise<void> => {
    for (const [index, each] of waiting) await action(each, index);
  };
  await Promise.all(Array.from({ length: jobs }, work));
}

async function layOut(house: House, { needs }: Action, work: string): Promise<void> {
  await mkdir(work, { recursive: true });
  for (const [name, template] of Object.entries(needs)) {
    await cp(house.path(template), join(work, name), { recursive: true });
  }
}

/** What comes next comes a minute later. */
async function lookOld(work: string): Promise<void> {
  const before = Date.now() / 1000 - 60;
  for (const path of await listAll(work)) await utimes(join(work, path), before, before);
}

async function sweep(work: string): Promise<void> {
  await sweepTemporaries(work);
  for (const name of await readdir(work)) {
    if (name === 'user') await startUp(join(work, name));
    else await sweepRun(join(work, name));
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** A code, a call or a stack of the system's or of Node's, and unexpected errors. */
const RAW = /\bE[A-Z]{2,}\b|did not foresee|errno|syscall|\n {4}at /;

/** What is wrong with the way in which a command ended and what it said; null: nothing. */
function badlySaid({ code, stderr, ending }: Outcome): string | null {
  if (ending !== null) return `it ${ending}`;
  if (code === null || code === 0) return null;
  const said = lastLine(stderr);
  if (code !== 1) return `it ended with code ${code}: ${said}`;
  return RAW.test(stderr) || !/[.!?]$/.test(said) ? `it said: ${said}` : null;
}
