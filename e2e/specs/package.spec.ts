import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { acceptSuggestedName, expect, launchApp, test } from '../fixtures/app';
import {
  COMMAND,
  EXECUTABLE,
  INSTALLED,
  installPackage,
  removePackage,
  runBlind,
  whyNoPackage,
} from '../fixtures/installed-app';
import { keepPictures } from '../fixtures/screens';
import { Journey } from '../pages/journey';

/** The package, installed by apt and removed again: what a user gets who knows neither TypeScript nor a terminal. */
const lack = whyNoPackage();
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
const seattle = join(INSTALLED, 'resources/app.asar.unpacked/resources/samples/seattle-daily-2012-2015.csv');

test.describe('the package', () => {
  test.describe.configure({ mode: 'serial' });
  test.skip(lack !== null, lack ?? '');

  /** What all tests here leave and find: the user's own folders. */
  let home: string;
  test.beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'hindcast-installed-'));
    await installPackage();
  });
  test.afterAll(async () => {
    if (existsSync(COMMAND)) await removePackage();
    await rm(home, { recursive: true, force: true });
  });

  test('is on the desktop, in its menu and its manual, with a sandbox that works for everybody', async () => {
    const entry = await readFile('/usr/share/applications/hindcast.desktop', 'utf8');
    expect(entry).toContain('Exec=hindcast --window %f');
    expect((await stat(join(INSTALLED, 'chrome-sandbox'))).mode & 0o7777).toBe(0o4755);
    for (const size of [16, 48, 256, 512]) {
      expect(existsSync(`/usr/share/icons/hicolor/${size}x${size}/apps/hindcast.png`)).toBe(true);
    }
    expect(existsSync('/usr/share/man/man1/hindcast.1.gz')).toBe(true);
    expect(existsSync('/usr/share/doc/hindcast/copyright')).toBe(true);
  });

  test('is no Node.js, takes no debugger, and loads nothing but its archive', async () => {
    const wire = await getCurrentFuseWire(EXECUTABLE);
    const states = Object.entries(wire).map(([fuse, state]) => [fuse, String.fromCharCode(Number(state))]);
    // As Electron keeps them in its executable: 0 is off, 1 is on.
    expect(Object.fromEntries(states)).toMatchObject({
      [FuseV1Options.RunAsNode]: '0',
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: '0',
      [FuseV1Options.EnableNodeCliInspectArguments]: '0',
      [FuseV1Options.OnlyLoadAppFromAsar]: '1',
      [FuseV1Options.EnableCookieEncryption]: '1',
    });

    // Without a display the app ends as soon as its main process has loaded what it loads.
    const trap = join(home, 'trap.cjs');
    const mark = join(home, 'mark');
    await writeFile(trap, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '');`);
    const env = { XDG_CONFIG_HOME: join(home, 'trapped'), NODE_OPTIONS: `--require ${trap}` };
    const asNode = await runBlind(EXECUTABLE, ['--no-sandbox', '-p', '6 * 7'], {
      cwd: home,
      env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
    });
    expect(asNode.stdout).not.toContain('42');
    expect(asNode.stderr).toContain('DISPLAY');
    const watched = await runBlind(EXECUTABLE, ['--no-sandbox', '--inspect=0'], { cwd: home, env });
    expect(watched.stderr).toContain('DISPLAY');
    expect(watched.stderr).not.toContain('Debugger listening');
    await mkdir(join(home, 'app'));
    await writeFile(join(home, 'app', 'package.json'), '{"main":"../trap.cjs"}');
    await runBlind(EXECUTABLE, ['--no-sandbox', join(home, 'app')], { cwd: home, env });
    expect(existsSync(mark)).toBe(false);
  });

  test('has a command line that needs no display', async () => {
    const hindcast = (args: readonly string[], env = {}, onError?: Parameters<typeof runBlind>[3]) =>
      runBlind(COMMAND, args, { cwd: home, env }, onError);
    const help = await hindcast(['--help']);
    expect([help.code, help.stderr]).toEqual([0, '']);
    expect(help.stdout).toMatch(/^hindcast COMMAND\n/);

    const inspected = await hindcast(['inspect', seattle, '--json']);
    expect(inspected.code).toBe(0);
    expect(JSON.parse(inspected.stdout)).toMatchObject({ rows: 1461 });

    // A variable that steers our kernels in a checkout does nothing here.
    const quick = ['--preset', 'tutorial', '--horizon', '2'];
    const trained = await hindcast(['train', seattle, ...quick, '--epochs', '3', '--out', 'run'], {
      HINDCAST_KERNELS: 'tensorflow',
    });
    expect([trained.code, trained.stderr.includes('Error')]).toEqual([0, false]);
    const record = JSON.parse(await readFile(join(home, 'run', 'run.json'), 'utf8')) as {
      readonly versions: { readonly kernels: string; readonly node: string };
    };
    expect(JSON.stringify(record)).toMatch(/"kernels":"own \(\w+\)"/);

    const exported = await hindcast(['export', 'run', '--format', 'onnx,tfjs', '--out', 'model', '--json']);
    expect(exported.code).toBe(0);
    expect(await readdir(join(home, 'model'))).toEqual(
      expect.arrayContaining(['model.onnx', 'forecaster.json']),
    );

    expect(await hindcast(['train'])).toMatchObject({ code: 2, stdout: '' });
    expect(await hindcast(['inspect', 'nothing.csv'])).toMatchObject({ code: 1, stdout: '' });
    const stopped = await hindcast(
      ['train', seattle, ...quick, '--epochs', '10000', '--patience', 'off', '--out', 'stopped'],
      {},
      (text, stop) => {
        if (text.includes('Epoch')) stop();
      },
    );
    expect([stopped.code, stopped.signal]).toEqual([1, null]);
    expect(stopped.stderr).toContain('Cancelled, as you asked.');
  });

  test('goes from the Seattle sample to an exported ONNX file, and opens an export by its name', async () => {
    // Playwright reaches the main process, whose dialogs it answers, by the very door that the fuse has closed.
    await flipFuses(EXECUTABLE, {
      version: FuseVersion.V1,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
    });
    const env = { XDG_CONFIG_HOME: join(home, 'config'), HINDCAST_USER_DATA: '' };
    const app = await launchApp('', home, { executable: EXECUTABLE, env });
    const { window, electron } = app;
    const journey = new Journey(window);
    await expect(window.getByText(`Hindcast ${version}, in Electron`)).toBeVisible();
    await keepPictures(app, '10-packaged');
    await journey.trainTutorial('Seattle', 3);
    await journey.next('Verify');
    await journey.next('Forecast');
    await journey.next('Export');
    const parent = join(home, 'exported');
    await mkdir(parent);
    await acceptSuggestedName(electron, parent);
    await journey.export.write();
    const [name = ''] = await readdir(parent);
    const forecaster = join(parent, name, 'forecaster.json');
    expect(await readdir(join(parent, name))).toContain('model.onnx');
    await journey.speak('한국어');
    await expect(journey.export.checks.한국어.first()).toBeVisible();
    await keepPictures(app, '10-packaged-ko');
    await journey.speak('English');

    // A desktop starts the app once more for a file that is opened: the window that is there takes it.
    await journey.go('Data');
    const second = await launchSecond(forecaster, env);
    expect(second).toBe(0);
    await expect(journey.heading('Verify')).toBeVisible();
    expect(app.errors).toEqual([]);
    await app.close();

    const opened = await launchApp('', home, { executable: EXECUTABLE, args: [forecaster], env });
    await expect(new Journey(opened.window).heading('Verify')).toBeVisible();
    await opened.close();
  });

  test('goes without what is the user’s', async () => {
    const runs = join(home, 'config', 'Hindcast', 'runs');
    const before = await readdir(runs);
    expect(before.length).toBeGreaterThan(0);
    await removePackage();
    expect([INSTALLED, COMMAND, '/usr/share/applications/hindcast.desktop'].filter(existsSync)).toEqual([]);
    expect(await readdir(runs)).toEqual(before);
  });

  /** As `hindcast FILE` in a terminal of the same display. */
  async function launchSecond(file: string, env: Readonly<Record<string, string>>): Promise<number | null> {
    const display = process.env['DISPLAY'] ?? '';
    const args = ['--window', '--no-sandbox', file];
    const { code } = await runBlind(COMMAND, args, { cwd: home, env: { ...env, DISPLAY: display } });
    return code;
  }
});
