import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder, whileLocked } from './lock';

/** A process that holds a lock until it is stopped, or counts up a number in a file under it. */
const [, , what, folder = '', times = '1'] = process.argv;

async function hold(): Promise<void> {
  const unlock = await lockFolder(folder, 'train');
  process.on('message', () => {
    unlock();
    process.send?.('free', () => process.disconnect());
  });
  process.send?.('held');
}

async function count(): Promise<void> {
  const path = join(folder, 'count');
  for (let time = 0; time < Number(times); time++) {
    await whileLocked(folder, 'train', 60_000, async () => {
      const before = Number(readFileSync(path, 'utf8'));
      await new Promise((done) => setTimeout(done, 1));
      writeFileSync(path, String(before + 1));
    });
  }
  process.disconnect();
}

void (what === 'hold' ? hold() : count());
