import { existsSync, readFileSync } from 'node:fs';
import { inProject, projectFolder } from './project.mjs';
import { gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';

/** @returns {import('./steps.mjs').Step} */
export const nodeStep = () => ({
  name: 'Node.js',
  check: async () => {
    if (isNewEnough(process.versions.node)) return `${process.versions.node} ready`;
    throw new SetupProblem(
      `This is Node.js ${process.versions.node}; Hindcast needs 20.19 or newer.`,
      'Install a newer Node.js, then run the same command again.',
    );
  },
  act: async () => '',
});

/** @param {string} version such as `20.19.0` */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

/** @returns {import('./steps.mjs').Step} */
export const dependenciesStep = () => ({
  name: 'Dependencies',
  check: async () => {
    const wanted = lockedPackages('package-lock.json');
    const installed = lockedPackages('node_modules/.package-lock.json');
    if (!wanted) {
      throw new SetupProblem(
        'package-lock.json is missing or damaged.',
        'Take it back from git: git checkout package-lock.json',
      );
    }
    return installed && fits(wanted, installed) && allThere(installed)
      ? `${Object.keys(installed).length} packages ready`
      : undefined;
  },
  act: async (note) => {
    note('installing from package-lock.json');
    const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const installed = await run('npm', args, { cwd: projectFolder });
    if (installed.code !== 0) {
      throw new SetupProblem(
        `npm ci failed (${gist(installed.output) || `it ended with code ${installed.code}`}).`,
        'Check the network and npm’s settings (`npm config list`), then run the same command again.',
      );
    }
    return `${Object.keys(lockedPackages('node_modules/.package-lock.json') ?? {}).length} packages installed`;
  },
});

/** The packages of a lock file by their folder, without the project itself. @param {string} path */
function lockedPackages(path) {
  try {
    const { packages } = JSON.parse(readFileSync(inProject(path), 'utf8'));
    return Object.fromEntries(Object.entries(packages).filter(([folder]) => folder !== ''));
  } catch {
    return undefined;
  }
}

/**
 * Whether what npm installed is what the lock file asks for: the same versions, and nothing left out but optional
 * packages (those of other platforms).
 *
 * @param {Record<string, { version?: string, optional?: boolean }>} wanted
 * @param {Record<string, { version?: string }>} installed
 */
export function fits(wanted, installed) {
  const asked = Object.entries(wanted).every(([folder, { version, optional }]) => {
    const found = installed[folder];
    return found ? found.version === version : optional === true;
  });
  return asked && Object.keys(installed).every((folder) => folder in wanted);
}

const allThere = (installed) =>
  Object.keys(installed).every((folder) => existsSync(inProject(folder, 'package.json')));
