import { stripVTControlCharacters } from 'node:util';

const MOST_OF_FAILURES = 80;

/**
 * What a test runner said at its end.
 *
 * @typedef {object} Summary
 * @property {string[]} failures what it said of the tests that failed, at most `MOST_OF_FAILURES` lines
 * @property {string[]} lines its own summary lines
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** @param {string} output of `vitest run` @returns {Summary} */
export function vitestSummary(output) {
  const text = lastLines(output);
  const first = text.findLastIndex((line) => /^\s*Test Files\s/.test(line));
  const lines =
    first < 0
      ? []
      : text
          .slice(first)
          .filter((line) => /^\s*(Test Files|Tests|Errors|Start at|Duration|Type Errors)\s/.test(line));
  const tests = lines.find((line) => /^\s*Tests\s/.test(line)) ?? '';
  const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(tests)?.[1] ?? 0);
  return {
    failures: between(text, /⎯ (Failed (Tests|Suites)|Unhandled Errors?) /, first),
    lines,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped') + count('todo'),
  };
}

/**
 * Playwright ends with one line for each outcome (`  2 failed`, `  1 flaky`, `  3 skipped`, `  40 passed (1.2m)`); below
 * failed and flaky ones stand the names of the tests.
 *
 * @param {string} output of `playwright test` with a line, list or dot reporter
 * @returns {Summary}
 */
export function playwrightSummary(output) {
  const text = lastLines(output);
  const outcome =
    /^\s{0,4}(\d+) (failed|interrupted|flaky|skipped|did not run|passed|errors? (?:was|were) not a part)\b/;
  const last = text.findLastIndex((line) => outcome.test(line));
  let first = last;
  while (first > 0 && (outcome.test(text[first - 1]) || /^\s+\[?.* › /.test(text[first - 1]))) first -= 1;
  const lines = last < 0 ? [] : text.slice(first, last + 1);
  const count = (...words) =>
    lines
      .map((line) => outcome.exec(line))
      .filter((found) => found && words.some((word) => found[2].startsWith(word)))
      .reduce((sum, found) => sum + Number(found[1]), 0);
  return {
    failures: between(text, /^ {2}1\) /, first),
    lines,
    passed: count('passed', 'flaky'),
    failed: count('failed', 'interrupted', 'error'),
    skipped: count('skipped', 'did not run'),
  };
}

/** The lines from the first that is like `start` up to the one at `end`, without empty ones. */
function between(text, start, end) {
  const first = text.findIndex((line) => start.test(line));
  if (first < 0) return [];
  return text
    .slice(first, end < 0 ? undefined : end)
    .filter((line) => line !== '')
    .slice(0, MOST_OF_FAILURES);
}

const lastLines = (output) =>
  stripVTControlCharacters(output)
    .split(/\r?\n/)
    .map((line) => line.trimEnd());

/**
 * A runner that ends badly without naming a failed test (a file that does not compile, a missing program) counts as one failure.
 *
 * @param {Summary} summary
 * @param {number} code
 * @returns {Summary}
 */
export function countedWithExit(summary, code) {
  return code !== 0 && summary.failed === 0 ? { ...summary, failed: 1 } : summary;
}

/** The one last line. @param {Summary[]} summaries */
export function total(summaries) {
  const sum = (key) => summaries.reduce((so, summary) => so + summary[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
