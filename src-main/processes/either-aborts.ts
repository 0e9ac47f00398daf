import { setMaxListeners } from 'node:events';

/**
 * Works under a signal that aborts when either does. Electron's Node has no `AbortSignal.any`.
 * @returns what the work does; then neither signal is listened to any more
 */
export async function underEither<T>(
  first: AbortSignal,
  second: AbortSignal,
  work: (either: AbortSignal) => Promise<T>,
): Promise<T> {
  const either = new AbortController();
  const abort = (): void => either.abort();
  const signals = [first, second];
  if (signals.some(({ aborted }) => aborted)) abort();
  for (const signal of signals) {
    // Of the work of a whole process there may be as much as there are jobs.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', abort);
  }
  try {
    return await work(either.signal);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', abort);
  }
}
