import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

/**
 * The oldest runtime we start on is Electron 25 (Chrome 114, Node 18): targets are named, not guessed from the
 * installed version. Everything but Electron and TensorFlow's native binding is bundled.
 */
const NODE_TARGET = 'node18';
const BROWSER_TARGET = 'chrome114';
const EXTERNAL = ['electron', '@tensorflow/tfjs-node', 'onnxruntime-web'];

const COMMON_JS = {
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
} as const;

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/main',
      externalizeDeps: false,
      sourcemap: true,
      rollupOptions: {
        external: EXTERNAL,
        // A room's door names all it gives: a process then loads no more of the room than it uses.
        treeshake: { moduleSideEffects: (id) => !/[/\\]src-main[/\\]/.test(id) },
        input: {
          index: resolve('src-main/index.ts'),
          cli: resolve('src-main/cli/main.ts'),
          trainer: resolve('src-main/trainer/trainer-main.ts'),
          reader: resolve('src-main/dataset/reader-main.ts'),
          'reader-worker': resolve('src-main/dataset/reader-worker.ts'),
          bench: resolve('src-main/bench/main.ts'),
          faults: resolve('src-main/faults/main.ts'),
          replay: resolve('src-main/replay/main.ts'),
        },
        output: COMMON_JS,
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        external: EXTERNAL,
        input: { preload: resolve('src-main/preload/preload.ts') },
        output: COMMON_JS,
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [svelte({ configFile: resolve('svelte.config.js') })],
    build: {
      target: BROWSER_TARGET,
      outDir: resolve('out/renderer'),
      minify: true,
      rollupOptions: { input: resolve('src-renderer/index.html') },
    },
  },
});
