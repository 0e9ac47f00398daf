import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FORECASTER_FILE as exportedAs } from '../../src-main/forecaster';
import { foldersOf } from './closure.mjs';
import { controlFile, debianName, neededGlibc, neededLibstdcxx } from './debian.mjs';
import { desktopEntry, FORECASTER_FILE, launcher, MIME_TYPE, mimeTypes } from './desktop.mjs';
import { icns, ico, ICON_SIZES, readPng, scaleDown } from './icons.mjs';
import { copyrightFile } from './licences.mjs';
import { commandsIn, manPage } from './man-page.mjs';

const run = promisify(execFile);
const ABOUT = {
  name: 'hindcast',
  productName: 'Hindcast',
  version: '1.2.0-rc.1',
  description: 'Train an LSTM, see. Go.',
};

describe('the entry for the desktop', () => {
  it('names the app in English and Korean, opens exported forecasters, and leaves the sandbox on', () => {
    const entry = desktopEntry(ABOUT);
    for (const line of [
      'GenericName[ko]=',
      'Comment[ko]=',
      `MimeType=${MIME_TYPE};`,
      'Exec=hindcast --window %f',
    ]) {
      expect(entry).toContain(`\n${line}`);
    }
    expect(entry).not.toContain('no-sandbox');
  });

  it('knows a forecaster by the name that exports give it', () => {
    expect(FORECASTER_FILE).toBe(exportedAs);
    expect(mimeTypes()).toContain(`<glob pattern="${exportedAs}"`);
  });
});

describe('the Debian package', () => {
  it('sorts a release candidate before the release, as dpkg does', () => {
    expect(debianName(ABOUT)).toBe('hindcast_1.2.0~rc.1_amd64.deb');
  });

  it('says what it needs: one paragraph, its long description set in', () => {
    const lines = controlFile(ABOUT, { installedKib: 7, glibc: '2.36', libstdcxx: '11' })
      .trimEnd()
      .split('\n');
    expect(lines).toContain('Installed-Size: 7');
    expect(lines.find((line) => line.startsWith('Depends: '))).toMatch(
      /^Depends: libc6 \(>= 2\.36\), libstdc\+\+6 \(>= 11\), libgtk-3-0 \| libgtk-3-0t64, /,
    );
    for (const line of lines) expect(line).toMatch(/^([A-Z][\w-]*: \S| \S)/);
  });

  it('asks for the newest C library that a binary of ours names, and for that of Electron at least', () => {
    expect(neededGlibc([Buffer.from('\0GLIBC_2.2.5\0GLIBC_2.34\0'), Buffer.from('GLIBC_2.9')])).toBe('2.34');
    expect(neededGlibc([])).toBe('2.28');
  });

  it('asks for the C++ library of the compiler that made our binaries', () => {
    expect(neededLibstdcxx([Buffer.from('\0GLIBCXX_3.4.21\0GLIBCXX_3.4.29\0')])).toBe('11');
    expect(neededLibstdcxx([Buffer.from('GLIBCXX_3.4.31')])).toBe('13');
    expect(() => neededLibstdcxx([Buffer.from('GLIBCXX_3.4.99')])).toThrow('GLIBCXX_3.4.99');
  });

  it('carries the licence', async () => {
    const text = copyrightFile(await readFile('LICENSE', 'utf8'), '/usr/lib/hindcast');
    expect(text).toContain('Copyright: 2026 The Hindcast developers');
    expect(text.split('License: Expat\n')[1]).toMatch(/^( \S.*\n| \.\n)+$/);
  });
});

describe('what is packed of node_modules', () => {
  it('has the folders between a file and its package, whose package.json say what kind of modules lie there', () => {
    const paths = (...parts: string[]): string => ['', 'p', 'node_modules', ...parts].join(sep);
    expect(foldersOf(paths('@a', 'b', 'node_modules', 'c', 'dist', 'cjs', 'index.js'))).toEqual([
      paths('@a', 'b', 'node_modules', 'c'),
      paths('@a', 'b', 'node_modules', 'c', 'dist'),
      paths('@a', 'b', 'node_modules', 'c', 'dist', 'cjs'),
    ]);
    expect(foldersOf(paths('@a', 'b', 'index.js'))).toEqual([paths('@a', 'b')]);
  });
});

describe('the manual page', () => {
  const overview =
    'hindcast COMMAND\n\n  inspect  Says\n  train    Trains\n\nCOMMAND --help. Exit codes: 0 done.';

  it('has every command of the overview', () => {
    expect(commandsIn(overview)).toEqual(['inspect', 'train']);
  });

  it('gives roff no order that stands in a help text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const help = text.replace(/[\r\n]/g, '');
        const page = manPage(ABOUT, overview, [{ name: 'train', help: `.${help}` }]);
        const lines = page.split('\n');
        const line = lines[lines.indexOf('.SS train') + 2] ?? '';
        expect(line.startsWith('\\&.')).toBe(true);
        expect(line.slice(3).replace(/\\e|\\-/g, '')).not.toContain('\\');
      }),
    );
  });
});

