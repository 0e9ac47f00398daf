import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { discardEntry, makeEntry, readEntry, filesFit } from './cache.mjs';
import { placeFiles } from './links.mjs';
import { childEnvironment, inModules, installedVersion, platformKey, projectFolder } from './project.mjs';
import { gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';
import { BINDING, assertCanBind, makeBinding } from './tensorflow-binding.mjs';
import { OFFICIAL_ENTRY, fetchOfficialLibrary } from './tensorflow-official.mjs';
import { WHEEL_ENTRY, fetchWheelLibrary } from './tensorflow-wheel.mjs';

const PACKAGE = '@tensorflow/tfjs-node';
const packageFolder = inModules('@tensorflow', 'tfjs-node');
const stampFile = join(packageFolder, 'hindcast-native.json');

/** In the order in which they are tried. */
const WAYS = [
  { origin: 'wheel', entry: WHEEL_ENTRY, fetch: fetchWheelLibrary },
  { origin: 'official', entry: OFFICIAL_ENTRY, fetch: fetchOfficialLibrary },
];

/** What tfjs-node calls and Node 23 no longer has, then a product that the native backend must get right. */
const PROBE = `
const util = require('node:util');
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;
const tf = require('${PACKAGE}');
const sum = tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).sum().arraySync());
if (sum !== 12 || tf.getBackend() !== 'tensorflow') throw new Error('TensorFlow computes wrongly');
const backend = tf.backend();
console.log(JSON.stringify({ version: backend.binding.TF_Version, gpu: Boolean(backend.isUsingGpuDevice) }));
`;

/** @returns {import('./steps.mjs').Step} */
export const tensorflowStep = () => ({
  name: 'TensorFlow',
  check: async () => {
    const found = await installedTensorflow();
    return found && `${found.version} (${found.origin}) ready`;
  },
  act: async (note) => {
    const failures = [];
    for (const way of WAYS) {
      try {
        const { version, origin, how } = await installOnceMore(way, note);
        return `${version} (${origin}) ${how}`;
      } catch (error) {
        if (!(error instanceof SetupProblem)) throw error;
        failures.push(error);
      }
    }
    const [wheel, official] = failures;
    throw new SetupProblem(
      `Neither way to TensorFlow’s library worked. Wheel: ${wheel.message} Official: ${official.message}`,
      wheel.wayOut,
    );
  },
});

/** What the set-up laid into tfjs-node's folder, if it is whole and made for this version and platform. */
export async function installedTensorflow() {
  try {
    const stamp = JSON.parse(await readFile(stampFile, 'utf8'));
    const fits = stamp.package === installedVersion(PACKAGE) && stamp.platform === platformKey;
    return fits && (await filesFit(packageFolder, stamp.files)) ? stamp : undefined;
  } catch {
    return undefined;
  }
}

/** The library in the cache that the laid files came from. */
export async function installedLibrary() {
  const stamp = await installedTensorflow();
  const way = WAYS.find(({ origin }) => origin === stamp?.origin);
  return way && readEntry(way.entry);
}

/** A cache that is as it was made may still not load, as after a change of the system: it is made again, once. */
async function installOnceMore(way, note) {
  const cached = await readEntry(way.entry);
  try {
    return await install(way, note);
  } catch (error) {
    if (!cached || !(error instanceof DoesNotLoad)) throw error;
    await discardEntry(way.entry);
    await discardEntry(bindingEntry(way));
    return install(way, note);
  }
}

const bindingEntry = (way) => `binding-${installedVersion(PACKAGE)}-${way.entry}`;

async function install(way, note) {
  const doings = [];
  let binding = await readEntry(bindingEntry(way));
  if (!binding) await assertCanBind(way.origin);
  let library = await readEntry(way.entry);
  if (!library) {
    library = await makeEntry(way.entry, (folder) => way.fetch(folder, note));
    doings.push('fetched');
  }
  const whole = library;
  if (!binding) {
    binding = await makeEntry(bindingEntry(way), (folder) => makeBinding(whole, folder, note));
    doings.push(binding.about.made);
  }
  const stamp = await lay(library, binding);
  note('loading it');
  await probeTensorflow();
  await writeFile(`${stampFile}.new`, JSON.stringify(stamp));
  await rename(`${stampFile}.new`, stampFile);
  return { ...library.about, how: doings.length > 0 ? doings.join(', ') : 'linked from the cache' };
}

/**
 * Lays both into tfjs-node's folder and answers with the stamp to write when they are seen to work. The old stamp goes
 * first: a set-up that is killed in between begins this step anew.
 */
async function lay(library, binding) {
  for (const old of [stampFile, join(packageFolder, 'deps'), join(packageFolder, 'lib')]) {
    await rm(old, { recursive: true, force: true });
  }
  const libraryFiles = Object.keys(library.files).filter((file) => file.startsWith('lib/'));
  const deps = await placeFiles(library.folder, libraryFiles, join(packageFolder, 'deps'), {
    symlinks: true,
  });
  const bindingFolder = 'lib/napi-v8';
  const target = join(packageFolder, bindingFolder);
  const bound = await placeFiles(binding.folder, [BINDING], target, { symlinks: false });
  const dlls = libraryFiles.filter((file) => file.endsWith('.dll'));
  for (const dll of dlls) {
    // Windows looks for a library beside the binding that asks for it.
    await placeFiles(join(library.folder, 'lib'), [dll.slice('lib/'.length)], target, { symlinks: false });
  }
  const files = { ...prefixed('deps', deps), ...prefixed(bindingFolder, bound) };
  return { ...library.about, package: installedVersion(PACKAGE), platform: platformKey, files };
}

const prefixed = (folder, prints) =>
  Object.fromEntries(Object.entries(prints).map(([path, print]) => [`${folder}/${path}`, print]));

class DoesNotLoad extends SetupProblem {}

/**
 * Loads tfjs-node in a process of its own, as a native fault must not end the set-up.
 *
 * @returns {Promise<{ version: string, gpu: boolean }>}
 */
export async function probeTensorflow() {
  const options = { cwd: projectFolder, env: childEnvironment, timeout: 120_000 };
  const { code, stdout, output } = await run(process.execPath, ['-e', PROBE], options);
  if (code === 0) return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
  throw new DoesNotLoad(
    `TensorFlow’s library does not load (${gist(output) || `it ended with code ${code}`}).`,
    'Run the same command again; if it stays, delete the cache folder that `npm run doctor` names.',
  );
}
