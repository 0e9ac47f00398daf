import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

/** What tests start as processes of their own: sources by name. */
export const BUNDLED_ENTRIES = {
  cli: 'src-main/cli/main.ts',
  trainer: 'src-main/trainer/trainer-main.ts',
  reader: 'src-main/dataset/reader-main.ts',
  'reader-worker': 'src-main/dataset/reader-worker.ts',
  faults: 'src-main/faults/main.ts',
  throwing: 'src-main/processes/throwing.fixture.ts',
  'station-worker': 'src-main/workplace/station-worker.fixture.ts',
  'queue-worker': 'src-main/queue/queue-worker.fixture.ts',
  'lock-holder': 'src-main/files/lock-holder.fixture.ts',
} as const;

/**
 * Bundles once for a run of the tests what they start as processes, as it is shipped. It lies two folders deep in the
 * checkout, as out/main does: so TensorFlow's module and the samples are found.
 * @returns what removes it
 */
export default async function bundleEntries(project: TestProject): Promise<() => Promise<void>> {
  await mkdir('out', { recursive: true });
  const folder = await mkdtemp(resolve('out', 'test-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, external: ['@tensorflow/tfjs-node', 'onnxruntime-web'] },
    build: {
      ssr: true,
      target: 'node18',
      outDir: folder,
      rollupOptions: {
        input: Object.fromEntries(
          Object.entries(BUNDLED_ENTRIES).map(([name, path]) => [name, resolve(path)]),
        ),
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
        },
      },
    },
  });
  project.provide('bundle', folder);
  return () => rm(folder, { recursive: true, force: true });
}
