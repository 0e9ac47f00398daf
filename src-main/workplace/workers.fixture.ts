import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { bundled } from '../bundle.fixture';
import type { DeviceChoice } from '../contract/device';
import { presetSettings } from '../contract/settings';
import type { Series } from '../contract/series';
import type { NewRun } from '../library';
import { smallRun } from '../library/run.fixture';
import type { TestBroker } from '../queue/broker.fixture';
import { forkTrainer } from '../trainer';

const DAYS = 400;
const MS_PER_DAY = 86_400_000;
export const series: Series = {
  time: Float64Array.from({ length: DAYS }, (_, day) => day * MS_PER_DAY),
  step: { seconds: 86_400, label: 'daily' },
  variables: [
    {
      name: 'temperature',
      quantity: 'temperature',
      unit: '°C',
      values: Float32Array.from(
        { length: DAYS },
        (_, day) => 10 - 9 * Math.cos((2 * Math.PI * day) / 365) + 3 * Math.sin(day * 1.7),
      ),
      filled: new Uint8Array(DAYS),
    },
  ],
  inputs: [0],
  target: 0,
  alsoTargets: [],
};
export const runOf = (changes: Partial<NewRun['settings']>): NewRun => ({
  ...smallRun,
  settings: { ...presetSettings('tutorial'), ...changes },
});

export const startTrainer = (device?: DeviceChoice) => forkTrainer(bundled('trainer'), device);

interface News {
  readonly kind: string;
  readonly step?: number;
  readonly pid?: number;
}

/** Workers of a broker, processes that can be killed. */
export class Workers {
  readonly #children: ChildProcess[] = [];

  /** @param trainer the program that trains; @param how as the fixture of the worker has it */
  start({ server }: TestBroker, name: string, { trainer = bundled('trainer'), how = '' } = {}) {
    const args = [bundled('station-worker'), server.addressFile, trainer, name, how];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#children.push(child);
    const heard: News[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => heard.push(JSON.parse(line) as News));
    /** With what trains for it. */
    const kill = async (): Promise<void> => {
      await end(child, 'SIGKILL');
      for (const { pid } of heard) if (pid !== undefined) process.kill(pid, 'SIGKILL');
    };
    return { heard, kill };
  }

  async end(): Promise<void> {
    await Promise.all(this.#children.splice(0).map((child) => end(child, 'SIGTERM')));
  }
}

async function end(child: ChildProcess, how: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(how);
  await ended;
}
