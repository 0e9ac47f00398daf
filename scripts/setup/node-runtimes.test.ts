import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODE_MAJORS, nodeRuntime } from './node-runtimes.mjs';
import { bundled } from '../../src-main/bundle.fixture';

const run = promisify(execFile);
const readings = resolve('resources/samples/seattle-daily-2012-2015.csv');

/** What the command line says and makes in one version of Node.js. */
interface Said {
  readonly version: string;
  readonly help: string;
  readonly inspected: string;
  readonly scores: unknown;
  readonly forecast: string;
}

/** Newer versions are what newer Electrons, and the package's command line, run in. */
describe.skipIf(NODE_MAJORS.length === 0)('the command line in other versions of Node.js', () => {
  let folder: string;
  let here: Said;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hindcast-nodes-'));
    here = await sayAll(process.execPath);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function sayAll(node: string): Promise<Said> {
    const hindcast = async (...args: string[]): Promise<string> =>
      (await run(node, [bundled('cli'), ...args], { cwd: folder, maxBuffer: 1 << 26 })).stdout;
    const version = (await run(node, ['--version'])).stdout.trim();
    const [out, csv] = [join(folder, version), join(folder, `${version}.csv`)];
    const quick = ['--hidden', '8', '--epochs', '4', '--horizon', '3', '--seed', '3'];
    await hindcast('train', readings, ...quick, '--out', out);
    await hindcast('forecast', out, readings, '--out', csv);
    const record = JSON.parse(await readFile(join(out, 'run.json'), 'utf8')) as Record<string, unknown>;
    expect(JSON.stringify(record)).toContain(`"node":"${version.slice(1)}"`);
    return {
      version,
      help: await hindcast('--help'),
      inspected: await hindcast('inspect', readings, '--json'),
      scores: record['measured'],
      forecast: await readFile(csv, 'utf8'),
    };
  }

  it.each<number>(NODE_MAJORS)(
    'says and computes in %i what it does in this one, bit for bit',
    async (major) => {
      const there = await sayAll((await nodeRuntime(major)).executable);
      expect(there.version).toMatch(new RegExp(`^v${major}\\.`));
      expect(there.scores).toBeDefined();
      expect({ ...there, version: '' }).toEqual({ ...here, version: '' });
    },
  );
});
