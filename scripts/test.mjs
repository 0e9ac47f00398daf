import { spawn } from 'node:child_process';
import { setUp } from './setup/index.mjs';
import { ended } from './setup/launch.mjs';
import { childEnvironment, hasDisplay, inModules, projectFolder } from './setup/project.mjs';
import { HeldOutput } from './setup/held-output.mjs';
import { countedWithExit, playwrightSummary, total, vitestSummary } from './setup/summaries.mjs';

/** `npm test`: unit and property tests, then the tests in a real window. `npm test -- unit` or `-- e2e` runs one part. */
const [part, ...rest] = process.argv.slice(2);
const named = part === 'unit' || part === 'e2e';
const further = named ? rest : process.argv.slice(2);

/** It stays as it is when the last window closes: while it resets the next one finds no display. */
const XVFB = '-screen 0 1600x1000x24 -noreset';

const playwright = (project) => {
  // Of the tests that somebody names all may be in the other project.
  const words = ['--project', project, ...(further.length > 0 ? ['--pass-with-no-tests'] : []), ...further];
  const command = [process.execPath, inModules('@playwright', 'test', 'cli.js'), 'test', ...words];
  return hasDisplay ? command : ['xvfb-run', '-a', '-s', XVFB, ...command];
};
const unit = {
  title: 'Unit and property tests (Vitest)',
  command: [process.execPath, inModules('vitest', 'vitest.mjs'), 'run', ...further],
  read: vitestSummary,
};
const windows = {
  title: 'Tests in a real window (Playwright)',
  command: playwright('windows'),
  read: playwrightSummary,
};
const timed = {
  title: 'Windows that are measured in milliseconds (Playwright)',
  command: playwright('timed'),
  read: playwrightSummary,
};
/** One stage after another; what is in a stage runs side by side, since each waits now and then and the other works. */
const stages = { unit: [[unit]], e2e: [[windows], [timed]] }[part] ?? [[unit, windows], [timed]];

const ready = await setUp({ window: part === 'unit' ? 'none' : 'needed', python: part !== 'e2e' });
process.exitCode = ready ? await runTests() : 1;

async function runTests() {
  const results = [];
  for (const stage of stages) results.push(...(await runStage(stage)));
  // Of the tests that somebody names a runner may have none.
  const ran = results.filter(({ summary, code }) => summary.lines.length > 0 || code !== 0);
  for (const { title, summary, code } of ran) {
    const lines = summary.lines.length > 0 ? summary.lines : [`  ended with code ${code} and no summary`];
    process.stdout.write(`\n== ${title}\n${[...summary.failures, ...lines].join('\n')}\n`);
  }
  const summaries = results.map((result) => result.summary);
  process.stdout.write(`\n${total(summaries)}\n`);
  const anyRan = summaries.some(({ passed, failed }) => passed + failed > 0);
  return anyRan && results.every(({ code }) => code === 0) ? 0 : 1;
}

/** Shows the output of the first as it comes, and then that of the next from its beginning. */
async function runStage(suites) {
  const running = suites.map((suite) => ({ suite, output: new HeldOutput(), ended: null }));
  for (const each of running) each.ended = runSuite(each.suite.command, each.output);
  const results = [];
  for (const { suite, output, ended } of running) {
    process.stdout.write(`\n== ${suite.title}\n\n`);
    output.show();
    const { code, tail } = await ended;
    results.push({ ...suite, code, summary: countedWithExit(suite.read(tail), code) });
  }
  return results;
}

/** Runs a runner and keeps the end of its output. */
async function runSuite([command, ...args], output) {
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const env = { ...childEnvironment, ...colour, ELECTRON_RUN_AS_NODE: undefined };
  const child = spawn(command, args, { cwd: projectFolder, env, stdio: ['inherit', 'pipe', 'pipe'] });
  let tail = '';
  const show = (stream) => (bytes) => {
    output.write(stream, bytes);
    tail = `${tail}${bytes}`.slice(-64_000);
  };
  child.stdout.on('data', show(process.stdout));
  child.stderr.on('data', show(process.stderr));
  try {
    return { code: await ended(child), tail };
  } catch (error) {
    output.write(process.stdout, `${command} cannot be started: ${error.message}\n`);
    return { code: 127, tail };
  }
}
