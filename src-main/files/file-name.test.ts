import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visible } from '../contract/visible';
import { safeFileName } from '../files/file-name';

it('keeps what every file system takes, and replaces the rest', () => {
  for (const name of ['평균기온 · seoul daily.csv model', '100 % #1', "it's", 'a.b.csv', '🌦️ (1)']) {
    expect(safeFileName(name)).toBe(name);
  }
  expect(safeFileName('a/b\\c:d*e?"<f>|g')).toBe('a-b-c-d-e---f--g');
  expect(safeFileName('invoice\u202egpj.exe\n\x1b')).toBe('invoice-gpj.exe--');
  expect(safeFileName('../../etc')).toBe('-..-etc');
  expect(safeFileName(' . name. . ')).toBe('name');
  for (const none of ['', '...', '  ']) expect(safeFileName(none)).toBe('hindcast');
  for (const name of ['NUL', 'con.csv', 'Lpt1']) expect(safeFileName(name)).toMatch(/^\w+_(\.csv)?$/);
});

it('cuts a name that is too long, not its last word', () => {
  expect(safeFileName(`${'온'.repeat(120)} forecast.csv`)).toBe(`${'온'.repeat(62)} forecast.csv`);
  expect(safeFileName(`${'👩‍👩‍👧'.repeat(60)} model`)).toMatch(/^(👩‍👩‍👧)+ model$/u);
  expect(Buffer.byteLength(safeFileName('x'.repeat(5000)))).toBe(200);
});

it('gives a name under which a file can be made', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-names-'));
  try {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', size: '+1' }), async (name) => {
        const safe = safeFileName(name);
        expect(safe).toBe(visible(safe));
        expect(safe).not.toMatch(/[<>:"/\\|?*]|^\.|[. ]$/);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(201);
        await writeFile(join(folder, safe), '');
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
