import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundled } from '../bundle.fixture';
import type { ExportReport } from '../contract/export-formats';
import { weatherSeries } from '../trainer/trainer.fixture';
import { runCommand, type Ended } from './cli.fixture';

let folder: string;
let run: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-cli-export-'));
  run = join(folder, 'run');
  const { time, variables } = weatherSeries();
  const lines = Array.from(time, (instant, row) =>
    [new Date(instant).toISOString().slice(0, 10), variables[1]!.values[row]!.toFixed(1)].join(','),
  );
  await writeFile(join(folder, 'readings.csv'), ['date,temperature (°C)', ...lines].join('\n'));
  const train = ['train', 'readings.csv', '--target', 'temperature (°C)', '--preset', 'tutorial'];
  const trained = await runCommand(folder, [...train, '--epochs', '2', '--out', 'run']);
  expect([trained.code, trained.stderr]).toEqual([0, expect.anything()]);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Exports, and sends a signal as soon as the trainer has something to write into; again where it came too late. */
async function exportUntil(signal: NodeJS.Signals, out: string): Promise<Ended> {
  const ended = await tryExportUntil(signal, out);
  return ended.code === 0 ? await exportUntil(signal, out) : ended;
}

async function tryExportUntil(signal: NodeJS.Signals, out: string): Promise<Ended> {
  let ended: Ended | null = null;
  let pid = 0;
  const running = runCommand(
    folder,
    ['export', run, '--format', 'tfjs', '--out', out],
    undefined,
    (started) => (pid = started),
  ).then((end) => (ended = end));
  while (ended === null && !existsSync(join(out, '.hindcast-new', 'content'))) await sleep(1);
  if (ended === null) process.kill(pid, signal);
  return await running;
}

async function contentsOf(model: string): Promise<Record<string, string>> {
  const names = (await readdir(model)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(model, name), 'latin1')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index]!]));
}

describe('hindcast export', () => {
  it('leaves nothing, or the older export, when it is cancelled', async () => {
    const cancelled = {
      code: 1,
      stderr: expect.stringContaining('Cancelled, as you asked. Nothing was changed.'),
    };
    expect(await exportUntil('SIGINT', join(folder, 'new', 'model'))).toMatchObject(cancelled);
    expect(await readdir(folder)).not.toContain('new');

    const model = join(folder, 'model');
    const args = ['export', run, '--format', 'tfjs', '--out', model];
    expect((await runCommand(folder, args)).code).toBe(0);
    await writeFile(join(model, 'notes.txt'), 'mine');
    const before = await contentsOf(model);
    expect(await exportUntil('SIGTERM', model)).toMatchObject(cancelled);
    expect(await contentsOf(model)).toEqual(before);
  });

  it('writes several formats at once, says how near each comes, and takes the others away with the next', async () => {
    const model = join(folder, 'several');
    const several = ['export', run, '--format', 'c,onnx,tfjs,onnx', '--out', model, '--json'];
    const ended = await runCommand(folder, several);
    expect(ended.code).toBe(0);
    const report = JSON.parse(ended.stdout.trim().split('\n').at(-1)!) as ExportReport;
    expect(report).toMatchObject({ folder: model, unit: '°C' });
    expect(report.formats.map(({ format }) => format)).toEqual(['tfjs', 'onnx', 'c']);
    for (const { check } of report.formats) {
      expect(check).toMatchObject({ kind: 'checked', difference: expect.any(Number) });
      if (check.kind === 'checked') expect(check.share).toBeLessThan(1e-4);
    }
    const found = await contentsOf(model);
    const sizes = Object.entries(found).map(([name, content]) => ({ name, bytes: content.length }));
    expect([...report.files].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(sizes);

    expect((await runCommand(folder, ['export', run, '--format', 'safetensors', '--out', model])).code).toBe(
      0,
    );
    expect(await readdir(model)).not.toContain('model.onnx');
    const wrong = await runCommand(folder, ['export', run, '--format', 'onnx,h5', '--out', model]);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('“h5”') });
  });

  it('leaves the older export when it is killed, and the next one tidies up', async () => {
    const model = join(folder, 'killed');
    const args = ['export', run, '--format', 'tfjs', '--out', model];
    expect((await runCommand(folder, args)).code).toBe(0);
    const before = await contentsOf(model);
    expect((await exportUntil('SIGKILL', model)).code).toBeNull();
    const forecast = await runCommand(folder, ['forecast', model]);
    expect([forecast.code, forecast.stderr]).toEqual([0, '']);
    expect((await runCommand(folder, args)).code).toBe(0);
    expect(await contentsOf(model)).toEqual(before);
  });

  it('says in a sentence that a run tells a time which no calendar has', async () => {
    const record = join(run, 'run.json');
    const text = await readFile(record, 'utf8');
    await writeFile(record, text.replace(/("createdAt":\s*)\d+/, '$11e300'));
    const ended = await runCommand(folder, ['export', run, '--format', 'tfjs', '--out', 'x']);
    await writeFile(record, text);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^The files of run “.*” are damaged/);
  });

  it.skipIf(process.platform === 'win32')('says in a sentence that its folder is gone', async () => {
    const gone = join(folder, 'gone');
    await mkdir(gone);
    const command = `rmdir "$PWD"; exec "$0" "$1" inspect x.csv`;
    const child = spawn('sh', ['-c', command, process.execPath, bundled('cli')], {
      cwd: gone,
    });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('The folder that you are in is no longer there.'),
    ]);
  });
});
