import { describe, expect, it } from 'vitest';
import { countedWithExit, playwrightSummary, total, vitestSummary } from './summaries.mjs';

describe('vitestSummary', () => {
  it('reads counts and keeps the runner’s own lines', () => {
    const summary = vitestSummary(
      [
        ' ❯ src/a.test.ts (2 tests | 1 failed)',
        '',
        '\u001b[31m⎯⎯⎯⎯⎯⎯⎯\u001b[39m Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯',
        '',
        ' FAIL   unit  src/a.test.ts > adds',
        'AssertionError: expected 3 to be 4',
        '',
        ' Test Files  1 failed | 19 passed (20)',
        '\u001b[2m      Tests \u001b[22m \u001b[31m1 failed\u001b[39m | 213 passed | 2 skipped (216)',
        '   Start at  10:00:00',
        '   Duration  4.10s (transform 1s)',
        '',
      ].join('\n'),
    );
    expect(summary).toMatchObject({ passed: 213, failed: 1, skipped: 2 });
    expect(summary.lines).toHaveLength(4);
    expect(summary.failures.slice(1)).toEqual([
      ' FAIL   unit  src/a.test.ts > adds',
      'AssertionError: expected 3 to be 4',
    ]);
  });

  it('counts nothing where no test ran', () => {
    expect(vitestSummary('No test files found, exiting with code 1')).toEqual({
      failures: [],
      lines: [],
      passed: 0,
      failed: 0,
      skipped: 0,
    });
  });
});

describe('playwrightSummary', () => {
  it('reads every outcome, flaky tests as passed', () => {
    const summary = playwrightSummary(
      [
        '  ✘  3 e2e/specs/journey.spec.ts:12:1 › journey (12s)',
        '',
        '  1) [app] › e2e/specs/journey.spec.ts:12:1 › journey ──',
        '',
        '    Error: expect(locator).toBeVisible() failed',
        '',
        '  1 failed',
        '    [app] › e2e/specs/journey.spec.ts:12:1 › journey ──────────',
        '  1 flaky',
        '    [app] › e2e/specs/wrong-files.spec.ts:3:1 › a picture named .csv ──',
        '  2 skipped',
        '  4 did not run',
        '  11 passed (1.3m)',
        '',
      ].join('\n'),
    );
    expect(summary).toMatchObject({ passed: 12, failed: 1, skipped: 6 });
    expect(summary.lines).toHaveLength(7);
    expect(summary.failures.at(-1)).toContain('toBeVisible');
  });

  it('does not take a test’s own output for the summary', () => {
    const summary = playwrightSummary('  5 passed through the filter\nRunning 1 test\n  1 passed (2.0s)\n');
    expect(summary).toMatchObject({ lines: ['  1 passed (2.0s)'], passed: 1 });
  });

  it('counts an error outside the tests as a failure', () => {
    const summary = playwrightSummary(
      '  1 error was not a part of any test, see above for details\n  3 passed (1s)',
    );
    expect(summary).toMatchObject({ passed: 3, failed: 1 });
  });
});

describe('total', () => {
  const summary = { failures: [], lines: [], passed: 3, failed: 0, skipped: 0 };

  it('adds the runners up', () => {
    expect(total([summary, { ...summary, failed: 2 }])).toBe('6 passed, 2 failed');
    expect(total([{ ...summary, skipped: 1 }])).toBe('3 passed, 0 failed, 1 skipped');
  });

  it('never says that nothing failed when a runner ended badly', () => {
    expect(countedWithExit(summary, 1).failed).toBe(1);
    expect(countedWithExit(summary, 0).failed).toBe(0);
  });
});
