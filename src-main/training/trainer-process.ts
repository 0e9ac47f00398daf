import { fork } from 'node:child_process';
import type { DeviceChoice } from '../contract/device';
import type { TrainerRequest } from './protocol';

/** A process that runs trainer-main.ts, however it was started. */
export interface TrainerProcess {
  readonly pid: number | undefined;
  send(message: TrainerRequest): void;
  /** Call what it returns to stop listening. */
  onMessage(listener: (message: unknown) => void): () => void;
  /** Told once, with the cause in words: 'exit code 1', 'signal SIGKILL'. */
  onExit(listener: (cause: string) => void): () => void;
  kill(): void;
}

/**
 * What a trainer finds in its environment so that it computes where it should. It is fixed when the process starts: a CUDA
 * library looks at it once, when it loads, and sees no GPU then.
 */
export function deviceEnvironment(device: DeviceChoice): Readonly<Record<string, string>> {
  return device === 'cpu' ? { CUDA_VISIBLE_DEVICES: '-1' } : {};
}

/** A trainer as a child of plain Node. @param entry the absolute path of the bundled `trainer.cjs` */
export function forkTrainer(entry: string, device: DeviceChoice = 'auto'): TrainerProcess {
  const child = fork(entry, [], {
    // Structured clone: typed arrays and NaN arrive as they are.
    serialization: 'advanced',
    execArgv: [],
    env: { ...process.env, ...deviceEnvironment(device) },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Sending to a process that has just died is no error of its own: its exit is told.
  child.on('error', () => undefined);
  return {
    get pid() {
      return child.pid;
    },
    send(message) {
      if (child.connected) child.send(message, () => undefined);
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
