import { readFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';

/** A process, told from every other that has or had its number. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Which start of the machine, and when after it the process began; null where the system does not tell. */
  readonly began: string | null;
  /** When it was asked; milliseconds since 1970, UTC. */
  readonly since: number;
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), began: beginningOf(process.pid), since: Date.now() };
}

/** Whether a process has this number at present. */
export function isRunning(pid: number): boolean {
  if (stateOf(pid)?.isDead === true) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, but it runs.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Whether the very process still runs. One on another machine is believed to. Where the system does not tell when a
 * process began, one that has got the number since counts as the same, unless the machine was started since.
 */
export function stillRuns({ pid, host, began, since }: ProcessIdentity): boolean {
  if (host !== hostname()) return true;
  if (!isRunning(pid)) return false;
  const now = beginningOf(pid);
  if (began !== null && now !== null) return began === now;
  // A clock that was set meanwhile may shift this by a little.
  const machineStarted = Date.now() - uptime() * 1000;
  return since > machineStarted - 60_000;
}

function beginningOf(pid: number): string | null {
  const state = stateOf(pid);
  if (state === null) return null;
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${state.ticks}`;
  } catch {
    return null;
  }
}

/** Linux alone tells: ticks from the machine's start to the process's, and whether it has ended but is not yet buried. */
function stateOf(pid: number): { readonly ticks: string; readonly isDead: boolean } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, and may hold anything; the third is the state.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { ticks: fields[19] ?? '', isDead: fields[0] === 'Z' || fields[0] === 'X' };
  } catch {
    return null;
  }
}
