import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lastLine, runCommand } from './cli.fixture';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-verbose-'));
  const rows = Array.from({ length: 120 }, (_, day) => {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},${71.25 + (day % 9)}\n`;
  });
  await writeFile(join(folder, 'readings.csv'), `date,cellar\n${rows.join('')}`);
  // TensorFlow warns of it on its standard error, and goes on.
  process.env['TF_ENABLE_ONEDNN_OPTS'] = 'perhaps';
});
afterAll(async () => {
  delete process.env['TF_ENABLE_ONEDNN_OPTS'];
  await rm(folder, { recursive: true, force: true });
});

const train = (...options: string[]) =>
  runCommand(folder, [
    ...['train', 'readings.csv', '--target', 'cellar', '--window', '5', '--horizon', '2', '--epochs', '2'],
    ...options,
  ]);

it('says with --verbose which processes came and went and what they complained of, and no reading', async () => {
  const { code, stdout, stderr } = await train('--out', 'loud', '--json', '--verbose');
  expect([code, stderr]).toEqual([0, stderr]);
  expect(lastLine(stdout)).toBeTypeOf('object');
  const logged = stderr.split('\n').filter((line) => /^\[(info|error)\]/.test(line));
  const log = logged.join('\n');
  expect(logged[0]).toContain(`Node ${process.versions.node}, ${process.platform}`);
  for (const kind of ['reader', 'trainer']) {
    const [, pid] = new RegExp(`${kind} (\\d+) started`).exec(log) ?? [];
    expect(pid).toBeDefined();
    expect(log).toContain(`${kind} ${pid} ended: Hindcast ended it`);
  }
  expect(log).toMatch(/trainer \d+: .*TF_ENABLE_ONEDNN_OPTS is not set to/);
  for (const secret of ['71.25', 'cellar', folder]) expect(log).not.toContain(secret);
});

it('says nothing of it without', async () => {
  const { code, stderr } = await train('--out', 'quiet');
  expect([code, stderr]).toEqual([0, stderr]);
  expect(stderr).not.toMatch(/started|TF_ENABLE|\[info\]/);
});

it('has it in the help of every command', async () => {
  const { stdout } = await runCommand(folder, ['inspect', '--help']);
  expect(stdout).toMatch(/--verbose +log processes/);
});
