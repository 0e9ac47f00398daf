import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @param {...string} parts */
export const inProject = (...parts) => join(projectFolder, ...parts);

/** @param {...string} parts */
export const inModules = (...parts) => join(projectFolder, 'node_modules', ...parts);

export const platformKey = `${process.platform}-${process.arch}`;

/** The installed version of a package, or undefined where it is not installed. @param {string} name */
export function installedVersion(name) {
  try {
    return /** @type {string} */ (JSON.parse(readFileSync(inModules(name, 'package.json'), 'utf8')).version);
  } catch {
    return undefined;
  }
}

export const isRoot = process.getuid?.() === 0;

export const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** TensorFlow's notes about the processor are not for people. */
export const childEnvironment = {
  ...process.env,
  TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '2',
};
