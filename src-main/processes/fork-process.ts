import { fork } from 'node:child_process';
import { watched } from './process-watch';
import type { WorkProcess } from './work-process';
import { phrase } from '../contract/phrases';

/** A process as a child of plain Node. @param entry the absolute path of its bundle */
export function forkProcess<Request>(
  entry: string,
  environment: Readonly<Record<string, string>> = {},
): WorkProcess<Request> {
  const child = fork(entry, [], {
    // Structured clone: typed arrays and NaN arrive as they are.
    serialization: 'advanced',
    execArgv: [],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  // Sending to a process that has just died is no error of its own: its exit event follows.
  child.on('error', () => undefined);
  return watched(entry, child, {
    get pid() {
      return child.pid;
    },
    send(message) {
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage(listener) {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onExit(listener) {
      const tell = (code: number | null, signal: string | null): void => {
        listener(
          signal === null ? phrase('exit-code', { exit: String(code) }) : phrase('signal', { signal }),
        );
      };
      // One that could not be started at all tells no exit.
      const tellError = (error: NodeJS.ErrnoException): void => {
        if (child.pid === undefined) listener(phrase('not-started', { error: error.code ?? error.message }));
      };
      child.once('exit', tell);
      child.on('error', tellError);
      return () => {
        child.off('exit', tell);
        child.off('error', tellError);
      };
    },
    kill: () => void child.kill('SIGKILL'),
  });
}
