import { spawnSync } from 'node:child_process';
import { appendFile, chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BROKER_PASSWORD,
  BROKER_USER,
  HAS_BROKER,
  HAS_OPENSSL,
  startBroker,
} from '../publish/broker.fixture';
import { weatherSeries } from '../trainer/trainer.fixture';
import { lastLine, runCommand } from './cli.fixture';

const ROWS = 400;
const TRAINED = 390;

/** Of what is printed for systemd, its own checker tells whether it understands every line. */
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

let folder: string;
let readings: string;
let run: string;
let lines: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-watch-'));
  readings = join(folder, 'readings.csv');
  run = join(folder, 'run');
  const { time, variables } = weatherSeries(ROWS);
  lines = Array.from(time, (instant, row) =>
    [
      new Date(instant).toISOString().slice(0, 10),
      ...variables.map(({ values }) => values[row]!.toFixed(1)),
    ].join(','),
  );
  await writeFile(readings, `date,humidity (%),temperature (°C)\n${lines.slice(0, TRAINED).join('\n')}\n`);
  const target = ['--target', 'temperature (°C)', '--epochs', '1', '--members', '1'];
  expect((await hindcast(['train', readings, ...target, '--out', run])).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const hindcast = (args: readonly string[]) => runCommand(folder, args);

describe('hindcast watch', () => {
  it('watches only runs that were set to be watched', async () => {
    const untold = await hindcast(['watch', run, '--once']);
    expect([untold.code, untold.stderr]).toEqual([
      1,
      expect.stringContaining('where its readings come from'),
    ]);
    expect((await hindcast(['watch', folder, '--source', readings, '--once'])).code).toBe(1);
    expect((await hindcast(['watch', '--once'])).code).toBe(2);
  });

  it.each([
    [['--every', '5x'], '--every 5x is no time such as 15m, 1h or 1d'],
    [['--every', '1s'], '--every 1s'],
    [['--at', '25:00'], '--at 25:00'],
    [['--every', '1h', '--at', '06:00'], 'exclude each other'],
    [['--retrain', '12h'], 'no number of days such as 30d'],
    [['--mqtt', 'http://home'], '--mqtt http://home'],
    [['--mqtt', 'mqtt://user:secret@home'], '--mqtt mqtt://user:secret@home'],
    [['--password-file', 'nothing'], 'is not there'],
  ])('refuses %j', async (options, said) => {
    const { code, stderr } = await hindcast(['watch', run, '--source', readings, '--once', ...options]);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
  });

  it('takes a password from no file that others may read', async () => {
    const file = join(folder, 'password');
    await writeFile(file, 'secret\n');
    await chmod(file, 0o644);
    const args = ['watch', run, '--source', readings, '--once', '--password-file', file];
    expect((await hindcast(args)).stderr).toContain('chmod 600');
  });

  it('issues what is due, publishes it, and does neither twice', async () => {
    const published = join(folder, 'published');
    const csv = join(folder, 'forecasts.csv');
    const first = await hindcast([
      'watch',
      run,
      '--source',
      readings,
      '--publish',
      published,
      '--csv',
      csv,
      '--once',
      '--json',
    ]);
    expect(lastLine(first.stdout)).toEqual({ watched: [run], issued: 1 });
    expect((await readdir(published)).sort()).toEqual(['forecast.json', 'hindcast.inc', 'index.html']);
    await appendFile(readings, `${lines.slice(TRAINED, TRAINED + 3).join('\n')}\n`);
    // What was chosen is kept with the run.
    expect(lastLine((await hindcast(['watch', run, '--once', '--json'])).stdout)['issued']).toBe(3);
    const before = await stat(join(run, 'forecasts.json'));
    expect(lastLine((await hindcast(['watch', run, '--once', '--json'])).stdout)['issued']).toBe(0);
    expect((await stat(join(run, 'forecasts.json'))).mtimeMs).toBe(before.mtimeMs);
    const forecast = JSON.parse(await readFile(join(published, 'forecast.json'), 'utf8')) as object;
    expect(forecast).toMatchObject({
      issuedAt: `${lines[TRAINED + 2]!.slice(0, 10)}T00:00:00`,
      method: 'model',
    });
    const issued = (await readFile(csv, 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.slice(0, 10));
    expect([...new Set(issued)]).toEqual(
      lines.slice(TRAINED - 1, TRAINED + 3).map((line) => line.slice(0, 10)),
    );
  });

  it('says that its file has moved away, and goes on when it is back', async () => {
    const away = join(folder, 'away.csv');
    const missing = await hindcast(['watch', run, '--source', away, '--once', '--json']);
    expect(missing.stderr).toContain('away.csv');
    expect(lastLine(missing.stdout)['issued']).toBe(0);
    await writeFile(away, `${await readFile(readings, 'utf8')}${lines[TRAINED + 3]}\n`);
    expect(lastLine((await hindcast(['watch', run, '--once', '--json'])).stdout)['issued']).toBe(1);
  });

  it.skipIf(!HAS_BROKER || !HAS_OPENSSL)(
    'publishes to a broker by TLS, whose certificate it must know',
    async () => {
      const broker = await startBroker(true);
      const url = `mqtts://localhost:${broker.port}`;
      const watch = ['watch', run, '--source', readings, '--mqtt', url, '--mqtt-user', BROKER_USER, '--once'];
      const { HINDCAST_MQTT_PASSWORD: before, NODE_EXTRA_CA_CERTS: trusted } = process.env;
      process.env['HINDCAST_MQTT_PASSWORD'] = BROKER_PASSWORD;
      try {
        await appendFile(readings, `${lines.slice(TRAINED + 3, TRAINED + 5).join('\n')}\n`);
        expect((await hindcast(watch)).stdout).toContain('the certificate of the broker is not trusted');
        process.env['NODE_EXTRA_CA_CERTS'] = broker.certificate!;
        await appendFile(readings, `${lines[TRAINED + 5]}\n`);
        expect((await hindcast(watch)).stdout).not.toContain(url);
        const client = await connectAsync(url, {
          ca: await readFile(broker.certificate!),
          username: BROKER_USER,
          password: BROKER_PASSWORD,
        });
        const heard = new Promise<Buffer>((resolve) => {
          client.on('message', (_topic, payload) => resolve(payload));
        });
        await client.subscribeAsync('hindcast/+/+/attributes');
        expect(JSON.parse((await heard).toString())).toBeTypeOf('object');
        await client.endAsync();
      } finally {
        if (trusted === undefined) delete process.env['NODE_EXTRA_CA_CERTS'];
        else process.env['NODE_EXTRA_CA_CERTS'] = trusted;
        if (before === undefined) delete process.env['HINDCAST_MQTT_PASSWORD'];
        else process.env['HINDCAST_MQTT_PASSWORD'] = before;
        await broker.end();
      }
    },
  );

  it('prints a unit that watches the same runs', async () => {
    const { code, stdout } = await hindcast(['watch', run, '--source', readings, '--systemd']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^ExecStart=\\S+ \\S+cli\\.cjs watch ${run}$`, 'm'));
    expect(stdout).toContain('[Install]');
    expect(stdout).not.toContain('PASSWORD=');
  });

  it.skipIf(!hasSystemd)('prints a unit that systemd has nothing to say against', async () => {
    const { stdout } = await hindcast(['watch', run, '--source', readings, '--systemd']);
    const unit = join(folder, 'hindcast.service');
    for (const [text, said] of [
      [stdout, /^$/],
      [stdout.replace('Restart=', 'Restarts='), /Unknown key 'Restarts'/],
    ] as const) {
      await writeFile(unit, text);
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, expect.stringMatching(said)]);
    }
  });
});
