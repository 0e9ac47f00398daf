import { chmod, copyFile, cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { packager } from '@electron/packager';
import { zipSync } from 'fflate';
import { installedElectron } from '../setup/electron.mjs';
import { NODE_MAJORS, nodeRuntime } from '../setup/node-runtimes.mjs';
import { inProject } from '../setup/project.mjs';
import { firstProgram, gist, run } from '../setup/shell.mjs';
import { SetupProblem } from '../setup/steps.mjs';
import { runtimeClosure } from './closure.mjs';
import { launcher } from './desktop.mjs';
import { icns, ico, readPng } from './icons.mjs';
import { thirdPartyLicences } from './licences.mjs';
import { target } from './targets.mjs';

/** Entries that are for working on Hindcast. */
const NOT_SHIPPED = /^(bench|faults|replay)\./;
/** Chromium's own words (of file dialogs and print previews) in the languages of the window. */
const LOCALES = ['en-US', 'en-GB', 'ko'];
const LIBRARIES = join('node_modules', '@tensorflow', 'tfjs-node', 'deps', 'lib');
/** What Electron's archive keeps of its files for `plain Node`, which does not see into it. */
const UNPACKED = join(target?.resources ?? 'resources', 'app.asar.unpacked');

/**
 * What an app from a package cannot be made to do: run as Node.js, take options or a debugger for it from outside, load
 * other code than its archive. Cookies, of which it keeps none, would be encrypted.
 */
export const FUSES = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
};

/** The description of the app, inside it and around it. */
export async function aboutApp() {
  const { name, productName, version, description, license, main } = JSON.parse(
    await readFile(inProject('package.json'), 'utf8'),
  );
  return { name, productName, version, description, license, main };
}

/**
 * The whole application as a folder that runs where it lies.
 *
 * @param {string} work an empty folder for what is only made on the way
 * @param {(doing: string) => void} note
 * @returns {Promise<string>} the folder
 */
export async function makeApplication(work, note) {
  const electron = await installedElectron();
  if (!electron) {
    throw new SetupProblem('Electron’s runtime is not there.', 'Run `npm run setup`, which says why.');
  }
  const about = await aboutApp();
  note('gathering what it needs at run time');
  const stage = join(work, 'stage');
  const closure = await runtimeClosure();
  await gather(stage, about, closure);
  note('putting it into Electron');
  const zips = join(work, 'zips');
  await mkdir(zips);
  // On Linux the runtime that the set-up found, whatever its origin; elsewhere the packager fetches the official one.
  const isLinux = target.platform === 'linux';
  if (isLinux) {
    await writeFile(join(zips, `electron-v${electron.version}-linux-x64.zip`), await zipOf(electron.folder));
  }
  const [folder] = await packager({
    dir: stage,
    out: join(work, 'packed'),
    tmpdir: join(work, 'packing'),
    name: about.productName,
    executableName: about.name,
    platform: target.platform,
    arch: target.arch,
    ...(target.icon ? { icon: await iconFile(work) } : {}),
    ...(isLinux ? { electronZipDir: zips } : {}),
    electronVersion: electron.version,
    appVersion: about.version,
    asar: { unpackDir: 'node_modules' },
    prune: false,
    derefSymlinks: false,
    quiet: true,
  });
  for (const done of [stage, zips]) await rm(done, { recursive: true });
  for (const file of await readdir(join(folder, 'locales')).catch(() => [])) {
    if (!LOCALES.includes(basename(file, '.pak'))) await rm(join(folder, 'locales', file));
  }
  note('setting the fuses');
  // A Mac with Apple's own processor starts nothing whose signature does not fit.
  const resetAdHocDarwinSignature = target.platform === 'darwin' && target.arch === 'arm64';
  const fuses = { version: FuseVersion.V1, resetAdHocDarwinSignature, ...FUSES };
  await flipFuses(join(folder, target.executable), fuses);
  note('adding TensorFlow');
  await addLibraries(join(folder, UNPACKED));
  note('adding the command line');
  await addCommandLine(folder, note);
  await writeFile(join(folder, target.resources, 'THIRD-PARTY-LICENSES.txt'), await thirdPartyLicences());
  if (isLinux) await normaliseModes(folder);
  return folder;
}

