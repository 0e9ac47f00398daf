import { closeSync, fstatSync, readdirSync, statSync } from 'node:fs';
import { app, utilityProcess } from 'electron';
import { isForDevelopment } from '../processes/environment';
import { watched } from '../processes/process-watch';
import type { WorkProcess } from '../processes/work-process';
import { phrase } from '../contract/phrases';

/** What the loader of libraries and the choice of a GPU need. */
const PASSED_ALWAYS = /^(PATH|HOME|LANG|LC_.*|TMP|TEMP|TMPDIR|SYSTEMROOT|LD_LIBRARY_PATH|DYLD_.*|CUDA_.*)$/i;

/** What a process of ours may see of our environment. */
function passedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      (PASSED_ALWAYS.test(entry[0]) || (!app.isPackaged && isForDevelopment(entry[0]))),
  );
  return Object.fromEntries(entries);
}

/**
 * Starts a utility process of Electron: a native fault ends that process, never the window.
 * @param entry the absolute path of its bundle
 * @param serviceName as the system's list of processes shows it
 */
export function startUtilityProcess<Request>(
  entry: string,
  serviceName: string,
  environment: Readonly<Record<string, string>> = {},
): WorkProcess<Request> {
  const child = withoutLeak(() =>
    utilityProcess.fork(entry, [], {
      serviceName,
      env: { ...passedEnvironment(), ...environment },
      // 'ignore' would open /dev/null for it, and `withoutLeak` could not tell which is left over.
      stdio: 'pipe',
    }),
  );
  child.stdout?.resume();
  // Messages posted before the process has started are kept by Electron and delivered in order.
  return watched(entry, child, {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage(listener) {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onExit(listener) {
      // Electron gives a process that was killed from outside the code 0, as if it had ended by itself.
      const tell = (code: number): void =>
        listener(code === 0 ? phrase('ended-by-others') : phrase('exit-code', { exit: String(code) }));
      child.on('exit', tell);
      return () => child.off('exit', tell);
    },
    kill: () => void child.kill(),
  });
}

/**
 * Until version 37 Electron opens /dev/null for the standard input of a utility process, hands it to no process and never
 * closes it (https://github.com/electron/electron/issues/47515).
 */
const leaksInput = process.platform !== 'win32' && Number.parseInt(process.versions.electron ?? '', 10) < 37;

function withoutLeak<T>(fork: () => T): T {
  if (!leaksInput) return fork();
  const before = new Set(nullHandles());
  const forked = fork();
  for (const handle of nullHandles()) if (!before.has(handle)) closeSync(handle);
  return forked;
}

/** The open handles of /dev/null. */
function nullHandles(): number[] {
  const { rdev } = statSync('/dev/null');
  return readdirSync('/dev/fd')
    .map(Number)
    .filter((handle) => {
      try {
        const stats = fstatSync(handle);
        return stats.isCharacterDevice() && stats.rdev === rdev;
      } catch {
        // The handle that listed them is closed by now.
        return false;
      }
    });
}
