import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** What the engine's numbers are proven by, once more with other kernels than those that this machine would choose. */
const engineProofs = (name: string, env: Record<string, string>, files: string) => ({
  extends: true as const,
  test: { name, env, include: [`src-main/engine/${files}.test.ts`] },
});

/** They open sessions, for which a process chooses its threads once, or measure the process that they are in: each has one of its own. */
const ENGINE = [
  'src-main/{engine,sharing}/**/*.test.ts',
  'src-main/training/{job,lead-steps}.test.ts',
  'src-main/trainer/tasks/{rolling-hindcast,shared-task}.test.ts',
];

/** Tests that start no process and need no bundle of one. */
const CALCULATIONS = [
  'src-main/{contract,network,series,verification,report}/**/*.test.ts',
  'src-main/dataset/{axis,bytes,cells,course,readers,suggestion,summary,time}/**/*.test.ts',
  'src-main/dataset/{kinds,sources}-*.test.ts',
  'src-renderer/**/*.test.ts',
];

export default defineConfig({
  plugins: [svelte()],
  test: {
    // TensorFlow's binding is a native module: processes, not worker threads, keep one test file's from another's.
    pool: 'forks',
    // One more than there are processors, since tests also wait: for disks, processes and clocks.
    maxWorkers: availableParallelism() + 1,
    // Only to end what hangs: no test is judged by how busy the machine is.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 300_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'engine', include: ENGINE },
      },
      {
        extends: true,
        // They leave nothing changed in their process: TensorFlow, and what else they import, is loaded once for many of them.
        test: {
          name: 'unit',
          globalSetup: 'src-main/bundle.setup.ts',
          isolate: false,
          include: ['src-main/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...CALCULATIONS, ...ENGINE],
        },
      },
      {
        extends: true,
        test: {
          name: 'calculations',
          isolate: false,
          include: CALCULATIONS,
          exclude: ['**/*.screen.test.ts'],
        },
      },
      {
        extends: true,
        // Svelte for a page, not for a server.
        resolve: { conditions: ['browser'] },
        test: {
          name: 'screens',
          environment: 'happy-dom',
          include: ['src-renderer/**/*.screen.test.ts'],
          // What is drawn draws on nearly the whole window: it is loaded once for all of them.
          isolate: false,
        },
      },
      engineProofs(
        'engine with TensorFlow’s kernels',
        { HINDCAST_KERNELS: 'tensorflow' },
        '{session,trainer-tools,pytorch-parity,memory,native}',
      ),
      engineProofs('engine in AVX2', { HINDCAST_VECTORS: 'avx2' }, '{session,native}'),
      engineProofs('engine without AVX', { HINDCAST_VECTORS: 'baseline' }, '{session,native}'),
    ],
  },
});
