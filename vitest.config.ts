import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** What the engine's numbers are proven by, once more with other kernels than those that this machine would choose. */
const engineProofs = (name: string, env: Record<string, string>, files: string) => ({
  extends: true as const,
  test: { name, env, include: [`src-main/engine/${files}.test.ts`] },
});

export default defineConfig({
  plugins: [svelte()],
  test: {
    // TensorFlow's binding is a native module: processes, not worker threads, keep one test file's from another's.
    pool: 'forks',
    // As many at once as there are processors; left to itself Vitest keeps one of two free, and takes twice as long.
    maxWorkers: '100%',
    // Only to end what hangs: no test is judged by how busy the machine is.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          globalSetup: 'src-main/bundle.setup.ts',
          include: ['src-main/**/*.test.ts', 'src-renderer/**/*.test.ts', 'scripts/**/*.test.ts'],
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
