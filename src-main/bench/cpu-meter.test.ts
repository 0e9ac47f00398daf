import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CpuMeter } from './cpu-meter';

/** Works until it and what it starts have each had 0.2 s of CPU, however long that takes, says so, and waits. */
const WORK = 'while (process.cpuUsage().user < 200_000);';
const BUSY = `
${WORK}
const more = require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(WORK)}]);
console.log(more.status);
setInterval(() => 0, 60_000);
`;

it.skipIf(!existsSync('/proc/self/stat'))(
  'counts what a process and those that it started do from then on',
  async () => {
    const child = spawn(process.execPath, ['-e', BUSY], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const meter = new CpuMeter([child.pid]);
      await once(child.stdout, 'data');
      expect(meter.stop()).toBeGreaterThan(0.3);
      // What was done before does not count.
      expect(new CpuMeter([child.pid]).stop()).toBeLessThan(0.1);
      expect(new CpuMeter([undefined]).stop()).toBeNaN();
    } finally {
      child.kill('SIGKILL');
    }
  },
);
