import { stackOf } from '../contract/problems';
import { withoutPrivate } from './private';

type Level = 'info' | 'error';

/** Where lines of the log go. */
export type Sink = (level: Level, text: string) => void;

/**
 * What happened, for anyone who looks into a fault. It holds no readings, no cells, no contents of files, and of paths the last
 * name alone. Writing never throws: a log that cannot be kept is no reason to stop.
 */
export interface Log {
  info(text: string): void;
  /** @param what what was going on, in a few words; what was thrown follows with its stack and its causes. */
  error(what: string, thrown: unknown): void;
}

export function createLog(sink: Sink): Log {
  const write = (level: Level, text: () => string): void => {
    try {
      sink(level, withoutPrivate(text()));
    } catch {
      // There is nowhere left to say it.
    }
  };
  return {
    info: (text) => write('info', () => text),
    error: (what, thrown) => write('error', () => `${what}: ${stackOf(thrown)}`),
  };
}
