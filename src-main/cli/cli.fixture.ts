import { spawn } from 'node:child_process';
import { bundled } from '../bundle.fixture';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one command to its end.
 * @param onError called with all that stands on stderr so far
 */
export function runCommand(
  folder: string,
  args: readonly string[],
  onError: (text: string, pid: number) => void = () => undefined,
  onStart: (pid: number) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundled('cli'), ...args], { cwd: folder });
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
