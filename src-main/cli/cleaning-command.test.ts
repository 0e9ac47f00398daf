import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CleaningEffect } from '../contract/cleaning';
import { weatherSeries } from '../trainer/trainer.fixture';
import { lastLine, runCommand } from './cli.fixture';

let folder: string;
/** Rows in which the gauge wrote what no weather gives, and one that only a person knows to be wrong. */
const IMPOSSIBLE = [40, 90, 260, 300, 370];
const WRONG = 120;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-cli-cleaning-'));
  const { time, variables } = weatherSeries();
  const [humidity, temperature] = variables;
  const lines = Array.from(time, (instant, row) => {
    const wet = IMPOSSIBLE.includes(row) ? 7679 : row === WRONG ? 1 : humidity!.values[row]!;
    const day = new Date(instant).toISOString().slice(0, 10);
    return [day, wet.toFixed(1), temperature!.values[row]!.toFixed(1)].join(',');
  });
  await writeFile(join(folder, 'a.csv'), ['date,humidity (%),temperature (°C)', ...lines].join('\n'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// The LSTM alone: a blend leans on what a ruined scale does not touch.
const COMMAND = [
  ...[
    'cleaning',
    'a.csv',
    '--target',
    'temperature (°C)',
    '--preset',
    'tutorial',
    '--epochs',
    '20',
    '--json',
  ],
];

it('says what the readings taken out were worth, and keeps nothing', async () => {
  const before = await readdir(folder);
  const strike = ['--strike', `humidity (%)=2021-05-01..2021-05-01`];
  const ended = await runCommand(folder, [...COMMAND, ...strike]);
  expect([ended.code, ended.stderr]).toEqual([0, expect.anything()]);
  const { sentence, ...effect } = lastLine(ended.stdout) as unknown as CleaningEffect & { sentence: string };
  expect(effect).toMatchObject({ targetName: 'temperature (°C)', unit: '°C', taken: IMPOSSIBLE.length + 1 });
  const { asRead, mended, windows } = effect.compared!;
  expect(windows).toBeGreaterThan(50);
  // Five readings of 7679 leave nothing of the scale of the others.
  expect(mended).toBeLessThan(asRead);
  expect(sentence).toContain(`${mended.toFixed(3)} °C`);
  expect(await readdir(folder)).toEqual(before);
});

it('has nothing to say where nothing was taken out', async () => {
  const ended = await runCommand(folder, [...COMMAND, '--features', 'temperature (°C)']);
  expect(lastLine(ended.stdout)).toMatchObject({ taken: 0, compared: null });
});
