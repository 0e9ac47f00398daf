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
