import { setUp } from './setup/index.mjs';
import { launch } from './setup/launch.mjs';
import { inProject } from './setup/project.mjs';

/** The bench: the set-up speaks on stderr, so that what is printed is the bench's own. */
const ready = await setUp({ window: 'none', quiet: true });
process.exitCode = ready
  ? await launch(process.execPath, [inProject('out', 'main', 'bench.cjs'), ...process.argv.slice(2)], {
      cwd: inProject(),
    })
  : 1;
