import { setUp } from './setup/index.mjs';
import { launch } from './setup/launch.mjs';
import { inProject } from './setup/project.mjs';

/** Every fault at every file operation: the set-up speaks on stderr, so that what is printed is the suite's own. */
const ready = await setUp({ window: 'none', quiet: true });
process.exitCode = ready
  ? await launch(process.execPath, [inProject('out', 'main', 'faults.cjs'), ...process.argv.slice(2)], {
      cwd: inProject(),
    })
  : 1;
