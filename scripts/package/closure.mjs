import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { childEnvironment, inModules, projectFolder } from '../setup/project.mjs';
import { gist, run } from '../setup/shell.mjs';
import { SetupProblem } from '../setup/steps.mjs';

/** What is not bundled into out/, as electron.vite.config.ts names it, and the native modules that engine/ asks for. */
const ROOTS = [
  '@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node',
  '@tensorflow/tfjs-node',
  'onnxruntime-web',
];
/** Not there where they could not be compiled. */
const KERNELS = '@tensorflow/tfjs-node/lib/napi-v8/hindcast_kernels.node';
/** What onnxruntime-web loads when a session begins. */
const ONNX_RUNTIME = ['mjs', 'wasm'].map((end) => `onnxruntime-web/dist/ort-wasm-simd-threaded.${end}`);

/** Loads it all as the app does (engine/layers-model.ts), and tells what came with it. */
const TRACE = `
const util = require('node:util');
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;
for (const name of process.argv.slice(1)) require(name);
console.log(JSON.stringify(Object.keys(require.cache)));
`;

/**
 * The files below node_modules that the app needs when it runs: what is really loaded, with the package.json and the
 * licence of each package. No headers, sources, type declarations or source maps.
 *
 * @returns {Promise<string[]>} paths below the project, with forward slashes
 */
export async function runtimeClosure() {
  const roots = [...ROOTS, ...(existsSync(inModules(KERNELS)) ? [KERNELS] : [])];
  const options = { cwd: projectFolder, env: childEnvironment, timeout: 120_000 };
  const { code, stdout, output } = await run(process.execPath, ['-e', TRACE, ...roots], options);
  if (code !== 0) {
    throw new SetupProblem(
      `What the app needs at run time does not load (${gist(output)}).`,
      'Run `npm run setup`; `npm run doctor` shows what is missing.',
    );
  }
  const loaded = JSON.parse(stdout.trim().split('\n').at(-1));
  const files = [...loaded, ...ONNX_RUNTIME.map((path) => inModules(path))].filter((file) =>
    file.startsWith(inModules() + sep),
  );
  const folders = new Set(files.flatMap(foldersOf));
  const beside = await Promise.all([...folders].map(aboutFolder));
  const all = new Set([...files, ...beside.flat()]);
  return [...all].map((file) => relative(projectFolder, file).split(sep).join('/')).sort();
}

/** The folders from a file up to that of its package, the nearest below a `node_modules`. @param {string} file */
export function foldersOf(file) {
  const parts = dirname(file).split(sep);
  const at = parts.lastIndexOf('node_modules') + 1;
  const home = at + (parts[at].startsWith('@') ? 2 : 1);
  return Array.from({ length: parts.length - home + 1 }, (_, below) =>
    parts.slice(0, home + below).join(sep),
  );
}

/** The package.json of a package, and those within that set the module type of a folder; its licence. */
async function aboutFolder(folder) {
  const names = await readdir(folder);
  return names.filter((name) => name === 'package.json' || isLicence(name)).map((name) => join(folder, name));
}

/** @param {string} name of a file */
export const isLicence = (name) => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(name);
