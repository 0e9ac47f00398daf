import { copyFile, readdir, rm } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { placeFiles } from './links.mjs';
import { inModules } from './project.mjs';
import { firstProgram, gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';

const packageFolder = inModules('@tensorflow', 'tfjs-node');

export const BINDING = 'tfjs_binding.node';

/** The C++ compiler to use, or undefined where there is none (Windows builds through tfjs-node's own installer). */
export async function compiler() {
  if (process.platform === 'win32') return undefined;
  return firstProgram([process.env.CXX, 'g++', 'c++', 'clang++'].filter((name) => name));
}

/**
 * To be asked before hundreds of megabytes are fetched in vain.
 *
 * @param {string} origin of the library
 */
export async function assertCanBind(origin) {
  if (origin === 'official' || (await compiler())) return;
  throw new SetupProblem(
    'A C++ compiler is not there, and TensorFlow’s binding must be compiled.',
    'Install one (Debian: apt-get install g++; macOS: xcode-select --install).',
  );
}

/**
 * Puts tfjs-node's binding into `folder`: compiled from the package's two sources against the library, or (official
 * library only, where there is no compiler) the one that tfjs-node's installer downloads.
 *
 * @param {{ folder: string, about: Record<string, string>, files: Record<string, number> }} library
 * @param {string} folder
 * @param {(doing: string) => void} note
 */
export async function makeBinding(library, folder, note) {
  const cxx = await compiler();
  if (cxx) {
    note(`compiling the binding with ${cxx}`);
    await compile(cxx, library, join(folder, BINDING));
    return { made: `compiled with ${cxx}` };
  }
  await assertCanBind(library.about.origin);
  note('fetching the binding with tfjs-node’s installer');
  await fetchBinding(library, join(folder, BINDING));
  return { made: 'binding from tfjs-node’s installer' };
}

async function compile(cxx, library, output) {
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(packageFolder, 'binding', file));
  const compiled = await compileModule(cxx, library, { sources, flags: ['-O2', '-w'], output });
  if (compiled.code !== 0) {
    throw new SetupProblem(
      `${cxx} could not compile TensorFlow’s binding (${gist(compiled.output)}).`,
      'Use a compiler with C++17 (g++ 8 or newer; name it in the variable CXX) and run the same command again.',
    );
  }
}

/**
 * Compiles a native module that lies in tfjs-node's `lib/napi-v8` and finds TensorFlow's library from there.
 * Node-API 8: one binary loads in Node 18 to 24 and in Electron.
 *
 * @param {string} cxx
 * @param {{ folder: string, files: Record<string, number> }} library
 * @param {{ sources: string[], flags: string[], output: string }} module
 */
export async function compileModule(cxx, library, { sources, flags, output }) {
  const libraries = Object.keys(library.files).filter((file) =>
    /^lib\/libtensorflow[^/]*\.(so|dylib)/.test(file),
  );
  // The shortest name of each library is the one without its full version (`.so.2` beside `.so.2.9.1`).
  const nearest = (pattern) =>
    libraries.filter((file) => pattern.test(file)).sort((a, b) => a.length - b.length)[0];
  const linked = [nearest(/libtensorflow(_cc)?\.[^_]*$/), nearest(/libtensorflow_framework\./)];
  const shared =
    process.platform === 'darwin'
      ? ['-bundle', '-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../../deps/lib']
      : ['-shared', '-Wl,-rpath,$ORIGIN/../../deps/lib'];
  return run(cxx, [
    ...['-std=c++17', '-fPIC', '-DNAPI_VERSION=8', ...flags],
    ...['-I', join(library.folder, 'include'), '-I', inModules('node-api-headers', 'include')],
    ...[...sources, '-o', output, ...shared],
    ...linked.map((file) => join(library.folder, file)),
  ]);
}

async function fetchBinding(library, output) {
  const depsFolder = join(packageFolder, 'deps');
  const libFolder = join(packageFolder, 'lib');
  for (const old of [depsFolder, libFolder]) await rm(old, { recursive: true, force: true });
  await placeFiles(library.folder, Object.keys(library.files), depsFolder, { symlinks: true });
  const installed = await run(process.execPath, [join('scripts', 'install.js')], {
    cwd: packageFolder,
    env: { PATH: `${inModules('.bin')}${delimiter}${process.env.PATH ?? ''}` },
    timeout: 10 * 60_000,
  });
  const files = await readdir(libFolder, { recursive: true }).catch(() => []);
  const binding = files.find((file) => basename(file) === BINDING);
  if (binding) {
    await copyFile(join(libFolder, binding), output);
    return;
  }
  throw new SetupProblem(
    `tfjs-node’s installer brought no binding (${gist(installed.output)}).`,
    'Install a C++ compiler, or check the network, then run the same command again.',
  );
}
