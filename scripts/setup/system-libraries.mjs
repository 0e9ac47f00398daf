import { installedElectron } from './electron.mjs';
import { hasDisplay, isRoot } from './project.mjs';
import { gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';

/** What a bare Debian lacks to run Electron; the rest comes with these. */
const ELECTRON_PACKAGES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1'];
const VIRTUAL_DISPLAY_PACKAGES = ['xvfb', 'xauth'];
const FONT_PACKAGES = ['fontconfig', 'fonts-noto-cjk'];

/**
 * Something that this system lacks. Without what is not `needed` everything works, but Korean letters are drawn as boxes.
 *
 * @typedef {{ what: string, packages: string[], needed: boolean }} Lack
 */

/** @returns {import('./steps.mjs').Step} */
export const systemLibrariesStep = () => ({
  name: 'System libraries',
  check: async () => {
    if (process.platform !== 'linux') return 'none needed here';
    const lacks = await missingFromSystem();
    if (lacks.length === 0) return 'ready';
    const hasApt = await isThere('apt-get');
    if (hasApt && isRoot) return undefined;
    const wayOut = hasApt
      ? `run once: ${installCommand(lacks)}`
      : `install what Debian calls ${packagesOf(lacks).join(' ')}`;
    if (!lacks.some(({ needed }) => needed)) return `ready, but without ${inWords(lacks)} (${wayOut})`;
    throw new SetupProblem(
      `This system lacks ${inWords(lacks)}.`,
      `${wayOut[0].toUpperCase()}${wayOut.slice(1)}`,
    );
  },
  act: async (note) => {
    const lacks = await missingFromSystem();
    const output = await install(packagesOf(lacks), note);
    const left = await missingFromSystem();
    if (left.length === 0) return `installed ${packagesOf(lacks).join(' ')}`;
    if (!left.some(({ needed }) => needed)) return `ready, but apt-get did not bring ${inWords(left)}`;
    throw new SetupProblem(
      `apt-get did not bring ${inWords(left)} (${gist(output)}).`,
      `Check the network, then run: ${installCommand(left)}`,
    );
  },
});

/** @returns {Promise<Lack[]>} */
export async function missingFromSystem() {
  const lacks = [];
  const libraries = await missingLibraries();
  if (libraries.length > 0) {
    lacks.push({ what: libraries.join(', '), packages: ELECTRON_PACKAGES, needed: true });
  }
  const drawsUnseen = (await isThere('Xvfb')) && (await isThere('xvfb-run')) && (await isThere('xauth'));
  if (!hasDisplay && !drawsUnseen) {
    lacks.push({ what: 'a virtual display (Xvfb)', packages: VIRTUAL_DISPLAY_PACKAGES, needed: true });
  }
  if (!(await hasKoreanFont())) {
    lacks.push({ what: 'a font with Korean letters', packages: FONT_PACKAGES, needed: false });
  }
  return lacks;
}

/** @param {Lack[]} lacks */
export const inWords = (lacks) => lacks.map(({ what }) => what).join(', ');

/** The one command that brings all of it on Debian. @param {Lack[]} lacks */
export function installCommand(lacks) {
  const sudo = isRoot ? '' : 'sudo ';
  const packages = packagesOf(lacks).join(' ');
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages}`;
}

const packagesOf = (lacks) => lacks.flatMap(({ packages }) => packages);

async function install(packages, note) {
  const environment = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
  note('reading Debian’s list of packages');
  const updated = await run('apt-get', ['update'], environment);
  note(`installing ${packages.join(' ')}`);
  const args = ['install', '-y', '--no-install-recommends', ...(await namesHere(packages))];
  const installed = await run('apt-get', args, environment);
  return `${updated.output}\n${installed.output}`;
}

/** The shared libraries that Electron's executable asks for and the system does not have. */
async function missingLibraries() {
  const electron = await installedElectron();
  if (!electron) return [];
  const { stdout } = await run('ldd', [electron.executable]);
  return [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}

/** A system without fontconfig's tools has hardly any fonts either. */
async function hasKoreanFont() {
  const { code, stdout } = await run('fc-list', [':lang=ko', 'family']);
  return code === 0 && stdout.trim() !== '';
}

const isThere = async (program) => (await run('sh', ['-c', `command -v ${program}`])).code === 0;

/** Newer Debians and Ubuntus call some libraries `…t64`: the names that apt knows here. */
async function namesHere(packages) {
  const names = [];
  for (const name of packages) {
    const { stdout } = await run('apt-cache', ['policy', `${name}t64`]);
    names.push(/Candidate: \d/.test(stdout) ? `${name}t64` : name);
  }
  return names;
}
