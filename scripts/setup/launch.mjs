import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { childEnvironment, projectFolder } from './project.mjs';

/**
 * Runs a program in this terminal and answers with its exit code. Signals to us are passed on to it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options] `cwd` is the checkout unless it is named
 * @returns {Promise<number>}
 */
export function launch(command, args, { cwd = projectFolder, env } = {}) {
  return ended(spawn(command, args, { cwd, env: { ...childEnvironment, ...env }, stdio: 'inherit' }));
}

/**
 * Waits for a child and passes on to it the signals that ask us to end.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit code, as shells count it where a signal ended it
 */
export function ended(child) {
  // Control-C in a terminal reaches the child by itself; a second one would mean "at once" to it.
  const pass = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const each of signals) process.off(each, pass);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}
