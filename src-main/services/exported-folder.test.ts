import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readExport } from '../forecaster';
import { TrainingBench } from './service.fixture';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';

const bench = new TrainingBench();
let runId: string;

beforeEach(async () => {
  runId = await bench.train(weatherRun({ epochs: 1 }), weatherSeries());
});

/** Exports, and takes the export in again. */
async function thereAndBack(folder: string): Promise<void> {
  expect(await bench.service.exportModel(runId, folder)).toBe(folder);
  const path = join(folder, 'forecaster.json');
  expect((await readExport(path)).series.time).toHaveLength(400);
  const again = await bench.service.importForecaster(path);
  expect((await bench.library.read(again.runId)).summary.status).toBe('imported');
}

describe('the folder of an export', () => {
  it('may have a name of any characters', async () => {
    const names = [
      'a blank',
      '평균기온 · seoul daily.csv model',
      '평균기온'.normalize('NFD'),
      '100 %',
      '%20%2F%zz',
      'a#b',
      'a+b&c=d;e@f',
      "it's",
      '(1) [2] {3} ~$HOME `x` !^',
      '🌦️ 1',
      '.hidden',
      ...(process.platform === 'win32'
        ? []
        : ['what?', 'say "so"', 'back\\slash', 'new\nline', '\x1b[31m', 'a:b*c<d>|e ']),
    ];
    for (const name of names) await thereAndBack(join(bench.folder, name, name));
  });

  it('may lie deep, and have a long name', async () => {
    // What file systems and Linux take: 255 bytes a name, 4,095 a path; model.json and the rest lie in the folder.
    await thereAndBack(join(bench.folder, '온'.repeat(85)));
    const room = 4095 - '/forecaster.json'.length - Buffer.byteLength(bench.folder);
    const deep = join(bench.folder, ...Array.from({ length: Math.floor(room / 201) }, () => 'd'.repeat(200)));
    await mkdir(deep, { recursive: true });
    const left = 4095 - '/forecaster.json'.length - Buffer.byteLength(deep) - 1;
    await thereAndBack(join(deep, 'x'.repeat(left)));
  });

  it.skipIf(!existsSync('/dev/shm'))('may lie on another drive', async () => {
    const drive = await mkdtemp('/dev/shm/hindcast-');
    try {
      await thereAndBack(join(drive, '다른 드라이브'));
    } finally {
      await rm(drive, { recursive: true, force: true });
    }
  });
});
