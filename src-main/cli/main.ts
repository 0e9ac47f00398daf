import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toProblem } from '../contract/problems';
import { runCommandLine } from './command-line';
import { Terminal } from './terminal';

/** The entry of the command line; bundled to out/main/cli.cjs, beside the other entries. */
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', () => undefined);

/** As the electron package itself finds it, but without its fetching one that is not there. */
async function electron(): Promise<string | null> {
  const folder = join(root, 'node_modules', 'electron');
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  try {
    const name = (await readFile(join(folder, 'path.txt'), 'utf8')).trim();
    const executable = join(override || join(folder, 'dist'), name);
    await access(executable);
    return executable;
  } catch {
    return null;
  }
}

runCommandLine(
  process.argv.slice(2),
  {
    trainerEntry: join(here, 'trainer.cjs'),
    readerEntry: join(here, 'reader.cjs'),
    resources: join(root, 'resources'),
    root,
    electron,
  },
  interrupted.signal,
).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    new Terminal(false).fail(toProblem(error).message);
    process.exitCode = 1;
  },
);
