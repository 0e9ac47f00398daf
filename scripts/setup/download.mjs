import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';

const WAY_OUT = 'Check the network and the proxy settings, then run the same command again.';

/**
 * Fetches a file, with `curl` where it is there (it knows proxies), else with Node. An unreachable host costs ten seconds.
 *
 * @param {string} url
 * @param {string} file
 */
export async function download(url, file) {
  const { host } = new URL(url);
  const limits = ['--connect-timeout', '10', '--speed-limit', '1000', '--speed-time', '30'];
  const curl = await run('curl', ['-fsSL', ...limits, '-o', file, url]);
  if (curl.code === 0) return;
  if (!curl.missing) throw new SetupProblem(`${host} did not give the file (${gist(curl.output)}).`, WAY_OUT);
  try {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file));
  } catch (error) {
    const reason = error instanceof Error ? (error.cause?.message ?? error.message) : String(error);
    throw new SetupProblem(`${host} did not give the file (${reason}).`, WAY_OUT);
  }
}
