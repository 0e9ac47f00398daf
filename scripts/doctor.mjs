import { availableParallelism } from 'node:os';
import { isBuilt } from './setup/build.mjs';
import { cacheFolder, sizesOf } from './setup/cache.mjs';
import { dependenciesStep, isNewEnough } from './setup/dependencies.mjs';
import { installedElectron } from './setup/electron.mjs';
import { installedKernels } from './setup/kernels.mjs';
import { hasDisplay, installedVersion } from './setup/project.mjs';
import { run } from './setup/shell.mjs';
import { inWords, installCommand, missingFromSystem } from './setup/system-libraries.mjs';
import { installedTensorflow, probeTensorflow } from './setup/tensorflow.mjs';
import { compiler } from './setup/tensorflow-binding.mjs';
import { pythonWithPip } from './setup/tensorflow-wheel.mjs';

/** Looks at everything and changes nothing. Exit code 0 when all is there. */
const SET_UP = 'run `npm run setup`';
process.stdout.on('error', () => {});
const lacking = [];
const tell = (name, value) => process.stdout.write(`${name.padEnd(18)} ${value}\n`);
const lack = (name, wayOut) => {
  lacking.push(name);
  tell(name, `missing: ${wayOut}`);
};

tell('Node.js', process.versions.node);
if (!isNewEnough(process.versions.node)) lack('Node.js', 'install 20.19 or newer');
const npm = await run('npm', ['--version']);
if (npm.code === 0) tell('npm', npm.stdout.trim());
else lack('npm', 'install it beside Node.js');

const dependencies = await dependenciesStep()
  .check()
  .catch(() => undefined);
if (dependencies) tell('Dependencies', dependencies);
else lack('Dependencies', SET_UP);

const electron = await installedElectron();
if (electron)
  tell('Electron', `${electron.version} from ${electron.origin} (package ${installedVersion('electron')})`);
else lack('Electron', SET_UP);

const stamp = await installedTensorflow();
const tensorflow = stamp && (await probeTensorflow().catch((error) => error));
if (tensorflow instanceof Error) lack('libtensorflow', `${tensorflow.message} ${tensorflow.wayOut}`);
else if (tensorflow) {
  const python = stamp.origin === 'wheel' ? 'Python wheel' : 'official archive';
  tell('libtensorflow', `${tensorflow.version} from ${python} (tfjs-node ${stamp.package})`);
  tell('Device', tensorflow.gpu ? 'GPU' : 'CPU');
  const kernels = tensorflow.gpu ? undefined : await installedKernels();
  tell(
    'LSTM kernels',
    kernels?.vectors
      ? `own (${kernels.vectors})`
      : `TensorFlow’s: ${kernels?.lack ?? 'own ones run on the CPU only'}`,
  );
} else lack('libtensorflow', SET_UP);
tell('Threads', `${availableParallelism()}`);

const cxx = await compiler();
const python = await pythonWithPip();
tell('C++ compiler', cxx ?? 'none (only needed to set up)');
tell('Python with pip', python ?? 'none (only needed to set up)');

if (process.platform === 'linux') {
  const lacks = await missingFromSystem();
  if (lacks.length === 0) tell('System libraries', 'all there');
  else if (!lacks.some(({ needed }) => needed)) {
    tell('System libraries', `there, but without ${inWords(lacks)}: ${installCommand(lacks)}`);
  } else lack('System libraries', `${inWords(lacks)}: ${installCommand(lacks)}`);
}
tell('Display', hasDisplay ? 'yes' : 'none: `npm start` runs the example, `npm test` uses Xvfb');

if (await isBuilt()) tell('Build', 'up to date');
else lack('Build', SET_UP);

const sizes = await sizesOf(cacheFolder()).catch(() => ({}));
const megabytes = Object.values(sizes).reduce((sum, size) => sum + size, 0) / 1e6;
tell('Cache', `${cacheFolder()} (${megabytes.toFixed(0)} MB)`);

process.stdout.write(lacking.length === 0 ? '\nAll is there.\n' : `\nMissing: ${lacking.join(', ')}.\n`);
process.exitCode = lacking.length === 0 ? 0 : 1;
