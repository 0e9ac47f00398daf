import { platformKey } from '../setup/project.mjs';
import { scaleDown, writePng } from './icons.mjs';

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

/** Types of an icon of macOS that hold a PNG, by its size. */
const ICNS_TYPES = { 128: 'ic07', 256: 'ic08', 512: 'ic09' };

/**
 * The icon as macOS wants it: a file of PNGs, each with its type and length.
 *
 * @param {import('./icons.mjs').Picture} picture
 */
export function icns(picture) {
  const parts = Object.entries(ICNS_TYPES).map(([size, type]) => {
    const png = writePng(scaleDown(picture, Number(size)));
    return Buffer.concat([Buffer.from(type), uint32(png.length + 8), png]);
  });
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from('icns'), uint32(body.length + 8), body]);
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** The sizes that Windows shows. */
const ICO_SIZES = [16, 32, 48, 256];

/**
 * The icon as Windows wants it: a directory of 16 bytes an entry, then the PNGs.
 *
 * @param {import('./icons.mjs').Picture} picture
 */
export function ico(picture) {
  const pngs = ICO_SIZES.map((size) => writePng(scaleDown(picture, size)));
  const directory = Buffer.alloc(6 + 16 * pngs.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pngs.length, 4);
  let offset = directory.length;
  for (const [index, png] of pngs.entries()) {
    const at = 6 + 16 * index;
    // 256 is written as 0.
    directory.set([ICO_SIZES[index] % 256, ICO_SIZES[index] % 256, 0, 0, 1, 0, 32, 0], at);
    directory.writeUInt32LE(png.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([directory, ...pngs]);
}