describe('the icon', () => {
  const pictures = fc
    .integer({ min: 1, max: 24 })
    .chain((size) =>
      fc
        .uint8Array({ minLength: size * size * 4, maxLength: size * size * 4 })
        .map((pixels) => ({ size, pixels })),
    );

  it('keeps its mean opacity and one colour when it gets smaller', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 1, max: 24 }), ({ size, pixels }, wanted) => {
        const small = Math.min(size, wanted);
        const red = pixels.map((value, at) => (at % 4 === 0 ? 200 : at % 4 === 3 ? value : 0));
        const scaled = scaleDown({ size, pixels: red }, small);
        const opacity = (of: Uint8Array): number =>
          of.filter((_, at) => at % 4 === 3).reduce((sum, value) => sum + value, 0) / (of.length / 4);
        expect(Math.abs(opacity(scaled.pixels) - opacity(red))).toBeLessThanOrEqual(0.51);
        for (let at = 0; at < scaled.pixels.length; at += 4) {
          if (scaled.pixels[at + 3]! > 0)
            expect([...scaled.pixels.subarray(at, at + 3)]).toEqual([200, 0, 0]);
        }
      }),
    );
  });

  it('is there in all sizes out of the one drawn', async () => {
    const icon = readPng(await readFile('resources/icon.png'));
    expect(Math.max(...ICON_SIZES)).toBe(icon.size);
    const small = scaleDown(icon, 16);
    // The corners are round: clear at the corner, the ground's colour beside the middle of the left edge.
    expect(small.pixels[3]).toBeLessThan(128);
    expect([...small.pixels.subarray(8 * 16 * 4, 8 * 16 * 4 + 3)]).toEqual([0x12, 0x32, 0x4a]);
  });
});

describe('the icon of other systems', () => {
  it('holds PNGs in a file whose lengths and places fit', async () => {
    const icon = readPng(await readFile('resources/icon.png'));
    const mac = icns(icon);
    expect([mac.toString('latin1', 0, 4), mac.readUInt32BE(4)]).toEqual(['icns', mac.length]);
    expect(mac.toString('latin1', 8, 12)).toBe('ic07');
    expect(readPng(mac.subarray(16, 8 + mac.readUInt32BE(12))).size).toBe(128);
    const windows = ico(icon);
    const last = 6 + 16 * (windows.readUInt16LE(4) - 1);
    const from = windows.readUInt32LE(last + 12);
    expect(from + windows.readUInt32LE(last + 8)).toBe(windows.length);
    expect(readPng(windows.subarray(from)).size).toBe(256);
  });
});

describe.skipIf(process.platform === 'win32')('the program hindcast', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hindcast launcher '));
    await mkdir(join(folder, 'bin'));
    await mkdir(join(folder, 'resources', 'node'), { recursive: true });
    const program = async (path: string, text: string): Promise<void> => {
      await writeFile(join(folder, path), text);
      await chmod(join(folder, path), 0o755);
    };
    await program('bin/hindcast', launcher());
    await program('hindcast', '#!/bin/sh\necho window "$@"\n');
    await program('resources/node/node', '#!/bin/sh\nshift\necho command "$NODE_OPTIONS" "$@"\n');
    await writeFile(join(folder, 'forecaster.json'), '{}');
    await writeFile(join(folder, 'train'), '{}');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each([
    [[], 'command'],
    [['--help'], 'command --help'],
    [['train', 'a b.csv', '--out', 'x'], 'command train a b.csv --out x'],
    [['train'], 'command train'],
    [['forecaster.json'], 'window forecaster.json'],
    [['./train'], 'window ./train'],
    [['missing.json'], 'command missing.json'],
    [['--window'], 'window'],
    [['--window', 'train'], 'window train'],
  ])('%j', async (args, said) => {
    const env = { PATH: process.env['PATH'], NODE_OPTIONS: '--require=/not/ours' };
    const { stdout } = await run(join(folder, 'bin', 'hindcast'), args, { cwd: folder, env });
    expect(stdout.trim().replace(/ +/g, ' ')).toBe(said);
  });

  it('opens the window without a word where there is a display', async () => {
    const env = { PATH: process.env['PATH'], DISPLAY: ':0' };
    const { stdout } = await run(join(folder, 'bin', 'hindcast'), [], { cwd: folder, env });
    expect(stdout).toBe('window\n');
  });
});
