import { join } from 'node:path';
import { hashOf, sizesOf } from './cache.mjs';
import { gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';

/**
 * Fetches a package's tarball into a folder and compares it with the hash we know. What it holds is neither installed
 * nor run by npm.
 *
 * @param {{ specifier: string, integrity: string }} wanted `name@version`, and sha512 as npm writes it
 * @param {string} folder an empty one
 * @returns {Promise<string>} the tarball
 */
export async function fetchTarball({ specifier, integrity }, folder) {
  const args = ['pack', '--loglevel=error', '--pack-destination', folder, specifier];
  const packed = await run('npm', args, { cwd: folder });
  const [tarball] = Object.keys(await sizesOf(folder)).filter((name) => name.endsWith('.tgz'));
  if (packed.code !== 0 || !tarball) {
    throw new SetupProblem(
      `npm could not fetch ${specifier} (${gist(packed.output) || `it ended with code ${packed.code}`}).`,
      'Check the network and npm’s settings (`npm config list`), then run the same command again.',
    );
  }
  if (`sha512-${await hashOf(join(folder, tarball), 'sha512', 'base64')}` !== integrity) {
    throw new SetupProblem(
      `The tarball ${tarball} is not the one we know: its sha512 differs from the pinned one.`,
      'See which npm registry is used (`npm config get registry`). The file was thrown away.',
    );
  }
  return join(folder, tarball);
}

/** @param {string[]} args @param {string} what it is that is unpacked, for the sentence */
export async function untar(args, what) {
  const { code, output } = await run('tar', ['--no-same-owner', ...args]);
  if (code === 0) return;
  throw new SetupProblem(
    `${what} could not be unpacked (${gist(output)}).`,
    'See that `tar` is there and 1 GB is free where the cache is, then run the same command again.',
  );
}
