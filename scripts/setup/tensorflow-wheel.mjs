import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf } from './cache.mjs';
import { TENSORFLOW_WHEEL_VERSION, TENSORFLOW_WHEELS } from './pins.mjs';
import { platformKey } from './project.mjs';
import { gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';

const wheel = TENSORFLOW_WHEELS[platformKey];

export const WHEEL_ENTRY = `tensorflow-${TENSORFLOW_WHEEL_VERSION}-wheel-${platformKey}`;

/** The headers that the binding's sources reach; the wheel holds some 13,000 more. */
const HEADER_FOLDERS = ['tensorflow/c/', 'tensorflow/core/platform/', 'xla/tsl/', 'tsl/platform/'];

/** Unpacks the two libraries and those headers only. Written in Python, as pip (and so Python) is there anyway. */
const EXTRACT = `
import os, shutil, sys, zipfile
wheel, target, library, framework, *headers = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for member in archive.namelist():
        inner = member[len('tensorflow/'):]
        if inner in (library, framework):
            path = os.path.join(target, 'lib', inner)
        elif inner.startswith('include/') and inner.endswith('.h') and inner[len('include/'):].startswith(tuple(headers)):
            path = os.path.join(target, *inner.split('/'))
        else:
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(member) as source, open(path, 'wb') as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
`;

/** The Python that can run pip, or undefined. */
export async function pythonWithPip() {
  for (const python of ['python3', 'python']) {
    const { code } = await run(python, ['-m', 'pip', '--version'], { timeout: 60_000 });
    if (code === 0) return python;
  }
  return undefined;
}

/**
 * Fills `folder` with `lib/` and `include/` out of the wheel that pip fetches.
 *
 * @param {string} folder
 * @param {(doing: string) => void} note
 * @returns {Promise<Record<string, string>>} origin, version and the names of the two libraries
 */
export async function fetchWheelLibrary(folder, note) {
  if (!wheel)
    throw new SetupProblem(`There is no wheel with the C library for ${platformKey}.`, 'None is needed.');
  const python = await pythonWithPip();
  if (!python) {
    throw new SetupProblem(
      'Python with pip is not there.',
      'Install Python 3 with pip (Debian: apt-get install python3-pip).',
    );
  }
  const requirement = `${wheel.package}==${TENSORFLOW_WHEEL_VERSION}`;
  note(`fetching the wheel ${requirement}, some 270 MB`);
  const downloads = join(folder, 'download');
  await mkdir(downloads);
  const fetched = await run(python, [
    ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--python-version', '3.11'],
    ...['--implementation', 'cp', '--platform', wheel.tag, '--retries', '0'],
    ...[
      '--disable-pip-version-check',
      '--no-input',
      '--progress-bar',
      'off',
      '--dest',
      downloads,
      requirement,
    ],
  ]);
  const file = (await readdir(downloads)).find((name) => name.endsWith('.whl'));
  if (fetched.code !== 0 || !file) {
    throw new SetupProblem(
      `pip could not fetch ${requirement} (${gist(fetched.output)}).`,
      'Check the network and pip’s settings (`python3 -m pip config list`), then run the same command again.',
    );
  }
  note('checking the wheel');
  const path = join(downloads, file);
  if ((await hashOf(path, 'sha256', 'hex')) !== wheel.sha256) {
    throw new SetupProblem(
      `The wheel ${file} that pip brought is not the one we know: its sha256 differs from the pinned one.`,
      'See which package index pip uses (`python3 -m pip config list`). The file was thrown away.',
    );
  }
  note('unpacking the library, some 850 MB');
  const unpacked = await run(python, [
    ...['-c', EXTRACT, path, folder, wheel.library, wheel.framework],
    ...HEADER_FOLDERS,
  ]);
  if (unpacked.code !== 0) {
    throw new SetupProblem(
      `The wheel could not be unpacked (${gist(unpacked.output)}).`,
      'See that 2 GB are free where the cache is (`npm run doctor` names the folder), then run the same command again.',
    );
  }
  await rm(downloads, { recursive: true });
  return { origin: 'wheel', version: TENSORFLOW_WHEEL_VERSION };
}
