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
