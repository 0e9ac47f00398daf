import { type Phrase } from '../contract/phrases';

/** A process of ours that does some work, however it was started: by Node here, by Electron in `window/`. */
export interface WorkProcess<Request = unknown> {
  readonly pid: number | undefined;
  send(message: Request): void;
  /** Call what it returns to stop listening. */
  onMessage(listener: (message: unknown) => void): () => void;
  /** Told once, with the cause: an exit code, a signal. */
  onExit(listener: (cause: Phrase) => void): () => void;
  kill(): void;
}
