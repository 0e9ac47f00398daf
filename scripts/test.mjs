import { spawn } from 'node:child_process';
import { setUp } from './setup/index.mjs';
import { ended } from './setup/launch.mjs';
import { childEnvironment, hasDisplay, inModules, projectFolder } from './setup/project.mjs';
import { countedWithExit, playwrightSummary, total, vitestSummary } from './setup/summaries.mjs';

/** `npm test`: unit and property tests, then the tests in a real window. `npm test -- unit` or `-- e2e` runs one part. */
const [part, ...rest] = process.argv.slice(2);
const named = part === 'unit' || part === 'e2e';
const further = named ? rest : process.argv.slice(2);

const unit = {
  title: 'Unit and property tests (Vitest)',
  command: [process.execPath, inModules('vitest', 'vitest.mjs'), 'run', ...further],
  read: vitestSummary,
};
const playwright = [process.execPath, inModules('@playwright', 'test', 'cli.js'), 'test', ...further];
const e2e = {
  title: 'Tests in a real window (Playwright)',
  command: hasDisplay ? playwright : ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...playwright],
  read: playwrightSummary,
};

const ready = await setUp({ window: part === 'unit' ? 'none' : 'needed', python: part !== 'e2e' });
process.exitCode = ready ? await runTests({ unit: [unit], e2e: [e2e] }[part] ?? [unit, e2e]) : 1;

async function runTests(suites) {
  const results = [];
  for (const suite of suites) {
    process.stdout.write(`\n== ${suite.title}\n\n`);
    const { code, tail } = await runSuite(suite.command);
    results.push({ ...suite, code, summary: countedWithExit(suite.read(tail), code) });
  }
  for (const { title, code, summary } of results) {
    const lines = summary.lines.length > 0 ? summary.lines : [`  ended with code ${code} and no summary`];
    process.stdout.write(`\n== ${title}\n${lines.join('\n')}\n`);
  }
  const summaries = results.map((result) => result.summary);
  process.stdout.write(`\n${total(summaries)}\n`);
  const anyRan = summaries.some(({ passed, failed }) => passed + failed > 0);
  return anyRan && results.every(({ code }) => code === 0) ? 0 : 1;
}

/** Shows a runner's output as it comes and keeps the end of it. */
async function runSuite([command, ...args]) {
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const env = { ...childEnvironment, ...colour, ELECTRON_RUN_AS_NODE: undefined };
  const child = spawn(command, args, { cwd: projectFolder, env, stdio: ['inherit', 'pipe', 'pipe'] });
  let tail = '';
  const show = (stream) => (bytes) => {
    stream.write(bytes);
    tail = `${tail}${bytes}`.slice(-64_000);
  };
  child.stdout.on('data', show(process.stdout));
  child.stderr.on('data', show(process.stderr));
  try {
    return { code: await ended(child), tail };
  } catch (error) {
    process.stdout.write(`${command} cannot be started: ${error.message}\n`);
    return { code: 127, tail };
  }
}
