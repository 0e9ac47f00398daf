import { chmod, mkdir, readFile, readdir, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inProject } from '../setup/project.mjs';
import { gist, run } from '../setup/shell.mjs';
import { SetupProblem } from '../setup/steps.mjs';
import { nativeModulesOf } from './application.mjs';
import { desktopEntry, mimeTypes } from './desktop.mjs';
import { ICON_SIZES, readPng, scaleDown, writePng } from './icons.mjs';
import { copyrightFile } from './licences.mjs';

/** Where it lies once installed. */
const HOME = 'usr/lib/hindcast';
/** As set-up installs them; the second name is that of Debian 13 and Ubuntu 24.04. */
const LIBRARIES = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libasound2 | libasound2t64',
  'libgbm1',
  'libxss1',
];
/** The oldest C library of Electron, Node.js and TensorFlow's wheel. */
const OLDEST_GLIBC = '2.28';
/** Versions of the symbols of the C++ library, GLIBCXX_3.4.N by N, and the major version of GCC that brought each. */
const GCC_OF_SYMBOLS = [
  [25, 8],
  [28, 9],
  [29, 11],
  [30, 12],
  [32, 13],
  [33, 14],
  [34, 15],
];

/** A pre-release sorts before its release only with a tilde. @param {string} version */
export const debianVersion = (version) => version.replace('-', '~');

/** @param {{ name: string, version: string }} about */
export const debianName = ({ name, version }) => `${name}_${debianVersion(version)}_amd64.deb`;

/**
 * @param {{ name: string, version: string, description: string }} about
 * @param {{ installedKib: number, glibc: string, libstdcxx: string }} measured
 */
export function controlFile({ name, version, description }, { installedKib, glibc, libstdcxx }) {
  return [
    `Package: ${name}`,
    `Version: ${debianVersion(version)}`,
    'Architecture: amd64',
    'Section: science',
    'Priority: optional',
    'Maintainer: The Hindcast developers <noreply@hindcast.invalid>',
    `Installed-Size: ${installedKib}`,
    `Depends: libc6 (>= ${glibc}), libstdc++6 (>= ${libstdcxx}), ${LIBRARIES.join(', ')}`,
    'Recommends: fonts-noto-cjk',
    // A report as PDF is printed by a hidden window; HTML needs none.
    'Suggests: xvfb, xauth',
    `Description: ${description.split(/,\s|\.\s/)[0].replace(/\.$/, '')}`,
    ` ${description}`,
    '',
  ].join('\n');
}

/** The newest version of the C library that a binary asks for. @param {Buffer[]} binaries */
export function neededGlibc(binaries) {
  return `2.${Math.max(Number(OLDEST_GLIBC.split('.')[1]), ...versionsAsked(binaries, /GLIBC_2\.(\d+)/g))}`;
}

/**
 * The oldest version of Debian's libstdc++6, which is that of its GCC, with all that the binaries ask for.
 *
 * @param {Buffer[]} binaries
 */
export function neededLibstdcxx(binaries) {
  const asked = Math.max(0, ...versionsAsked(binaries, /GLIBCXX_3\.4\.(\d+)/g));
  const found = GCC_OF_SYMBOLS.find(([symbols]) => symbols >= asked);
  if (found === undefined)
    throw new Error(`GLIBCXX_3.4.${asked} is newer than this table of GCC's versions.`);
  return String(found[1]);
}

const versionsAsked = (binaries, pattern) =>
  binaries.flatMap((binary) =>
    [...binary.toString('latin1').matchAll(pattern)].map((match) => Number(match[1])),
  );

/**
 * The package for Debian and its kin. The application's folder is moved into it. Written with dpkg-deb itself, whose
 * compression and owners are as asked; nothing else is needed.
 *
 * @param {string} application its folder
 * @param {string} work an empty folder on the same disk
 * @param {string} file to be written
 * @param {{ about: any, man: string, level: number }} options `level` of zstd, which dpkg reads from Debian 12 on
 * @returns {Promise<{ installedKib: number }>}
 */
export async function makeDebian(application, work, file, { about, man, level }) {
  const put = async (path, content) => {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), content);
    await chmod(join(work, path), 0o644);
  };
  await mkdir(dirname(join(work, HOME)), { recursive: true });
  await rename(application, join(work, HOME));
  // Where the kernel does not allow users to make namespaces, Chromium's sandbox needs this helper to be root's.
  await chmod(join(work, HOME, 'chrome-sandbox'), 0o4755);
  await mkdir(join(work, 'usr/bin'));
  await symlink('../lib/hindcast/bin/hindcast', join(work, 'usr/bin/hindcast'));
  await put('usr/share/applications/hindcast.desktop', desktopEntry(about));
  await put('usr/share/mime/packages/hindcast.xml', mimeTypes());
  await put('usr/share/man/man1/hindcast.1.gz', gzipSync(man, { level: 9 }));
  await put(
    'usr/share/doc/hindcast/copyright',
    copyrightFile(await readFile(inProject('LICENSE'), 'utf8'), `/${HOME}`),
  );
  await put(
    'usr/share/icons/hicolor/scalable/apps/hindcast.svg',
    await readFile(inProject('resources/icon.svg')),
  );
  const icon = readPng(await readFile(inProject('resources/icon.png')));
  for (const size of ICON_SIZES) {
    await put(`usr/share/icons/hicolor/${size}x${size}/apps/hindcast.png`, writePng(scaleDown(icon, size)));
  }
  const installedKib = await sizeInKib(work);
  const natives = nativeModulesOf(join(work, HOME));
  const binaries = await Promise.all((await readdir(natives)).map((name) => readFile(join(natives, name))));
  await put(
    'DEBIAN/control',
    controlFile(about, {
      installedKib,
      glibc: neededGlibc(binaries),
      libstdcxx: neededLibstdcxx(binaries),
    }),
  );
  await openFolders(work);
  const args = ['--root-owner-group', '-Zzstd', `-z${level}`, '--build', work, file];
  const built = await run('dpkg-deb', args);
  if (built.code !== 0) {
    throw new SetupProblem(
      `dpkg-deb could not build the package (${gist(built.output)}).`,
      'See that some 500 MB are free in its folder, and that dpkg is of 2022 or later (it must write zstd).',
    );
  }
  return { installedKib };
}

/** What dpkg counts: each file in whole KiB. */
async function sizeInKib(folder) {
  let sum = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) sum += Math.ceil((await stat(join(entry.parentPath, entry.name))).size / 1024);
    else sum += 1;
  }
  return sum;
}

/** Folders that were made under another umask. */
async function openFolders(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) await chmod(join(entry.parentPath, entry.name), 0o755);
  }
}
