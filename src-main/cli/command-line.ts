import { isInTheLog, Problem, toProblem } from '../contract/problems';
import { parseArguments, UsageError } from './arguments';
import { brokerCommand } from './broker-command';
import { describeCommand, VERBOSE_OPTION, type Command } from './command';
import { cleaningCommand } from './cleaning-command';
import { exampleCommand } from './example-command';
import { exportCommand } from './export-command';
import { fleetCommand } from './fleet-command';
import { forecastCommand } from './forecast-command';
import { hindcastCommand } from './hindcast-command';
import { importanceCommand } from './importance-command';
import { inspectCommand } from './inspect-command';
import type { Installation } from './installation';
import { sweepPlaces } from './leftovers';
import { reportCommand } from './report-command';
import { resumeCommand } from './resume-command';
import { searchCommand } from './search-command';
import { Terminal } from './terminal';
import { trainCommand } from './train-command';
import { logToTerminal } from './verbose';
import { verifyCommand } from './verify-command';
import { watchCommand } from './watch-command';
import { workerCommand } from './worker-command';

const commands: readonly Command[] = [
  inspectCommand,
  trainCommand,
  resumeCommand,
  searchCommand,
  fleetCommand,
  workerCommand,
  brokerCommand,
  verifyCommand,
  forecastCommand,
  watchCommand,
  exportCommand,
  importanceCommand,
  hindcastCommand,
  cleaningCommand,
  reportCommand,
  exampleCommand,
];

/** Exit codes: done, failed, wrongly called. */
export type ExitCode = 0 | 1 | 2;

/** Runs one command line; failures are one sentence on stderr. */
export async function runCommandLine(
  args: readonly string[],
  installation: Installation,
  signal: AbortSignal,
): Promise<ExitCode> {
  const [name, ...rest] = args;
  const { program } = installation;
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(`${describeAll(program)}\n`);
    return 0;
  }
  const command = commands.find((each) => each.name === name);
  if (command === undefined) {
    const reason = name === undefined ? 'A command is missing' : `There is no command “${name}”`;
    new Terminal(false).fail(`${reason}.`);
    process.stderr.write(`\n${describeAll(program)}\n`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(`${describeCommand(command, program)}\n`);
    return 0;
  }
  let terminal = new Terminal(false);
  let verbose = false;
  try {
    const given = parseArguments(rest, { ...command.options, ...VERBOSE_OPTION });
    terminal = new Terminal(given.has('json'));
    verbose = given.has('verbose');
    if (verbose) logToTerminal(terminal);
    requireCurrentFolder();
    await sweepPlaces(given);
    await command.run({ args: given, terminal, installation, signal });
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      const help = `${program} ${command.name} --help`;
      terminal.fail(`${error.message}. See: ${help}`);
      return 2;
    }
    const problem = toProblem(error);
    const hint = isInTheLog(problem) && !verbose ? ' --verbose says more.' : '';
    terminal.fail(`${problem.message}${hint}`);
    return 1;
  }
}

/** Paths are meant from the folder that the command was given in. @throws Problem 'folder-gone' */
function requireCurrentFolder(): void {
  try {
    process.cwd();
  } catch (error) {
    throw new Problem('folder-gone', {}, { cause: error });
  }
}

function describeAll(program: string): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    `${program} COMMAND`,
    '',
    ...commands.map(
      ({ name, summary }) => `  ${name.padEnd(width)}  ${summary.split('. ')[0]?.replace(/\.$/, '')}`,
    ),
    '',
    'COMMAND --help says more. Exit codes: 0 done, 1 failed, 2 wrongly called.',
  ].join('\n');
}
