import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Problem } from '../contract/problems';
import { endsWhole, lookAt } from './source';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-source-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('sees that a file grew, and that the log beside a database did', async () => {
  const file = join(folder, 'a.sdb');
  await writeFile(file, 'x');
  const stamps = [(await lookAt(file)).stamp];
  await appendFile(file, 'y');
  stamps.push((await lookAt(file)).stamp);
  await writeFile(`${file}-wal`, 'z');
  stamps.push((await lookAt(file)).stamp);
  expect(new Set(stamps).size).toBe(3);
  expect((await lookAt(file)).stamp).toBe(stamps[2]);
});

it('finds the files of a folder in order of their names, and no others', async () => {
  const months = join(folder, 'months');
  await mkdir(join(months, 'older.csv'), { recursive: true });
  for (const name of ['2026-02.csv', '2026-01.csv', 'notes.pdf', '.hidden.csv']) {
    await writeFile(join(months, name), 'x');
  }
  const { paths } = await lookAt(months);
  expect(paths.map((path) => basename(path))).toEqual(['2026-01.csv', '2026-02.csv']);
});

it('says that a file has moved away', async () => {
  const file = join(folder, 'moved.csv');
  await writeFile(file, 'x');
  await rename(file, `${file}.1`);
  await expect(lookAt(file)).rejects.toBeInstanceOf(Problem);
  await expect(lookAt(file)).rejects.toMatchObject({ code: 'file-missing' });
});

it('waits for the end of a line of text, and for none of a database', async () => {
  const text = join(folder, 'growing.csv');
  await writeFile(text, 'time,temp\n2026-01-01,1');
  expect(await endsWhole([text])).toBe(false);
  await appendFile(text, '2.5\r\n');
  expect(await endsWhole([text])).toBe(true);
  expect(await endsWhole([join(folder, 'a.sdb')])).toBe(true);
});
