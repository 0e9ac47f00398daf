import { release } from 'node:os';
import { watchUnexpected } from '../contract/problems';
import { createLog, logProcesses } from '../log';
import { watchProcesses } from '../processes/process-watch';
import type { Terminal } from './terminal';

/** `--verbose`: what the window keeps in its log is said in the terminal, for the rest of the process. */
export function logToTerminal(terminal: Terminal): void {
  const log = createLog((level, text) => {
    for (const line of text.split('\n')) terminal.log(`[${level}] ${line}`);
  });
  log.info(`Node ${process.versions.node}, ${process.platform} ${release()} ${process.arch}`);
  watchProcesses(logProcesses(log));
  watchUnexpected((error) => log.error('Unexpected', error));
  // Node ends the process, as it would without us.
  process.on('uncaughtExceptionMonitor', (error) => log.error('Uncaught exception', error));
}
