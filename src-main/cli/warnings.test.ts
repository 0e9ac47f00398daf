import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weatherSeries } from '../trainer/trainer.fixture';
import { lastLine, runCommand } from './cli.fixture';

let folder: string;
let readings: string;
let newer: string;
let run: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-warnings-'));
  const { time, variables } = weatherSeries();
  const table = (years: number): string =>
    [
      'date,humidity,temp',
      ...Array.from(time, (instant, row) => {
        const date = new Date(instant);
        date.setUTCFullYear(date.getUTCFullYear() + years);
        return [
          date.toISOString().slice(0, 10),
          ...variables.map(({ values }) => values[row]!.toFixed(1)),
        ].join(',');
      }),
    ].join('\n');
  [readings, newer, run] = ['readings.csv', 'newer.csv', 'run'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(readings, table(0));
  await writeFile(newer, table(2));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const hindcast = (...args: string[]) => runCommand(folder, args);
interface Told {
  readonly target: string;
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly warnings: readonly Readonly<Record<string, unknown>>[];
}
const told = async (...args: string[]): Promise<Told> => {
  const { code, stdout, stderr } = await hindcast(...args, '--json');
  expect(stderr).not.toMatch(/Error/);
  expect(code).toBe(0);
  return lastLine(stdout) as unknown as Told;
};

describe('warnings', () => {
  it('are learned with a training, verified on newer readings and forecast', async () => {
    const trained = await told(
      ...['train', readings, '--event', 'temp < 8', '--event', 'humidity > 60 over 1 day'],
      ...['--cost', '20', '--damage', '100', '--epochs', '3', '--hidden', '4', '--out', run],
    );
    // The first event says what is forecast.
    expect(trained.target).toBe('temp');
    expect(trained.events).toMatchObject([
      { event: 'temp < 8', warnAbove: 0.2, costs: { cost: 20, loss: 100 } },
      { event: 'highest humidity > 60 over 24h', source: 'logistic' },
    ]);

    const verified = await told('verify', run, newer);
    expect(verified.events).toHaveLength(2);
    const [cold] = verified.events as [Record<string, number>];
    const dates = (await readFile(newer, 'utf8')).split('\n').slice(1);
    const share = dates.filter((line) => Number(line.split(',')[2]) < 8).length / dates.length;
    expect(Math.abs(cold['baseRate']! - share)).toBeLessThan(0.03);
    expect(cold['hits']! + cold['misses']! + cold['falseAlarms']! + cold['correctNegatives']!).toBe(
      cold['windows'],
    );
    for (const name of ['brier', 'brierSkill', 'pod', 'hss', 'rocArea'])
      expect(cold[name]).toBeTypeOf('number');
    const [fresh] = (await told('verify', run, newer, '--event', 'temp > 12')).events;
    expect(fresh).toMatchObject({ event: 'temp > 12', warnAbove: 0.5, savings: null });

    const { warnings } = await told('forecast', run);
    expect(warnings).toMatchObject([{ event: 'temp < 8', warnAbove: 0.2 }, { unit: '%' }]);
    expect(warnings[0]!['isOut']).toBe((warnings[0]!['probability'] as number) > 0.2);
    const lines = await hindcast('forecast', run);
    expect(lines.stdout).toMatch(
      /(Warning|No warning): temp below 8( °C)?, 1 day ahead: \d+\.\d %, warned above 20\.0 %/,
    );

    // After more training they are learned anew.
    const before = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as {
      readonly content?: unknown;
    };
    expect((await hindcast('resume', run, '--epochs', '5')).code).toBe(0);
    expect(await told('forecast', run)).toMatchObject({ warnings: [{ event: 'temp < 8' }, {}] });
    expect(JSON.stringify(before)).toContain('"learned"');
  });

  it('say in one sentence what is wrong with them', async () => {
    const refused = async (...args: string[]): Promise<string> => {
      const { code, stderr } = await hindcast(...args);
      expect(code).toBeGreaterThan(0);
      return stderr;
    };
    expect(await refused('train', readings, '--event', 'temp')).toMatch(/has none of </);
    expect(await refused('train', readings, '--target', 'temp', '--event', 'frost < 0')).toMatch(
      /no target or input “frost”/,
    );
    expect(await refused('train', readings, '--cost', '1', '--damage', '2')).toMatch(/are of an --event/);
    expect(await refused('train', readings, '--event', 'temp < 0', '--cost', '1')).toMatch(/go together/);
    const dear = ['--event', 'temp < 0', '--cost', '9', '--damage', '2'];
    expect(await refused('train', readings, ...dear)).toMatch(/must cost less than the damage/);
    const exported = join(folder, 'export');
    expect((await hindcast('export', run, '--format', 'safetensors', '--out', exported)).code).toBe(0);
    expect(await refused('verify', exported, newer, '--event', 'temp < 1')).toMatch(/learns no new events/);
  });
});
