import { readFile, readdir } from 'node:fs/promises';
import { inModules, inProject } from '../setup/project.mjs';
import { isLicence } from './closure.mjs';

/**
 * The licences of all packages that the app is made of, bundled or beside it, as one text.
 *
 * @returns {Promise<string>}
 */
export async function thirdPartyLicences() {
  const { packages } = JSON.parse(await readFile(inProject('package-lock.json'), 'utf8'));
  const parts = [];
  for (const [path, { dev, version, license }] of Object.entries(packages)) {
    if (path === '' || dev === true) continue;
    const name = path.split('node_modules/').at(-1);
    const folder = inModules(path.slice('node_modules/'.length));
    const names = await readdir(folder).catch(() => []);
    const texts = await Promise.all(
      names.filter(isLicence).map((file) => readFile(`${folder}/${file}`, 'utf8')),
    );
    parts.push(
      [`${name} ${version} (${license ?? 'see below'})`, ...texts.map((text) => text.trim())].join('\n\n'),
    );
  }
  return `${parts.join(`\n\n${'='.repeat(78)}\n\n`)}\n`;
}

/**
 * Debian's copyright file (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/).
 *
 * @param {string} licence our own LICENSE
 * @param {string} folder where the application lies, from the root
 */
export function copyrightFile(licence, folder) {
  const holder = /Copyright \(c\) (.+)/.exec(licence)?.[1] ?? 'its authors';
  const indented = licence
    .trim()
    .split('\n')
    .map((line) => (line.trim() === '' ? ' .' : ` ${line}`));
  return [
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
    'Upstream-Name: Hindcast',
    `Comment: ${folder} also holds Electron and Chromium (LICENSE.electron.txt,`,
    ' LICENSES.chromium.html), Node.js (resources/node/LICENSE), TensorFlow',
    ' (Apache-2.0, /usr/share/common-licenses/Apache-2.0) and npm packages',
    ' (resources/THIRD-PARTY-LICENSES.txt), each under its own licence.',
    '',
    'Files: *',
    `Copyright: ${holder}`,
    'License: Expat',
    ...indented,
    '',
  ].join('\n');
}
