import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What the writer says at its end. */
interface Told {
  readonly transactions: number;
  readonly locked: number;
}

/** While a process writes, many transactions in each burst. */
export async function whileWritten(journalMode: string, use: (path: string) => Promise<void>): Promise<Told> {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-writer-'));
  const path = join(folder, 'weewx.sdb');
  const python = process.env['HINDCAST_PYTHON'] ?? 'python3';
  const writer = spawn(python, [resolve('scripts/weewx-writer.py'), path, journalMode]);
  let said = '';
  writer.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const ended = once(writer, 'close');
  try {
    await use(path);
  } finally {
    writer.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
  return JSON.parse(said) as Told;
}
