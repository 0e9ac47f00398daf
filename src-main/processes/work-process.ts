import { fork } from 'node:child_process';

/** A process of ours that does some work, however it was started: by Node here, by Electron in `window/`. */
export interface WorkProcess<Request = unknown> {
  readonly pid: number | undefined;
  send(message: Request): void;
  /** Call what it returns to stop listening. */
  onMessage(listener: (message: unknown) => void): () => void;
  /** Told once, with the cause in words: 'exit code 1', 'signal SIGKILL'. */
  onExit(listener: (cause: string) => void): () => void;
  kill(): void;
}

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
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Sending to a process that has just died is no error of its own: its exit is told.
  child.on('error', () => undefined);
  return {
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
        listener(signal === null ? `exit code ${code}` : `signal ${signal}`);
      };
      child.once('exit', tell);
      return () => child.off('exit', tell);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
