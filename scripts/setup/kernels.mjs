import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { discardEntry, makeEntry, readEntry, filesFit } from './cache.mjs';
import { placeFiles } from './links.mjs';
import { childEnvironment, inModules, inProject, platformKey, projectFolder } from './project.mjs';
import { gist, run } from './shell.mjs';
import { BINDING, compileModule, compiler } from './tensorflow-binding.mjs';
import { installedLibrary, installedTensorflow } from './tensorflow.mjs';

const MODULE = 'hindcast_kernels.node';
const moduleFolder = join('lib', 'napi-v8');
const packageFolder = inModules('@tensorflow', 'tfjs-node');
const stampFile = join(packageFolder, 'hindcast-kernels.json');
const sourceFolder = inProject('src-main', 'engine', 'kernels');

/** Instruction sets are chosen in the source, when it runs: one binary serves every processor. */
const FLAGS = ['-O3', '-Wall', '-Wno-psabi', '-ffp-contract=fast'];

/** Loads the binding and our module in a process of its own, as a native fault must not end the set-up. */
const PROBE = `
const folder = '@tensorflow/tfjs-node/lib/napi-v8/';
require(folder + '${BINDING}');
console.log(require(folder + '${MODULE}').vectors);
`;

/**
 * Compiles our own LSTM kernels. Where that fails training uses TensorFlow's, which are slower: the set-up says so in
 * one line, and does not try again before the sources, the library or the compiler have changed.
 *
 * @returns {import('./steps.mjs').Step}
 */
export const kernelsStep = () => ({
  name: 'LSTM kernels',
  check: async () => {
    const stamp = await installedKernels();
    return stamp && (stamp.vectors ? `own (${stamp.vectors}) ready` : inWords(stamp.lack));
  },
  act: async (note) => {
    for (const old of [stampFile, join(packageFolder, moduleFolder, MODULE)]) await rm(old, { force: true });
    const stamp = await install(note);
    await writeFile(`${stampFile}.new`, JSON.stringify(stamp));
    await rename(`${stampFile}.new`, stampFile);
    return stamp.vectors ? `own (${stamp.vectors}) ${stamp.how}` : inWords(stamp.lack);
  },
});

const inWords = (lack) => `TensorFlow’s are used, which are slower: ${lack}`;

/**
 * What the set-up found out for these sources, library and compiler, if it has: the instruction set (`vectors`) of the
 * kernels that are laid, or why there are none (`lack`).
 */
export async function installedKernels() {
  try {
    const stamp = JSON.parse(await readFile(stampFile, 'utf8'));
    if (stamp.made !== (await madeFrom(stamp.vectors ? stamp.cxx : await compiler()))) return undefined;
    return (await filesFit(packageFolder, stamp.files)) ? stamp : undefined;
  } catch {
    return undefined;
  }
}

/** One word for all that the module depends on. @param {string | undefined} cxx */
async function madeFrom(cxx) {
  const { origin, version, package: binding } = (await installedTensorflow()) ?? {};
  const hash = createHash('sha256').update(
    JSON.stringify({ FLAGS, cxx, origin, version, binding, platformKey }),
  );
  for (const file of readdirSync(sourceFolder).sort()) hash.update(readFileSync(join(sourceFolder, file)));
  return hash.digest('hex').slice(0, 16);
}

async function install(note) {
  const cxx = await compiler();
  const made = await madeFrom(cxx);
  const without = (lack) => ({ made, lack, files: {} });
  const library = await installedLibrary();
  if (!cxx) return without('there is no C++ compiler');
  const entryName = `kernels-${made}`;
  try {
    const cached = await readEntry(entryName);
    if (!cached && !library) return without('the library’s headers are no longer in the cache');
    const entry = cached ?? (await makeEntry(entryName, (folder) => compile(cxx, library, folder, note)));
    const files = await placeFiles(entry.folder, [MODULE], join(packageFolder, moduleFolder), {
      symlinks: false,
    });
    note('loading them');
    const vectors = await probe();
    return {
      made,
      cxx,
      vectors,
      how: cached ? 'linked from the cache' : `compiled with ${cxx}`,
      files: { [`${moduleFolder}/${MODULE}`]: files[MODULE] },
    };
  } catch (error) {
    await rm(join(packageFolder, moduleFolder, MODULE), { force: true });
    await discardEntry(entryName);
    return without(error instanceof Error ? error.message : String(error));
  }
}

async function compile(cxx, library, folder, note) {
  note(`compiling with ${cxx}`);
  const sources = [join(sourceFolder, 'operations.cc')];
  const compiled = await compileModule(cxx, library, { sources, flags: FLAGS, output: join(folder, MODULE) });
  if (compiled.code !== 0) throw new Error(`${cxx} could not compile ours (${gist(compiled.output, 1)})`);
  return { made: `compiled with ${cxx}` };
}

/** The instruction set that the kernels choose on this machine. */
async function probe() {
  const options = { cwd: projectFolder, env: childEnvironment, timeout: 60_000 };
  const { code, stdout, output } = await run(process.execPath, ['-e', PROBE], options);
  if (code === 0) return stdout.trim().split('\n').at(-1);
  throw new Error(`ours do not load (${gist(output, 1) || `code ${code}`})`);
}
