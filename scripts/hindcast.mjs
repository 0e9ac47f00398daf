import { setUp } from './setup/index.mjs';
import { launch } from './setup/launch.mjs';
import { inProject } from './setup/project.mjs';

/** The command line: its output is its own, so the set-up speaks on stderr, and only where it has work to do. */
const ready = await setUp({ window: 'none', quiet: true });
// npm runs scripts in the checkout; file names are meant from where the person is.
const cwd = process.env.INIT_CWD ?? process.cwd();
process.exitCode = ready
  ? await launch(process.execPath, [inProject('out', 'main', 'cli.cjs'), ...process.argv.slice(2)], { cwd })
  : 1;
