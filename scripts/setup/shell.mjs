import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/**
 * Runs a program to its end and keeps what it printed. Never throws: a program that is not there ends with
 * `missing: true`, one that ran longer than `timeout` (milliseconds) with `timedOut: true`.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, timeout?: number }} [options]
 * @returns {Promise<{ code: number, output: string, stdout: string, missing: boolean, timedOut: boolean }>}
 */
export function run(command, args, { cwd, env, timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm is a batch file on Windows, which only a shell starts.
      shell: process.platform === 'win32' && command === 'npm',
      windowsHide: true,
    });
    let stdout = '';
    let output = '';
    let timedOut = false;
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, timeout);
    child.stdout.on('data', (bytes) => {
      stdout += bytes;
      output += bytes;
    });
    child.stderr.on('data', (bytes) => {
      output += bytes;
    });
    const finish = (code, missing) => {
      clearTimeout(timer);
      resolve({ code, output, stdout, missing, timedOut });
    };
    child.on('error', (error) => {
      output += error.message;
      finish(127, error.code === 'ENOENT');
    });
    child.on('close', (code) => finish(code ?? 1, false));
  });
}

/** What npm and pip say besides what went wrong. */
const NOISE = /^npm (warn|notice)|^WARNING:|A complete log of this run/i;

/**
 * The lines of a program's output that are worth showing to a person, on one line: errors before everything else.
 *
 * @param {string} output
 * @param {number} [count] at most so many lines
 */
export function gist(output, count = 3) {
  const lines = stripVTControlCharacters(output)
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^npm error /, ''))
    .filter((line) => line !== '' && !NOISE.test(line));
  const errors = lines.filter((line) => /error|cannot|could not|failed|refused|denied|no space/i.test(line));
  const chosen = (errors.length > 0 ? errors : lines.slice(-count)).slice(0, count);
  return chosen.join(' | ').slice(0, 600);
}

/** The first of these programs that answers to `--version`, or undefined.
 * @param {(string | undefined)[]} names */
export async function firstProgram(names) {
  for (const name of names) {
    const { code } = await run(name, ['--version'], { timeout: 20_000 });
    if (code === 0) return name;
  }
  return undefined;
}
