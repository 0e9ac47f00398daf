import { access, constants, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inProject, platformKey } from '../setup/project.mjs';
import { gist, run } from '../setup/shell.mjs';
import { SetupProblem } from '../setup/steps.mjs';
import { aboutApp, commandLineOf, makeApplication } from './application.mjs';
import { folderName, makeArchive, makeZips } from './archive.mjs';
import { debianName, makeDebian } from './debian.mjs';
import { commandsIn, manPage } from './man-page.mjs';
import { target } from './targets.mjs';

/**
 * Levels of zstd: 20 takes minutes and unpacks in 32 MiB of memory; 9 makes TensorFlow's library a tenth
 * larger in a quarter of the time; 1 is for packages that only a test opens.
 */
const LEVELS = { small: 20, middle: 9, fast: 1 };

/**
 * @typedef {object} PackageOptions
 * @property {string} out the folder for what is made
 * @property {boolean} fast the quickest compression, and the .deb alone
 */

/**
 * The steps from a built checkout to packages.
 *
 * @param {PackageOptions} options
 * @returns {{ steps: import('../setup/steps.mjs').Step[], cleanUp: () => Promise<void> | undefined }} `cleanUp` is to
 *   be called at the end, however it comes
 */
export function packageSteps({ out, fast }) {
  /** What one step leaves to the next. */
  const made = { work: '', folder: '', about: undefined, man: '' };
  const level = fast ? LEVELS.fast : LEVELS.small;
  const step = (name, act) => ({ name, check: () => Promise.resolve(undefined), act });
  const debian = {
    ...step('Debian package', async (note) => {
      if ((await run('dpkg-deb', ['--version'])).missing) {
        throw new SetupProblem(
          'dpkg-deb is not there: no .deb was made.',
          'Install dpkg (it is in Debian and Ubuntu; Fedora: dnf install dpkg), then run the same command again.',
        );
      }
      note(`compressing with zstd -${level}, some minutes where it is to be small`);
      const root = join(made.work, 'root');
      await mkdir(root);
      const file = join(made.work, debianName(made.about));
      const { installedKib } = await makeDebian(made.folder, root, file, { ...made, level });
      return `${await settle(file, out)}, ${((installedKib * 1024) / 1e6).toFixed(0)} MB installed`;
    }),
    optional: !fast,
  };
  const steps = [
    step('Application', async (note) => {
      if (target === undefined) {
        throw new SetupProblem(
          `There is no package for ${platformKey}.`,
          'Packages are made on Linux x64; for macOS and Windows x64 see .github/workflows/package.yml.',
        );
      }
      made.about = await aboutApp();
      made.work = await workFolder(out);
      const application = await makeApplication(made.work, note);
      made.folder = join(made.work, folderName(made.about));
      await rename(application, made.folder);
      note('asking the command line what it can do');
      made.man = await manPageOf(made.folder, made.about);
      return 'made, with Electron and Node.js in it';
    }),
    ...(fast
      ? []
      : [
          step('Archive', async (note) => {
            note(`compressing with zstd -${LEVELS.middle}, a minute or two`);
            const stem = join(made.work, folderName(made.about));
            if (target.platform !== 'linux') {
              const files = await makeZips(made.folder, stem);
              return (await Promise.all(files.map((file) => settle(file, out)))).join('; ');
            }
            return settle(await makeArchive(made.folder, stem, LEVELS.middle), out);
          }),
        ]),
    ...(target === undefined || target.platform === 'linux' ? [debian] : []),
  ];
  /** Also after a failure: half a package is a gigabyte. */
  const cleanUp = () => (made.work === '' ? undefined : rm(made.work, { recursive: true, force: true }));
  return { steps, cleanUp };
}

/** Beside the results, so that they are moved into their place whole. */
async function workFolder(out) {
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
    return await mkdtemp(join(out, '.making-'));
  } catch (error) {
    throw new SetupProblem(
      `${out} cannot be written (${error.code}).`,
      'Give your user the right to write there, or name another folder: npm run package -- --out FOLDER',
    );
  }
}

async function settle(file, out) {
  const target = join(out, basename(file));
  await rename(file, target);
  return `${target}, ${((await stat(target)).size / 1e6).toFixed(1)} MB`;
}

/** What was packed is asked itself: an application whose command line does not start is not packed further. */
async function manPageOf(folder, about) {
  const { node, entry } = commandLineOf(folder);
  const ask = async (...args) => {
    const { code, stdout, output } = await run(node, [entry, ...args], { cwd: inProject() });
    if (code === 0) return stdout;
    throw new SetupProblem(
      `The packaged command line does not start (${gist(output)}).`,
      'This is a fault of Hindcast: `node scripts/hindcast.mjs --help` shows whether it starts unpackaged.',
    );
  };
  const overview = await ask('--help');
  const commands = [];
  for (const name of commandsIn(overview)) commands.push({ name, help: await ask(name, '--help') });
  return manPage(about, overview, commands);
}
