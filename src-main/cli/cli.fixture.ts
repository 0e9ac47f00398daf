import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundleEntries } from '../trainer/trainer.fixture';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as it is shipped, with the processes that it starts. */
export function bundleCommandLine(): ReturnType<typeof bundleEntries> {
  return bundleEntries({
    cli: 'src-main/cli/main.ts',
    trainer: 'src-main/trainer/trainer-main.ts',
    reader: 'src-main/dataset/reader-main.ts',
    'reader-worker': 'src-main/dataset/reader-worker.ts',
  });
}

/**
 * Runs one command to its end.
 * @param bundle where `bundleCommandLine` put it
 * @param onError told of all that stands on stderr so far
 */
export function runCommand(
  bundle: string,
  folder: string,
  args: readonly string[],
  onError: (text: string, pid: number) => void = () => undefined,
  onStart: (pid: number) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(bundle, 'cli.cjs'), ...args], { cwd: folder });
    if (child.pid !== undefined) onStart(child.pid);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString();
      onError(stderr, child.pid!);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** What a command said with --json. */
export const lastLine = (text: string) =>
  JSON.parse(text.trim().split('\n').at(-1)!) as Record<string, unknown>;
