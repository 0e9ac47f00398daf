import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { phrase } from '../contract/phrases';
import { toProblem } from '../contract/problems';
import { readExport } from '../forecaster';
import { TrainingBench } from './service.fixture';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';

const bench = new TrainingBench();
let runId: string;

beforeEach(async () => {
  runId = await bench.train(weatherRun({ epochs: 1 }), weatherSeries());
});

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Exports, and takes the export in again. */
async function thereAndBack(folder: string): Promise<void> {
  expect(await bench.service.exportModel(runId, folder, ['tfjs'])).toMatchObject({ folder });
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
    // What file systems and Linux take: 255 bytes a name, 4,095 a path; the files are built in a folder within.
    await thereAndBack(join(bench.folder, '온'.repeat(85)));
    const room = 4095 - '/.hindcast-ready/content/forecaster.json'.length - Buffer.byteLength(bench.folder);
    const deep = join(bench.folder, ...Array.from({ length: Math.floor(room / 201) }, () => 'd'.repeat(200)));
    await mkdir(deep, { recursive: true });
    const left = 4095 - '/.hindcast-ready/content/forecaster.json'.length - Buffer.byteLength(deep) - 1;
    await thereAndBack(join(deep, 'x'.repeat(left)));
  });

  it('is as it was where the export fails: its process is killed, its path is too long, its disk takes no folders', async () => {
    const folder = join(bench.folder, 'model');
    await thereAndBack(folder);
    const contents = async (): Promise<Record<string, string>> => {
      const names = (await readdir(folder)).sort();
      const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')));
      return Object.fromEntries(names.map((name, index) => [name, texts[index]!]));
    };
    const before = await contents();
    // The trainer is killed when it has begun to write; on a busy machine that may come too late, so it is tried again.
    const begun = join(folder, '.hindcast-new', 'content', 'weights.bin');
    let isCutShort = false;
    for (let attempt = 0; attempt < 20 && !isCutShort; attempt++) {
      let hasEnded = false;
      const exported = bench.service
        .exportModel(runId, folder, ['tfjs'])
        .then(
          () => null,
          (error: unknown) => toProblem(error).code,
        )
        .finally(() => (hasEnded = true));
      while (!hasEnded && !existsSync(begun)) await setImmediate();
      for (const pid of bench.devices.keys()) if (pid !== undefined) killQuietly(pid);
      isCutShort = (await exported) === 'trainer-failed';
    }
    expect(isCutShort).toBe(true);
    expect(await contents()).toEqual(before);

    const tooLong = join(bench.folder, ...Array.from({ length: 30 }, () => 'd'.repeat(200)));
    await expect(bench.service.exportModel(runId, tooLong, ['tfjs'])).rejects.toMatchObject({
      code: 'cannot-write',
      params: { cause: phrase('name-or-path-long') },
    });
    await expect(bench.service.exportModel(runId, '/proc/model', ['tfjs'])).rejects.toMatchObject({
      code: 'cannot-write',
    });
    await expect(
      bench.service.exportModel(runId, join(bench.folder, 'a\0b'), ['tfjs']),
    ).rejects.toMatchObject({
      code: 'cannot-write',
      params: { cause: phrase('path-character') },
    });
    await thereAndBack(folder);
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
