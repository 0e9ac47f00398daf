import { stackOf, watchUnexpected } from '../contract/problems';

/** The way from a process of ours to the one that started it. */
export interface Port<Request, Message> {
  post(message: Message): void;
  listen(listener: (request: Request) => void): void;
}

/** Electron's `process.parentPort`, as far as we use it. */
interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** To the process that started this one, Electron or plain Node. */
export function connectToParent<Request, Message>(): Port<Request, Message> {
  watchUnexpected(complain);
  const { parentPort } = process as { readonly parentPort?: ElectronPort };
  if (parentPort !== undefined) {
    return {
      post: (message) => parentPort.postMessage(message),
      listen: (listener) => parentPort.on('message', ({ data }) => listener(data as Request)),
    };
  }
  // Without its parent a process has nothing to work for; what is finished is on the disk.
  process.on('disconnect', () => process.exit(0));
  // Control-C in a terminal reaches the whole group; the parent decides.
  process.on('SIGINT', () => undefined);
  return {
    post: (message) => process.send?.(message),
    listen: (listener) => process.on('message', (message) => listener(message as Request)),
  };
}

/** Says on the standard error, which the parent keeps in its log, where an error comes from. */
export function complain(error: unknown): void {
  process.stderr.write(`${stackOf(error)}\n`);
}
