import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weatherSeries } from '../trainer/trainer.fixture';
import { lastLine, runCommand } from './cli.fixture';

let folder: string;
let readings: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-cli-'));
  readings = join(folder, 'readings.csv');
  const { time, variables } = weatherSeries();
  const lines = Array.from(time, (instant, row) =>
    [
      new Date(instant).toISOString().slice(0, 10),
      ...variables.map(({ values }) => values[row]!.toFixed(1)),
    ].join(','),
  );
  await writeFile(readings, ['date,humidity (%),temperature (°C)', ...lines].join('\n'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const hindcast = (args: readonly string[], onError?: Parameters<typeof runCommand>[2]) =>
  runCommand(folder, args, onError);
const TARGET = ['--target', 'temperature (°C)'];

describe('hindcast', () => {
  it('inspects a file', async () => {
    const { code, stdout } = await hindcast(['inspect', readings, '--json']);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(lastLine(stdout)).toMatchObject({
      rows: 400,
      delimiter: ',',
      decimal: '.',
      headerLine: 1,
      time: { column: 'date' },
      format: { label: 'Delimited text' },
      step: { seconds: 86_400, label: 'daily', exactShare: 1 },
      duplicateTimes: 0,
      gaps: [],
      columns: [{ name: 'date', role: 'time' }, { unit: '%', missing: 0 }, { quantity: 'temperature' }],
      problems: [],
      suggested: {
        question: 'next-days',
        questions: ['next-days', 'own'],
        window: 7,
        horizon: 7,
        target: 'temperature (°C)',
        inputs: ['humidity (%)', 'temperature (°C)'],
        leftOut: [],
      },
    });
  });

  it('names the folder of a run after its file where none is named, and replaces nothing', async () => {
    for (const name of ['readings-run', 'readings-run-2']) {
      const { code, stdout } = await hindcast([
        'train',
        readings,
        '--epochs',
        '1',
        '--members',
        '1',
        '--json',
      ]);
      expect(code).toBe(0);
      expect(lastLine(stdout)['folder']).toBe(join(folder, name));
      expect(await readdir(join(folder, name))).toContain('run.json');
    }
  });

  it('strikes readings, keeps that with the run, and with the model that leaves', async () => {
    const run = join(folder, 'struck');
    const strike = [
      '--strike',
      'humidity=2021-02-01..2021-02-03',
      '--strike',
      'temperature=2022-02-05T00:00',
    ];
    const small = ['--window', '3', '--hidden', '2', '--epochs', '1'];
    const trained = await hindcast(['train', readings, ...TARGET, ...strike, ...small, '--out', run]);
    expect(trained).toMatchObject({ code: 0 });
    expect(trained.stdout).toContain('Struck: humidity (%) from 2021-02-01');
    const at = (text: string): number => Date.parse(`${text}Z`);
    const humidity = [{ from: at('2021-02-01T00:00'), to: at('2021-02-03T23:59:59.999') }];
    const record = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as { columns: object[] };
    expect(record.columns).toMatchObject([
      {},
      { struck: humidity },
      { struck: [{ to: at('2022-02-05T00:00') }] },
    ]);
    const model = join(folder, 'struck-model');
    expect(await hindcast(['export', run, '--format', 'tfjs', '--out', model])).toMatchObject({ code: 0 });
    const document = JSON.parse(await readFile(join(model, 'forecaster.json'), 'utf8')) as typeof record;
    expect(document.columns).toEqual(record.columns);

    // Newer readings obey by time: of the day that was struck before it came nothing is seen.
    const forecastAfter = async (celsius: number): Promise<unknown> => {
      const newer = join(folder, `newer-${celsius}.csv`);
      const text = await readFile(readings, 'utf8');
      await writeFile(newer, `${text}\n2022-02-05,60,${celsius}\n2022-02-06,60,4.5\n`);
      return lastLine((await hindcast(['forecast', model, newer, '--json'])).stdout)['points'];
    };
    const points = (await forecastAfter(3)) as readonly { readonly time: string }[];
    expect(points[0]?.time).toMatch(/^2022-02-07/);
    expect(await forecastAfter(44)).toEqual(points);
  });

  it('trains what it would suggest where no target is named, and says what that leaves out', async () => {
    const file = join(folder, 'console.csv');
    const lines = (await readFile(readings, 'utf8')).split('\n');
    const wider = lines.slice(0, 120).map((line, row) => {
      return row === 0 ? `${line},indoor temp (°C),battery` : `${line},${20 + (row % 3)},${row % 2}`;
    });
    await writeFile(file, wider.join('\n'));
    const { suggested } = lastLine((await hindcast(['inspect', file, '--json'])).stdout);
    expect(suggested).toMatchObject({
      target: 'temperature (°C)',
      inputs: ['humidity (%)', 'temperature (°C)'],
      leftOut: [
        { name: 'indoor temp (°C)', why: 'indoors', message: 'is measured indoors.' },
        { name: 'battery', why: 'equipment' },
      ],
    });
    const run = join(folder, 'suggested');
    const trained = await hindcast(['train', file, '--epochs', '1', '--out', run, '--json']);
    expect(trained.code).toBe(0);
    expect(lastLine(trained.stdout)).toMatchObject({
      target: 'temperature (°C)',
      settings: { window: 7, horizon: 7, combine: 'best' },
    });
    expect((lastLine(trained.stdout)['inputs'] as string[]).slice(0, 2)).toEqual([
      'humidity (%)',
      'temperature (°C)',
    ]);

    const days = join(folder, 'few.csv');
    await writeFile(days, lines.slice(0, 15).join('\n'));
    const refused = await hindcast(['train', days, '--out', join(folder, 'few'), '--json']);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('too few to learn from')]);
    expect(lastLine((await hindcast(['inspect', days, '--json'])).stdout)['problems']).toMatchObject([
      { code: 'too-short', params: { count: 14, needed: 21 } },
    ]);
  });

  it('trains, forecasts and exports, and an export forecasts the same', async () => {
    const run = join(folder, 'run');
    const trained = await hindcast(
      ['train', readings, ...TARGET, '--preset', 'tutorial', '--epochs', '5'].concat([
        ...['--from', '2021-01-02', '--out', run, '--json'],
      ]),
    );
    expect(trained.stderr).toContain('persistence');
    expect(trained.code).toBe(0);
    const result = lastLine(trained.stdout);
    expect(result).toMatchObject({
      rows: 399,
      windows: { shape: [393, 6, 2], train: 314, validation: 0, test: 79 },
      parameters: { 'lstm_1/kernel': [2, 40], 'dense/bias': [1] },
      seed: 42,
      keptEpoch: 5,
    });
    expect(result['history']).toHaveLength(5);
    // There is no seasonal naive forecast: the readings do not reach back a year before the test part.
    expect(Object.keys(result['scores'] as object)).toEqual([
      'model',
      'persistence',
      'dampedPersistence',
      'climatology',
      'ridge',
    ]);
    expect(result['versions']).toHaveProperty('tensorflow');
    expect(result['crpss']).toBeCloseTo(
      1 - (result['crps'] as number) / (result['climatologyCrps'] as number),
      9,
    );
    expect((result['pit'] as number[]).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(result['quantileReliability']).toHaveLength(6);

    expect(result['verdict']).toMatch(/^The LSTM /);
    expect(result['scoresByLead']).toMatchObject([
      {
        lead: 1,
        model: { rmse: (result['scores'] as { model: { rmse: number } }).model.rmse },
        persistence: { skill: 0, intervals: { skill: [0, 0] } },
      },
    ]);

    const heldBack = lastLine((await hindcast(['verify', run, readings, '--json'])).stdout);
    expect(heldBack).toMatchObject({ part: 'held-back', windows: 79 });
    const [repeated, first] = [heldBack, result].map(({ scores }) => scores as { model: { rmse: number } });
    expect(repeated!.model.rmse).toBe(first!.model.rmse);
    const newer = join(folder, 'newer.csv');
    await writeFile(
      newer,
      (await readFile(readings, 'utf8')).replaceAll(/^202[12]/gm, (year) => String(Number(year) + 2)),
    );
    const verified = await hindcast(['verify', run, newer, '--json']);
    expect(verified.stderr).toContain('windows of newer readings');
    expect(verified.code).toBe(0);
    expect(lastLine(verified.stdout)).toMatchObject({
      target: 'temperature (°C)',
      scoresByLead: [{ lead: 1 }],
    });

    const logged = lastLine((await hindcast(['forecast', run, newer, '--json'])).stdout);
    expect(logged).toMatchObject({ log: { issued: 1, scores: null } });
    const page = join(folder, 'report.html');
    expect((await hindcast(['report', run, '--out', page])).code).toBe(0);
    expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>[^]*The LSTM /);
    expect((await hindcast(['report', run, '--language', 'ko', '--out', page])).code).toBe(0);
    expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>\n<html lang="ko">[^]*LSTM(이|과) /);
    const importance = lastLine((await hindcast(['importance', run, '--json'])).stdout);
    expect(importance).toMatchObject({
      unit: '°C',
      repeats: 10,
      inputs: [{}, {}],
      lags: [{ from: 1 }, {}, {}, {}, {}, {}],
    });
    const rolled = lastLine((await hindcast(['hindcast', run, '--every', '40', '--json'])).stdout);
    expect(rolled).toMatchObject({ every: 40, restart: 'warm', trainings: 1, windows: 79 });

    const csv = join(folder, 'forecast.csv');
    const forecast = await hindcast(['forecast', run, readings, '--out', csv, '--json']);
    expect(forecast.code).toBe(0);
    expect((await readFile(csv, 'utf8')).split('\n')).toHaveLength(3);
    const exported = join(folder, 'exported');
    expect((await hindcast(['export', run, '--format', 'tfjs', '--out', exported])).code).toBe(0);
    expect(await readdir(exported)).toContain('model.json');
    const again = await hindcast(['forecast', exported, readings, '--json']);
    expect(lastLine(again.stdout)).toEqual(lastLine(forecast.stdout));

    // One rule of what is taken in, for the window and for every command.
    const document = join(exported, 'forecaster.json');
    const text = await readFile(document, 'utf8');
    await writeFile(document, text.replace(/("targetScaler": \{\s*"mean": )/, '$11'));
    for (const ended of await Promise.all([
      hindcast(['forecast', exported, readings]),
      hindcast(['verify', exported, newer]),
      hindcast(['export', exported, '--format', 'tfjs', '--out', join(folder, 'edited')]),
    ])) {
      expect([ended.code, ended.stdout]).toEqual([1, '']);
      expect(ended.stderr).toContain('“forecaster.json” is not a forecaster that Hindcast exported');
    }
    expect(await readdir(folder)).not.toContain('edited');
    // Some twenty processes, one after another.
  });

  it('trains several targets together, and keeps a model for each', async () => {
    const run = join(folder, 'several');
    const trained = await hindcast(
      ['train', readings, ...TARGET, '--target', 'humidity', '--horizon', '2', '--epochs', '5'].concat([
        ...['--out', run, '--json'],
      ]),
    );
    expect(trained.code).toBe(0);
    expect(trained.stderr).toContain('Targets of the same network: temperature (°C), humidity (%)');
    expect(lastLine(trained.stdout)).toMatchObject({
      target: 'temperature (°C)',
      parameters: { 'dense/bias': [4] },
      furtherTargets: [
        {
          folder: join(run, 'target-2'),
          target: 'humidity (%)',
          unit: '%',
          scoresByLead: [{ lead: 1 }, { lead: 2 }],
        },
      ],
    });
    const out = join(folder, 'both.csv');
    const forecast = await hindcast(['forecast', run, readings, '--out', out, '--json']);
    expect(lastLine(forecast.stdout)).toMatchObject({
      target: 'temperature (°C)',
      furtherTargets: [{ target: 'humidity (%)' }],
    });
    expect(await readFile(join(folder, 'both-2.csv'), 'utf8')).toContain('humidity');
    const watched = await hindcast(['watch', run, '--source', readings, '--once', '--json']);
    expect(lastLine(watched.stdout)).toMatchObject({ watched: [run, join(run, 'target-2')] });
    const retrained = await hindcast(['watch', run, '--retrain', '30d', '--once']);
    expect([retrained.code, retrained.stderr]).toEqual([2, expect.stringContaining('runs of one target')]);
  });

  it('searches, and leaves the best as a run', async () => {
    const run = join(folder, 'search');
    const searched = await hindcast(
      ['search', readings, ...TARGET, '--trials', '4', '--method', 'hyperband', '--epochs', '9'].concat([
        ...['--out', run, '--json'],
      ]),
    );
    expect(searched.stderr).toContain('RMSE on the validation part');
    expect(searched.code).toBe(0);
    const result = lastLine(searched.stdout);
    expect(result).toMatchObject({
      method: 'hyperband',
      mostTrials: 4,
      trials: 5,
      // By what would forecast: the first of the LSTMs need not be it.
      best: { rank: expect.any(Number), settings: { window: expect.any(Number) } },
      finalSettings: { window: expect.any(Number) },
      scores: { model: { rmse: expect.any(Number) } },
    });
    expect((await readdir(run)).sort()).toContain('search.json');
    expect((await hindcast(['forecast', run, readings, '--json'])).code).toBe(0);
    for (const wrong of [
      ['--budget', 'soon'],
      ['--trials', 'some'],
      ['--method', 'luck'],
    ]) {
      expect((await hindcast(['search', readings, ...TARGET, '--out', run, ...wrong])).code).toBe(2);
    }
  });

  it('cancels cleanly on Control-C', async () => {
    const run = join(folder, 'cancelled');
    let asked = false;
    const { code, stderr } = await hindcast(
      ['train', readings, ...TARGET, '--epochs', '10000', '--patience', 'off', '--out', run],
      (text, pid) => {
        if (asked || !text.includes('Epoch')) return;
        asked = true;
        process.kill(pid, 'SIGINT');
      },
    );
    expect(code).toBe(1);
    expect(stderr).toContain('Cancelled, as you asked.');
    expect(await readdir(folder)).not.toContain('cancelled');
  });

  it('resumes a training that was killed, and one that Control-C left, and trains a complete one further', async () => {
    const run = join(folder, 'killed');
    /** Sends a signal as soon as an epoch is shown. */
    const atFirstEpoch = (name: NodeJS.Signals) => {
      let asked = false;
      return (text: string, pid: number): void => {
        if (asked || !text.includes('Epoch')) return;
        asked = true;
        process.kill(pid, name);
      };
    };
    const endless = ['train', readings, ...TARGET, '--epochs', '10000', '--patience', 'off', '--out', run];
    await hindcast(endless, atFirstEpoch('SIGKILL'));
    const left = await hindcast(['resume', run], atFirstEpoch('SIGINT'));
    expect(left.code).toBe(1);
    expect(left.stdout).toMatch(/Going on with .* after epoch [1-9]/);
    expect(left.stderr).toMatch(/Interrupted, as you asked, after epoch [1-9]/);
    expect(await readdir(run)).toContain('checkpoint.bin');

    const short = join(folder, 'short');
    await hindcast(['train', readings, ...TARGET, '--epochs', '2', '--patience', 'off', '--out', short]);
    const complete = await hindcast(['resume', short]);
    expect([complete.code, complete.stderr]).toEqual([
      1,
      expect.stringContaining('has ended after 2 epochs'),
    ]);
    const further = await hindcast(['resume', short, '--epochs', '4', '--device', 'cpu', '--json']);
    expect(further.code).toBe(0);
    expect(lastLine(further.stdout)).toMatchObject({ keptEpoch: 4, folder: short });
    expect(lastLine(further.stdout)['history']).toHaveLength(4);
    expect(lastLine(further.stdout)).toHaveProperty('device', 'CPU');
    expect((await hindcast(['resume', short, '--epochs', 'many'])).code).toBe(2);
  });

  it('says in one sentence what failed, and in which way it was wrongly called', async () => {
    for (const [args, code, words] of [
      [['inspect', 'no-such.csv'], 1, 'There is no file'],
      [['train', readings, '--target', 'wind', '--out', 'x'], 1, 'There is no column “wind”'],
      [['forecast', 'nowhere', readings], 1, 'run.json'],
      [['train', '--out', 'x'], 2, 'FILE is missing'],
      [['train', readings, '--out', 'x', '--question', 'snow'], 2, '--question is “snow”'],
      [['train', readings, ...TARGET, '--out', 'x', '--question', 'own'], 2, '--question chooses'],
      [['train', readings, ...TARGET, '--out', 'x', '--layers', '9'], 2, '--layers 9'],
      [['train', readings, ...TARGET, '--out', 'x', '--device', 'tpu'], 2, '--device is “tpu”'],
      [['export', 'run', '--format', 'pickle', '--out', 'x'], 2, 'pickle'],
      [['report', 'nowhere', '--out', 'x.html'], 1, 'run.json'],
      [['report', 'run', '--out', 'x.docx'], 2, 'x.docx'],
      [['report', 'run', '--out', 'x.html', '--language', 'de'], 2, '--language is “de”'],
      [['hindcast', 'run', '--every', '0'], 2, '--every 0'],
      [['fly'], 2, '“fly”'],
      [[], 2, 'A command is missing'],
    ] as const) {
      const ended = await hindcast(args);
      expect([args, ended.code]).toEqual([args, code]);
      expect(ended.stderr).toContain(words);
      expect(ended.stderr).not.toMatch(/\n\s+at /);
    }
  });

  it('helps', async () => {
    for (const args of [['--help'], ['train', '--help'], ['example', '--help']]) {
      const { code, stdout } = await hindcast(args);
      expect(code).toBe(0);
      expect(stdout).toContain('npm run -s hindcast -- ');
    }
  });

  it('goes the whole way with the bundled example', async () => {
    const { code, stdout } = await hindcast(['example', '--out', 'hindcast-example']);
    expect(code).toBe(0);
    for (const words of ['1. Import', '2. Train', 'persistence', 'LSTM', '4. Forecast', '5. Export']) {
      expect(stdout).toContain(words);
    }
    const example = join(folder, 'hindcast-example');
    expect((await readdir(example)).sort()).toEqual(['forecast.csv', 'forecast.svg', 'model', 'run']);
    expect(await readdir(join(example, 'model'))).toContain('weights.bin');
  });
});
