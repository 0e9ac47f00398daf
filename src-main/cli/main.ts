import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toProblem } from '../contract/problems';
import { forgetDevelopment } from '../processes/environment';
import { runCommandLine } from './command-line';
import { installationOf } from './installation';
import { Terminal } from './terminal';

/** The entry of the command line; bundled to out/main/cli.cjs, beside the other entries. */
const installation = installationOf(dirname(fileURLToPath(import.meta.url)));
if (installation.isPackaged) forgetDevelopment();
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', () => undefined);

runCommandLine(process.argv.slice(2), installation, interrupted.signal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    new Terminal(false).fail(toProblem(error).message);
    process.exitCode = 1;
  },
);
