import { installedElectron } from './setup/electron.mjs';
import { setUp } from './setup/index.mjs';
import { launch } from './setup/launch.mjs';
import { hasDisplay, inModules, inProject, isRoot } from './setup/project.mjs';

/** With a display: the app in its window. Without one: the bundled example, from import to export. */
const args = process.argv.slice(2);
const ready = await setUp({ window: hasDisplay ? 'needed' : 'optional' });
process.exitCode = ready ? await start() : 1;

async function start() {
  if (!hasDisplay) {
    process.stdout.write('\nThere is no display here: running the bundled example without a window.\n\n');
    return launch(process.execPath, [
      inProject('out', 'main', 'cli.cjs'),
      'example',
      '--out',
      'hindcast-example',
    ]);
  }
  // Terminals inside Electron applications set this, and Electron would then start as plain Node.
  const env = { ELECTRON_RUN_AS_NODE: undefined };
  if (args.includes('--watch')) {
    const sandbox = isRoot ? ['--noSandbox'] : [];
    const builder = inModules('electron-vite', 'bin', 'electron-vite.js');
    return launch(process.execPath, [builder, 'dev', '--watch', ...sandbox], { env });
  }
  const electron = await installedElectron();
  // Chromium's sandbox refuses to work for root.
  const sandbox = isRoot ? ['--no-sandbox'] : [];
  return launch(electron.executable, [...sandbox, inProject(), ...args], { env });
}
