import type { ProcessWatch } from '../processes/process-watch';
import type { Log } from './log';

/** Every process of ours that this one starts: when it started, what it said on its standard error, why it ended. */
export function logProcesses(log: Log): ProcessWatch {
  return {
    started: ({ kind, pid }) => log.info(`${kind} ${pid} started`),
    said: ({ kind, pid }, line) => log.info(`${kind} ${pid}: ${line}`),
    ended: ({ kind, pid }, cause) => log.info(`${kind} ${pid ?? ''} ended: ${cause}`),
  };
}
