import { defineConfig } from '@playwright/test';

/** The built app in real Electron windows, one at a time: two would fight over the machine's cores and falsify timings. */
export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'artefacts/test-results',
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // A window that a strange machine held up once is told as flaky in the summary; what is wrong fails twice.
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: { trace: 'retain-on-failure' },
});
