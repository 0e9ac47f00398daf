import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder, isRunning } from './cache.mjs';
import { projectFolder } from './project.mjs';

/** In milliseconds. */
const LONGEST_SET_UP = 2 * 60 * 60 * 1000;

/**
 * Lets one set-up at a time change this checkout (`npm start` in one terminal, `npm test` in another).
 *
 * @param {() => void} onWait called once when another set-up is at work
 * @returns {Promise<() => Promise<void>>} gives the lock back
 */
export async function lockCheckout(onWait) {
  const name = createHash('sha256').update(projectFolder).digest('hex').slice(0, 12);
  const file = join(cacheFolder(), `setting-up-${name}.lock`);
  await mkdir(cacheFolder(), { recursive: true });
  let told = false;
  for (;;) {
    try {
      await writeFile(file, `${hostname()} ${process.pid}`, { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (await isAbandoned(file)) {
      await rm(file, { force: true });
      continue;
    }
    if (!told) onWait();
    told = true;
    await sleep(250);
  }
}

/**
 * Whether its set-up was killed. One on another machine that shares the folder is trusted to be alive, and so is a
 * process that took over the number of a killed one: both for two hours.
 */
async function isAbandoned(file) {
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
  if (Date.now() - mtimeMs > LONGEST_SET_UP) return true;
  const text = await readFile(file, 'utf8').catch(() => '');
  const [host, pid] = text.split(' ');
  return host === hostname() && Number(pid) > 0 && !isRunning(Number(pid));
}
