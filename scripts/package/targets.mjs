import { platformKey } from '../setup/project.mjs';

/**
 * Where things lie in a packaged app, by platform, and in which ways it is packed. Linux alone has been tried; the others
 * are what Electron's packager documents, and .github/workflows/package.yml would make them.
 *
 * @typedef {{ platform: string, arch: string, resources: string, executable: string, icon?: 'icns' | 'ico' }} Target
 * @type {Record<string, Target>}
 */
const TARGETS = {
  'linux-x64': { platform: 'linux', arch: 'x64', resources: 'resources', executable: 'hindcast' },
  'darwin-arm64': mac('arm64'),
  'darwin-x64': mac('x64'),
  'win32-x64': {
    platform: 'win32',
    arch: 'x64',
    resources: 'resources',
    executable: 'hindcast.exe',
    icon: 'ico',
  },
};

/** @param {string} arch @returns {Target} */
function mac(arch) {
  const inside = 'Hindcast.app/Contents';
  return {
    platform: 'darwin',
    arch,
    resources: `${inside}/Resources`,
    executable: `${inside}/MacOS/hindcast`,
    icon: 'icns',
  };
}

/** The target of this machine: packages are made where they run. */
export const target = TARGETS[platformKey];
