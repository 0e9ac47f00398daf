import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { toProblem } from '../contract/problems';
import { randomSource } from '../network';
import { ACTIONS, type Action } from './actions';
import { drive } from './drive';
import { House } from './house';
import { describeCounts, reliabilityDocument, type ActionResult } from './report';
import { compileShim } from './shim';
import { runAll, Trial, type Plan } from './tries';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const help = `npm run faults -- [ACTION ...] [--rest] [--jobs N]

Lets a fault befall every file operation of what Hindcast does, one by one, looks at what is left, and writes the
figures to docs/reliability.md. With actions, only those are tried again; the others keep their figures. With --rest only
what has not been tried yet and what was lost: after an interruption, or a change that mends a loss.

Actions: ${ACTIONS.map(({ name }) => name).join(', ')}`;

/** What was found, an action a file, until the document is made of all. */
const found = resolve('out', 'faults');

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === 'drive') {
    await drive(args.slice(1));
    return 0;
  }
  const jobsAt = args.indexOf('--jobs');
  const jobs = jobsAt === -1 ? availableParallelism() : Number(args[jobsAt + 1]);
  const others = args.filter((_, index) => jobsAt === -1 || (index !== jobsAt && index !== jobsAt + 1));
  const names = others.filter((each) => each !== '--rest');
  const actions = names.length === 0 ? ACTIONS : ACTIONS.filter(({ name }) => names.includes(name));
  if (!(jobs >= 1) || (names.length > 0 && actions.length !== names.length)) {
    say(help);
    return 2;
  }
  const scratch = await mkdtemp(join(tmpdir(), 'hindcast-shim-'));
  try {
    const compiled = await compileShim(resolve('src-main', 'faults', 'shim.c'), scratch);
    if ('lack' in compiled) {
      say(`Nothing was tried: ${compiled.lack}.`);
      return 1;
    }
    const house = await House.build({ folder: __dirname }, compiled.shim);
    try {
      for (const action of actions) await tryAll(house, action, jobs, others.includes('--rest'));
    } finally {
      await house.remove();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const results = await kept();
  await writeFile(resolve('docs', 'reliability.md'), reliabilityDocument(results));
  return results.every(({ verdicts }) => verdicts.every(({ lost }) => lost === null)) ? 0 : 1;
}

/** So many tries are lost at most when it is interrupted. */
const TRIES_KEPT = 10;

async function tryAll(house: House, action: Action, jobs: number, isRest: boolean): Promise<void> {
  const trial = await Trial.prepare(house, action);
  const earlier = isRest ? ((await keptOf(action))?.verdicts ?? []) : [];
  const held = earlier.filter(({ lost }) => lost === null);
  const open = trial.plans.filter((plan) => !held.some((verdict) => isSamePlan(plan, verdict)));
  // In an order of chance: what is interrupted has then tried some of everything.
  const plans = Array.from(randomSource(9, action.name).permutation(open.length), (index) => open[index]!);
  const verdicts = [...held];
  const take = async (): Promise<void> =>
    keep({
      name: action.name,
      title: action.title,
      date: new Date().toISOString().slice(0, 10),
      operations: trial.operations.length,
      plans: trial.plans.length,
      verdicts: [...verdicts],
    });
  say(`${action.title}: ${trial.operations.length} operations, ${plans.length} tries`);
  await runAll(trial, plans, jobs, async (verdict) => {
    verdicts.push(verdict);
    if (verdict.lost !== null) say(`  ${verdict.fault} at ${verdict.met}: ${verdict.lost}`);
    if (verdicts.length % TRIES_KEPT === 0) await take();
  });
  await take();
  say(`  ${describeCounts(verdicts)}`);
}

const isSamePlan = (one: Plan, other: Plan): boolean =>
  one.fault === other.fault && one.at.kind === other.at.kind && one.at.number === other.at.number;

async function keep(result: ActionResult): Promise<void> {
  await mkdir(found, { recursive: true });
  await writeFile(join(found, `${result.name}.json`), JSON.stringify(result));
}

const keptOf = ({ name }: Action): Promise<ActionResult | null> =>
  readFile(join(found, `${name}.json`), 'utf8').then(
    (text) => JSON.parse(text) as ActionResult,
    () => null,
  );

async function kept(): Promise<ActionResult[]> {
  const results = await Promise.all(ACTIONS.map(keptOf));
  return results.filter((result) => result !== null);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${toProblem(error).message}\n`);
    process.exitCode = 1;
  },
);
