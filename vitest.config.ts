import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['src-main/**/*.test.ts', 'src-renderer/**/*.test.ts', 'scripts/**/*.test.ts'],
    // TensorFlow's binding is a native module: processes, not worker threads, keep one test file's from another's.
    pool: 'forks',
    testTimeout: 30_000,
  },
});
