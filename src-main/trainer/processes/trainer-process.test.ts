import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DEVICE_CHOICES } from '../../contract/device';
import { forkTrainer } from './trainer-process';

it('a trainer on the CPU is shown no GPU; one that may choose sees what there is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-process-'));
  const entry = join(folder, 'tells.cjs');
  await writeFile(entry, 'process.send(process.env.CUDA_VISIBLE_DEVICES ?? null); process.disconnect();');
  const told: unknown[] = [];
  for (const device of DEVICE_CHOICES) {
    const trainer = forkTrainer(entry, device);
    told.push(await new Promise((resolve) => trainer.onMessage(resolve)));
  }
  expect(told).toEqual([process.env['CUDA_VISIBLE_DEVICES'] ?? null, '-1']);
  await rm(folder, { recursive: true });
});
