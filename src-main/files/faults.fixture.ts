import fs from 'node:fs';
import promises, { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** What happens from the n-th operation that changes something on the disk: it fails, or the process is no more. */
export type Fault = { readonly at: number; readonly kind: 'fails' | 'is killed' };

/**
 * Does something while the disk has a fault. After a kill nothing more reaches the disk, not even tidying up.
 * @returns whether the fault was met
 */
export async function withFault({ at, kind }: Fault, action: () => Promise<unknown>): Promise<boolean> {
  let done = 0;
  const put: (() => void)[] = [];
  const change = <T extends object>(room: T, names: readonly (keyof T)[], isSync: boolean): void => {
    for (const name of names) {
      const original = room[name];
      put.push(() => (room[name] = original));
      room[name] = function (this: unknown, ...args: unknown[]) {
        done += 1;
        if (done < at || (done > at && kind === 'fails')) {
          return (original as (...args: unknown[]) => unknown).apply(this, args);
        }
        const error = Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
        if (isSync) throw error;
        return Promise.reject(error);
      } as T[keyof T];
    }
  };
  const file = await open(process.execPath, 'r');
  change(Object.getPrototypeOf(file) as typeof file, ['writeFile', 'sync', 'chmod'], false);
  await file.close();
  change(promises, ['mkdir', 'open', 'rename', 'rm', 'rmdir', 'writeFile'], false);
  change(fs, ['writeFileSync', 'linkSync', 'rmSync'], true);
  syncBuiltinESMExports();
  try {
    await action();
  } catch (error) {
    if (done < at) throw error;
  } finally {
    for (const back of put) back();
    syncBuiltinESMExports();
  }
  return done >= at;
}
