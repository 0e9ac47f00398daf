import { release } from 'node:os';
import { app } from 'electron';
import { watchUnexpected } from '../contract/problems';
import { logProcesses, type Log } from '../log';
import { watchProcesses } from '../processes/process-watch';

/**
 * Has the log kept for the rest of the process: how it started, its processes, unexpected errors, how it ended.
 * @param onUncaught called with an error that nothing caught: the app continues, as it would behind Electron's own box
 */
export function logApp(log: Log, onUncaught: (error: unknown) => void): void {
  const { electron, chrome, node } = process.versions;
  const system = `${process.platform} ${release()} ${process.arch}`;
  const kind = app.isPackaged ? 'packaged' : 'in development';
  log.info(
    `Hindcast ${app.getVersion()} starts, pid ${process.pid}: ${kind}, Electron ${electron}, Chrome ${chrome}, Node ${node}, ${system}`,
  );
  watchProcesses(logProcesses(log));
  watchUnexpected((error) => log.error('Unexpected', error));
  process.on('unhandledRejection', (error) => log.error('Unhandled rejection', error));
  process.on('uncaughtException', (error) => {
    log.error('Uncaught exception', error);
    onUncaught(error);
  });
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    log.info(`the page’s process is gone: ${reason}, exit code ${exitCode}`);
  });
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    log.info(
      `a process is gone: ${type}${name === undefined ? '' : ` ${name}`}, ${reason}, exit code ${exitCode}`,
    );
  });
  app.on('web-contents-created', (_event, contents) => {
    contents.on('console-message', (...told: readonly unknown[]) => {
      const message = pageErrorOf(told);
      if (message !== null) log.info(`page: ${message}`);
    });
  });
  app.on('quit', (_event, exitCode) => log.info(`Hindcast ends, exit code ${exitCode}`));
}

/** What a page wrote to its console as an error; null where it is none. Electron 35 moved it into the event. */
function pageErrorOf([event, level, message]: readonly unknown[]): string | null {
  if (typeof level === 'number') return level === 3 ? String(message) : null;
  const told = event as { readonly level?: unknown; readonly message?: unknown };
  return told.level === 'error' ? String(told.message) : null;
}
