import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toProblem } from '../contract/problems';
import { runCommandLine } from './command-line';

/** The entry of the command line; bundled to out/main/cli.cjs, beside the other entries. */
const here = dirname(fileURLToPath(import.meta.url));
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', () => undefined);

runCommandLine(
  process.argv.slice(2),
  {
    trainerEntry: join(here, 'trainer.cjs'),
    readerEntry: join(here, 'reader.cjs'),
    resources: join(here, '..', '..', 'resources'),
  },
  interrupted.signal,
).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${toProblem(error).message}\n`);
    process.exitCode = 1;
  },
);
