import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { visible } from '../contract/visible';
import { weatherSeries } from '../trainer/trainer.fixture';
import { lastLine, runCommand, type Ended } from './cli.fixture';

/** Clears a screen, moves the cursor, rings; then what looks like another name; then C1 and the end of a line. */
const ORDERS = '\x1b[2J\x1b]0;x\x07\r\x9b31m\u202eevil\u2066\u2028\x7f';
const NAME = `=temp${ORDERS}"\n(°C)`;

let folder: string;
let readings: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-hostile-'));
  readings = join(folder, `readings${ORDERS.replaceAll('/', '')}.csv`);
  const { time, variables } = weatherSeries();
  const lines = Array.from(time, (instant, row) =>
    [
      new Date(instant).toISOString().slice(0, 10),
      ...variables.map(({ values }) => values[row]!.toFixed(1)),
    ].join(','),
  );
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  await writeFile(readings, [`date,${quoted(`-hum${ORDERS}`)},${quoted(NAME)}`, ...lines].join('\n'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const hindcast = (...args: readonly string[]): Promise<Ended> => runCommand(folder, args);

/** Nothing but lines of what can be seen. */
function expectHarmless({ stdout, stderr }: Ended): void {
  for (const line of `${stdout}\n${stderr}`.split('\n')) expect(line).toBe(visible(line));
}

it('names from a file give the terminal no orders, break no JSON and are no formulas', async () => {
  const inspected = await hindcast('inspect', readings, '--json');
  expectHarmless(inspected);
  expect([inspected.code, inspected.stdout.trim().split('\n').length]).toEqual([0, 1]);
  const columns = lastLine(inspected.stdout)['columns'] as { name: string }[];
  const [, humidity, temperature] = columns.map((column) => column.name);
  // Else this would show nothing.
  expect(visible(temperature!)).not.toBe(temperature);

  const plain = await hindcast('inspect', readings);
  expectHarmless(plain);
  expect(plain.stdout).toContain(visible(humidity!));

  const run = join(folder, `run${ORDERS}`);
  const target = ['--target', temperature!, '--epochs', '2', '--preset', 'tutorial'];
  const model = join(folder, `model${ORDERS}`);
  for (const ended of [
    await hindcast('train', readings, ...target, '--out', run),
    ...(await Promise.all([
      hindcast('verify', run, readings),
      hindcast('export', run, '--format', 'tfjs', '--out', model),
      hindcast('train', readings, '--target', `no${ORDERS}`, '--out', 'x'),
      hindcast('train', readings, ...target, '--out', 'x', `--epochs=${ORDERS}`),
      hindcast('inspect', `nothing${ORDERS}`),
      hindcast('inspect', readings, `--${ORDERS}`),
      hindcast(`fly${ORDERS}`),
    ])),
  ]) {
    expectHarmless(ended);
    expect(`${ended.stdout}${ended.stderr}`).not.toBe('');
  }

  const csv = join(folder, 'forecast.csv');
  const forecast = await hindcast('forecast', run, '--out', csv, '--json');
  expectHarmless(forecast);
  expect(lastLine(forecast.stdout)).toMatchObject({ target: temperature });
  const [header] = (await readFile(csv, 'utf8')).split('\n2');
  expect(header).toContain(`,"'=temp`);
  const again = await hindcast('forecast', model, '--json');
  expect(lastLine(again.stdout)['points']).toEqual(lastLine(forecast.stdout)['points']);
});
