import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a runner is asked on one line of JSON, and what it answers on one. */
export interface RunnerRequest {
  readonly task: string;
}
export interface RunnerAnswer {
  readonly value: number;
}

/**
 * A contender in a process of its own, so that its threads and settings are its own. It says `{"ready": version}` on
 * its first line, or ends.
 */
export class RunnerProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #complaint = '';

  constructor(
    readonly name: string,
    command: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ) {
    this.#child = spawn(command, args, { stdio: 'pipe', env: { ...process.env, ...environment } });
    // Without a listener a program that does not exist would end the whole bench.
    this.#child.on('error', (error) => (this.#complaint += error.message));
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.on('data', (text: Buffer) => (this.#complaint += text.toString()));
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** The version of the contender, or null when it cannot run here. */
  async ready(): Promise<string | null> {
    const answer = await this.#next();
    return typeof answer?.['ready'] === 'string' ? answer['ready'] : null;
  }

  /** Runs one task and returns what it measured. Throws an Error with the last line of what the runner complained of. */
  async measure(task: string): Promise<number> {
    const request: RunnerRequest = { task };
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const answer = await this.#next();
    if (typeof answer?.['value'] !== 'number') {
      throw new Error(`${this.name} ended early: ${this.#complaint.trim().split('\n').at(-1) ?? ''}`);
    }
    return answer['value'];
  }

  close(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }

  async #next(): Promise<Record<string, unknown> | null> {
    for (;;) {
      const line = await this.#lines.next();
      if (line.done === true) return null;
      // Libraries also greet on stdout: only our own lines are JSON objects.
      if (line.value.startsWith('{')) return JSON.parse(line.value) as Record<string, unknown>;
    }
  }
}

/** The other side, for contenders in JavaScript: answers each task with its number, until stdin ends. */
export async function serveTasks(version: string, run: (task: string) => Promise<number>): Promise<void> {
  const say = (answer: RunnerAnswer | { readonly ready: string }): void => {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  };
  say({ ready: version });
  for await (const line of createInterface({ input: process.stdin })) {
    const { task } = JSON.parse(line) as RunnerRequest;
    say({ value: await run(task) });
  }
}
