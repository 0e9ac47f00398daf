import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { toProblem } from '../contract/problems';
import { ACTIONS, type Action } from './actions';
import { drive } from './drive';
import { House } from './house';
import { describeCounts, reliabilityDocument, type ActionResult } from './report';
import { compileShim } from './shim';
import { runAll, Trial } from './tries';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const help = `npm run faults -- [ACTION ...] [--jobs N]

Lets a fault befall every file operation of what Hindcast does, one by one, looks at what is left, and writes the
figures to docs/reliability.md. With actions, only those are tried again; the others keep their figures.

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
  const names = args.filter((_, index) => jobsAt === -1 || (index !== jobsAt && index !== jobsAt + 1));
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
      for (const action of actions) await keep(await tryAll(house, action, jobs));
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

async function tryAll(house: House, action: Action, jobs: number): Promise<ActionResult> {
  const trial = await Trial.prepare(house, action);
  const { plans } = trial;
  say(`${action.title}: ${trial.operations.length} operations, ${plans.length} tries`);
  const verdicts = await runAll(trial, plans, jobs, ({ fault, met, lost }) => {
    if (lost !== null) say(`  ${fault} at ${met}: ${lost}`);
  });
  const result = {
    name: action.name,
    title: action.title,
    date: new Date().toISOString().slice(0, 10),
    operations: trial.operations.length,
    verdicts,
  };
  say(`  ${describeCounts(verdicts)}`);
  return result;
}

async function keep(result: ActionResult): Promise<void> {
  await mkdir(found, { recursive: true });
  await writeFile(join(found, `${result.name}.json`), JSON.stringify(result));
}

async function kept(): Promise<ActionResult[]> {
  const results = await Promise.all(
    ACTIONS.map(({ name }) =>
      readFile(join(found, `${name}.json`), 'utf8').then(
        (text) => JSON.parse(text) as ActionResult,
        () => null,
      ),
    ),
  );
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