/** What goes into the archive: the built app without source maps, and the files that are not bundled. */
async function gather(stage, about, closure) {
  const shipped = (source) => !NOT_SHIPPED.test(basename(source)) && extname(source) !== '.map';
  await mkdir(stage, { recursive: true });
  await writeFile(join(stage, 'package.json'), `${JSON.stringify(about, null, 2)}\n`);
  await copyFile(inProject('LICENSE'), join(stage, 'LICENSE'));
  for (const folder of ['out/main', 'out/preload', 'out/renderer']) {
    await cp(inProject(folder), join(stage, folder), { recursive: true, filter: shipped });
  }
  for (const file of closure) {
    await mkdir(dirname(join(stage, file)), { recursive: true });
    await copyFile(inProject(file), join(stage, file));
  }
}

async function iconFile(work) {
  const picture = readPng(await readFile(inProject('resources', 'icon.png')));
  const file = join(work, `icon.${target.icon}`);
  await writeFile(file, target.icon === 'icns' ? icns(picture) : ico(picture));
  return file;
}

/** The runtime as its makers would publish it, without the few lines that stand in for Electron's default app. */
async function zipOf(folder) {
  const entries = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file).split(sep).join('/');
    if (!entry.isFile() || /^resources\/(app|default_app)\b/.test(path)) continue;
    // Executable or not, as Unix keeps it in the upper half of a zip's attributes.
    const mode = 0o100644 | (isProgram(path) ? 0o111 : 0);
    entries[path] = [await readFile(file), { level: 0, os: 3, attrs: mode << 16 }];
  }
  return zipSync(entries);
}

const isProgram = (path) =>
  /(^|\/)(electron|chrome-sandbox|chrome_crashpad_handler|[^/]*\.so(\.\d+)*)$/.test(path);

/** TensorFlow's libraries without the symbols that only a debugger reads: 788 MB become 583. Ours are hard links, and stay. */
async function addLibraries(unpacked) {
  const strip = await stripper();
  await mkdir(join(unpacked, LIBRARIES), { recursive: true });
  for (const name of await readdir(inProject(LIBRARIES))) {
    const [from, to] = [inProject(LIBRARIES, name), join(unpacked, LIBRARIES, name)];
    await slim(strip, from, to);
  }
}

/** GNU's; what Apple calls so takes other options. */
const stripper = async () => (target.platform === 'linux' ? firstProgram(['strip']) : undefined);

async function slim(strip, from, to) {
  if (strip === undefined) return copyFile(from, to);
  const { code, output } = await run(strip, ['--strip-unneeded', '-o', to, from]);
  if (code === 0) return undefined;
  throw new SetupProblem(
    `strip could not make ${basename(from)} smaller (${gist(output)}).`,
    'See that some 2 GB are free where the package is made, then run the same command again.',
  );
}

/** Node.js, what it reads of the app, the samples, and the program that starts either of the two. */
async function addCommandLine(folder, note) {
  const { node } = commandLineOf(folder);
  await mkdir(dirname(node));
  if (NODE_MAJORS.length > 0) {
    const pinned = await nodeRuntime(Math.max(...NODE_MAJORS), note);
    await slim(await stripper(), pinned.executable, node);
    await copyFile(pinned.licence, join(dirname(node), 'LICENSE'));
  } else {
    // None is pinned for this platform: the one that packs.
    await copyFile(process.execPath, node);
  }
  const readable = (source) => !/^index\./.test(basename(source)) && extname(source) !== '.map';
  const shipped = (source) => readable(source) && !NOT_SHIPPED.test(basename(source));
  for (const each of [join('out', 'main'), 'resources']) {
    await cp(inProject(each), join(folder, UNPACKED, each), { recursive: true, filter: shipped });
  }
  if (target.platform !== 'linux') return;
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', 'hindcast'), launcher());
}

/** As if made with the umask 022, whatever it is here. */
async function normaliseModes(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    const below = relative(folder, path).split(sep).join('/');
    const runs =
      entry.isDirectory() ||
      isProgram(below) ||
      /^(hindcast|bin\/hindcast|resources\/node\/node)$/.test(below);
    await chmod(path, runs ? 0o755 : 0o644);
  }
}

/** Where the files of the command line lie in a packaged application. @param {string} folder */
export const commandLineOf = (folder) => ({
  node: join(folder, target.resources, 'node', target.platform === 'win32' ? 'node.exe' : 'node'),
  entry: join(folder, UNPACKED, 'out', 'main', 'cli.cjs'),
});

/** Our native modules, whose compiler decides how new a C library they ask for. @param {string} folder */
export const nativeModulesOf = (folder) =>
  join(folder, UNPACKED, 'node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8');
