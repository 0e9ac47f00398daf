import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installationOf } from './installation';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-installation-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('finds the app of a package beside its archive', async () => {
  const installed = installationOf(join(folder, 'resources', 'app.asar.unpacked', 'out', 'main'));
  expect([installed.program, installed.isPackaged, installed.appArguments]).toEqual(['hindcast', true, []]);
  expect(await installed.electron()).toBeNull();
  const executable = join(folder, process.platform === 'win32' ? 'hindcast.exe' : 'hindcast');
  await writeFile(executable, '');
  expect(await installed.electron()).toBe(executable);
});

it('finds Electron of a checkout where its package says, and none where it is not', async () => {
  const checkout = installationOf(join(folder, 'out', 'main'));
  expect([checkout.program, checkout.appArguments]).toEqual(['npm run -s hindcast --', [folder]]);
  expect(await checkout.electron()).toBeNull();
  const runtime = join(folder, 'node_modules', 'electron');
  await mkdir(join(runtime, 'dist'), { recursive: true });
  await writeFile(join(runtime, 'path.txt'), 'electron');
  expect(await checkout.electron()).toBeNull();
  await writeFile(join(runtime, 'dist', 'electron'), '');
  expect(await checkout.electron()).toBe(join(runtime, 'dist', 'electron'));
});
