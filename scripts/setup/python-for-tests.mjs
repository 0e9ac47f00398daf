import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cacheFolder, discardEntry, partialFolder } from './cache.mjs';
import { gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';

/** What opens exported models at their homes: ONNX Runtime, PyTorch and Keras. */
const PACKAGES = [
  'numpy>=1.26,<3',
  'onnxruntime>=1.20,<2',
  'safetensors>=0.4,<1',
  'h5py>=3.11,<4',
  'keras>=3.8,<4',
];
/** Without a graphics card's libraries where some index has that build; on Linux the other one is some 3 GB. */
const TORCH = ['torch==2.13.0+cpu', 'torch==2.13.0'];
const READY = 'ready.json';

/**
 * The Python that tests start: `HINDCAST_PYTHON`, else the first there is, and the version it says.
 *
 * @returns {Promise<{ python: string, version: string } | undefined>}
 */
async function findPython() {
  for (const python of [process.env.HINDCAST_PYTHON, 'python3', 'python']) {
    if (!python) continue;
    const { code, stdout } = await run(python, ['-c', 'import pip, sys; print(sys.version)'], {
      timeout: 60_000,
    });
    if (code === 0) return { python, version: stdout.trim() };
  }
  return undefined;
}

/**
 * Where the packages lie (to be named in PYTHONPATH) and the Python they were installed with; undefined where there is no
 * Python. `ready` says whether they are there.
 *
 * @returns {Promise<{ python: string, folder: string, ready: boolean } | undefined>}
 */
export async function pythonForTests() {
  const found = await findPython();
  if (!found) return undefined;
  const made = createHash('sha256').update(JSON.stringify([found.version, PACKAGES, TORCH]));
  const folder = join(cacheFolder(), `python-${made.digest('hex').slice(0, 12)}`);
  const ready = await readFile(join(folder, READY)).then(
    () => true,
    () => false,
  );
  return { python: found.python, folder, ready };
}

/**
 * Installs them beside the user's own Python, which is not touched: some 1.1 GB, a minute or two the first time.
 *
 * @returns {import('./steps.mjs').Step}
 */
export const pythonForTestsStep = () => ({
  name: 'Python for tests',
  optional: true,
  check: async () => {
    const found = await pythonForTests();
    if (!found) return 'none is here: exported models are not opened by PyTorch, Keras and ONNX Runtime';
    return found.ready ? 'ready' : undefined;
  },
  act: async (note) => {
    const { python, folder } = /** @type {{ python: string, folder: string }} */ (await pythonForTests());
    await discardEntry(basename(folder));
    const partial = await partialFolder();
    try {
      note('installing ONNX Runtime and Keras');
      await install(python, partial, PACKAGES);
      note('installing PyTorch');
      const [small, other] = TORCH;
      await install(python, partial, [small]).catch(() => install(python, partial, [other]));
      await writeFile(join(partial, READY), JSON.stringify({ packages: PACKAGES }));
      await rename(partial, folder).catch(async (error) => {
        // Another set-up was quicker.
        if ((await pythonForTests())?.ready !== true) throw error;
      });
      return 'installed';
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  },
});

/** @param {string} python @param {string} folder @param {string[]} packages */
async function install(python, folder, packages) {
  const { code, output } = await run(python, [
    ...['-m', 'pip', 'install', '--only-binary=:all:', '--no-input', '--progress-bar', 'off', '--no-compile'],
    ...['--disable-pip-version-check', '--upgrade', '--target', folder, ...packages],
  ]);
  if (code === 0) return;
  throw new SetupProblem(
    `pip could not install ${packages.join(', ')} (${gist(output)}).`,
    'Check the network and pip’s settings (`python3 -m pip config list`), then run the same command again.',
  );
}
