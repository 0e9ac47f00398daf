import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundled } from '../bundle.fixture';
import { readHistories, readRecord, readWeights } from '../library';
import { lastLine, runCommand } from './cli.fixture';

let folder: string;
let address: string;
let addressFile: string;
/** All that the broker and the workers have said. */
let said = '';
const started: ChildProcess[] = [];

/** A command that goes on until it is ended. @returns what it says first that fits */
function start(args: readonly string[], fits: RegExp): Promise<RegExpExecArray> {
  const child = spawn(process.execPath, [bundled('cli'), ...args], { cwd: folder });
  started.push(child);
  return new Promise((resolve, reject) => {
    let own = '';
    const hear = (text: Buffer): void => {
      own += text.toString();
      const found = fits.exec(own);
      if (found !== null) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
      hear(text);
    });
    child.on('exit', () => reject(new Error(own)));
  });
}

const STATIONS = ['brook', 'hill', 'mill'];
const fleet = (out: string, ...more: readonly string[]) =>
  runCommand(folder, [
    ...['fleet', 'club', '--target', 'temperature', '--out', out, '--preset', 'tutorial'],
    ...['--epochs', '2', '--json', ...more],
  ]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-club-'));
  // Where root runs this, PostgreSQL is another user's, who must come by.
  await chmod(folder, 0o711);
  await mkdir(join(folder, 'club'));
  for (const [shift, name] of STATIONS.entries()) {
    const days = Array.from({ length: 260 }, (_, day) => {
      const date = new Date(Date.UTC(2021, 0, 1 + day)).toISOString().slice(0, 10);
      const warmth = 10 - 9 * Math.cos((2 * Math.PI * day) / 365) + 3 * Math.sin(day * 1.7 + shift);
      return `${date},${warmth.toFixed(1)}`;
    });
    await writeFile(join(folder, 'club', `${name}.csv`), ['date,temp (°C)', ...days].join('\n'));
  }
  await writeFile(join(folder, 'club', 'empty.csv'), '');
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  const data = join(folder, 'broker');
  const [line] = await start(
    ['broker', '--data', data, '--port', String(port), '--verbose', '--json'],
    /\{"address".*\}/,
  );
  ({ address, addressFile } = JSON.parse(line) as { address: string; addressFile: string });
});
afterAll(async () => {
  for (const child of started.reverse()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

describe('a broker with two workers', () => {
  it('trains a fleet to the same numbers as this machine alone, bit for bit', async () => {
    const local = lastLine((await fleet('local')).stdout);
    for (const name of ['one', 'two'])
      await start(['worker', '--broker', addressFile, '--name', name], /works for the broker/);
    const shared = await fleet('shared', '--broker', addressFile);
    expect([shared.code, shared.stderr.includes('empty')]).toEqual([1, true]);
    const bare = (result: Record<string, unknown>) =>
      (result['stations'] as readonly Record<string, unknown>[]).map(({ seconds: _, ...rest }) => rest);
    expect(bare(lastLine(shared.stdout))).toEqual(bare(local));
    for (const name of STATIONS) {
      const folders = ['local', 'shared'].map((out) => join(folder, out, 'stations', name));
      const [here, there] = await Promise.all(folders.map((each) => readRecord(each, each)));
      expect([here?.trainedBy, ['one', 'two'].includes(there?.trainedBy ?? '')]).toEqual([undefined, true]);
      expect(there?.measured).toEqual(here?.measured);
      const [epochs, weights] = await Promise.all([
        Promise.all(folders.map((each) => readHistories(each, here!))),
        Promise.all(folders.map((each) => readWeights(each, here!.keptEpoch))),
      ]);
      expect(epochs[1]).toEqual(epochs[0]);
      expect(weights[1]).toEqual(weights[0]);
    }
  });

  it('refuses a wrong password, which nobody repeats', async () => {
    const wrong = address.replace(/:[^:@]+@/, ':not-this-one@');
    const { code, stdout, stderr } = await runCommand(folder, ['worker', '--broker', wrong, '--verbose']);
    expect(code).toBe(1);
    expect(stderr).toContain('does not take this user or password');
    expect(stdout + stderr).not.toContain('not-this-one');
    expect(said).not.toContain(new URL(address).password);
  });

  it.each([
    [['worker'], '--broker is missing'],
    [['worker', '--broker', 'x', '--jobs', '0'], '--jobs is “0”'],
    [['broker', '--port', 'x'], '--port is “x”'],
    [['broker', '--listen', 'home'], '--listen is “home”, not an IP address'],
  ])('says what is wrong with %s', async (args, sentence) => {
    const { code, stderr } = await runCommand(folder, args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  });
});
