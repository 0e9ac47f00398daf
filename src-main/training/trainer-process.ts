import { fork } from 'node:child_process';
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

export const DEVICE_CHOICES = ['auto', 'cpu'] as const;
/** Where a trainer computes: on a GPU where TensorFlow's library sees one, or on the CPU whatever there is. */
export type DeviceChoice = (typeof DEVICE_CHOICES)[number];

/** A trainer as a child of plain Node. @param entry the absolute path of the bundled `trainer.cjs` */
export function forkTrainer(entry: string, device: DeviceChoice = 'auto'): TrainerProcess {
  const child = fork(entry, [], {
    // Structured clone: typed arrays and NaN arrive as they are.
    serialization: 'advanced',
    execArgv: [],
    // A CUDA library looks at this once, when it loads: no GPU is there then.
    env: device === 'cpu' ? { ...process.env, CUDA_VISIBLE_DEVICES: '-1' } : process.env,
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
