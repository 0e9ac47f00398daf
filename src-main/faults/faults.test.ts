import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomSource } from '../network';
import { bundleFolder } from '../bundle.fixture';
import { ACTIONS } from './actions';
import { House } from './house';
import { describeCounts } from './report';
import { compileShim } from './shim';
import { inTurns, runAll, spread, Trial, type Plan } from './tries';

/**
 * The short form: at each kind of operation of each group of actions, which come to their files in the same way, one
 * fault chosen by a seed; `npm run faults` tries all. Nothing is judged by the time that it takes: the limits only end
 * what hangs.
 */
const GROUPS = [
  ['train', 'resume', 'app-train'],
  ['export', 'export-over'],
  ['add', 'forecast'],
  ['preferences'],
  ['delete'],
  ['remove'],
  ['start'],
];
const jobs = availableParallelism();
const LONGEST = 900_000;

const scratch = await mkdtemp(join(tmpdir(), 'hindcast-shim-'));
const compiled = await compileShim(resolve('src-main', 'faults', 'shim.c'), scratch);
const why = 'lack' in compiled ? ` (not tried: ${compiled.lack})` : '';

let house: House | undefined;
const trials = new Map<string, Trial>();
const plans = new Map<string, readonly Plan[]>();

beforeAll(async () => {
  if ('lack' in compiled) return;
  const built = await House.build({ folder: bundleFolder() }, compiled.shim);
  house = built;
  await inTurns(ACTIONS, jobs, async (action) => {
    trials.set(action.name, await Trial.prepare(built, action));
  });
  const random = randomSource(9, 'faults');
  for (const [turn, names] of GROUPS.entries()) {
    const chosen = spread(
      names.map((name) => trials.get(name)!.plans),
      random,
      turn,
    );
    for (const [index, name] of names.entries()) plans.set(name, chosen[index]!);
  }
}, LONGEST);
afterAll(async () => {
  await house?.remove();
  await rm(scratch, { recursive: true, force: true });
});

describe.skipIf('lack' in compiled)(`a fault at a file operation loses nothing${why}`, () => {
  it('is tried at every action', () => {
    expect(GROUPS.flat().sort()).toEqual(ACTIONS.map(({ name }) => name).sort());
  });

  it.each(ACTIONS)(
    '$title',
    async ({ name, title }) => {
      const chosen = plans.get(name)!;
      const verdicts = await runAll(trials.get(name)!, chosen, jobs);
      const said = describeCounts(verdicts);
      expect([said, verdicts.filter(({ lost }) => lost !== null)]).toEqual([said, []]);
      // Processes that write at the same time do not always make as many operations.
      expect(verdicts.some(({ met }) => met !== null)).toBe(true);
      process.stdout.write(`${title}: ${said}\n`);
    },
    LONGEST,
  );
});
