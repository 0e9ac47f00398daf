import { setUp } from './setup/index.mjs';
import { launch } from './setup/launch.mjs';
import { inProject } from './setup/project.mjs';

/** A station replayed to a watcher that is killed: the set-up speaks on stderr, what is printed is the replay's own. */
const ready = await setUp({ window: 'none', quiet: true });
process.exitCode = ready
  ? await launch(process.execPath, [inProject('out', 'main', 'replay.cjs'), ...process.argv.slice(2)], {
      cwd: inProject(),
    })
  : 1;
