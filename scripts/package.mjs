import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setUp } from './setup/index.mjs';
import { lockCheckout } from './setup/lock.mjs';
import { inProject } from './setup/project.mjs';
import { lineReporter, runSteps } from './setup/steps.mjs';

/** `npm run package`: an installable package and a portable archive under dist/. */
const HELP = `npm run package -- [--out FOLDER] [--fast]

  --out FOLDER  where to (dist/ unless it is named)
  --fast        the .deb alone, quickly and large: to try it`;

process.exitCode = await main();

async function main() {
  let given;
  try {
    given = parseArgs({
      options: { out: { type: 'string' }, fast: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${HELP}\n`);
    return 2;
  }
  if (given.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  if (!(await setUp({ window: 'optional' }))) return 1;
  // What packs is installed by the set-up: not before it is it there.
  const { packageSteps } = await import('./package/index.mjs');
  const out = given.out === undefined ? inProject('dist') : resolve(process.env.INIT_CWD ?? '.', given.out);
  const { steps, cleanUp } = packageSteps({ out, fast: given.fast === true });
  try {
    const done = await runSteps(steps, lineReporter(process.stdout, { tellReady: true }), lockCheckout);
    return done ? 0 : 1;
  } finally {
    await cleanUp();
  }
}
