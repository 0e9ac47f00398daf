import { defineConfig } from '@playwright/test';

/** What is measured in milliseconds: these windows come last and one after another, since two fight over the cores. */
const TIMED = '**/fluid.spec.ts';

/** The built app in real Electron windows, two at a time: one waits while the other works. */
export default defineConfig({
  testDir: 'e2e/specs',
  workers: 2,
  projects: [
    { name: 'windows', testIgnore: TIMED, outputDir: 'artefacts/test-results/windows' },
    { name: 'timed', testMatch: TIMED, outputDir: 'artefacts/test-results/timed', workers: 1 },
  ],
  fullyParallel: false,
  // Only to end what hangs: no test is judged by how busy the machine is.
  timeout: 900_000,
  expect: { timeout: 240_000 },
  // A window that a strange machine held up once is told as flaky in the summary; what is wrong fails twice.
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: { trace: 'retain-on-failure' },
});
