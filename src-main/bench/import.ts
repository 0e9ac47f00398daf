import { execFile, fork } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { readTable, seriesOfTable, sourceOfPath, summarise } from '../dataset';

/** As the Jena file: eight years of ten minutes. */
const ROWS = 420_551;
const STEP_MS = 600_000;
const ROWS_PER_WRITE = 5000;
const ROUNDS = 3;

const NAMES = [
  'Date Time,p (mbar),T (degC),Tpot (K),Tdew (degC),rh (%),VPmax (mbar),VPact (mbar),VPdef (mbar),sh (g/kg)',
  'H2OC (mmol/mol),rho (g/m**3),wv (m/s),max. wv (m/s),wd (deg)',
].join(',');

export interface ImportResult {
  readonly rows: number;
  readonly megabytes: number;
  /** Seconds, medians of the rounds. */
  readonly read: number;
  readonly summary: number;
  readonly series: number;
  readonly total: number;
  /** Of the reading process, at the most. */
  readonly peakMegabytes: number;
  readonly rowsPerSecond: number;
  /** `read_csv` and `to_datetime(format=...)`; null where Python cannot import pandas. */
  readonly pandas: {
    readonly version: string;
    readonly seconds: number;
    readonly rowsPerSecond: number;
  } | null;
}

interface Round {
  readonly read: number;
  readonly summary: number;
  readonly series: number;
  readonly peakMegabytes: number;
}

/** Times the opening of a long file in processes of their own, beside pandas where it is at hand. */
export async function benchImport(): Promise<ImportResult> {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-bench-'));
  try {
    const path = join(folder, 'jena-like.csv');
    await writeJenaLike(path);
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await runInProcess(path));
    const median = (part: keyof Round): number =>
      rounds.map((each) => each[part]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
    const [read, summary, series] = [median('read'), median('summary'), median('series')];
    return {
      rows: ROWS,
      megabytes: (await stat(path)).size / 1e6,
      read,
      summary,
      series,
      total: read + summary + series,
      peakMegabytes: Math.max(...rounds.map((each) => each.peakMegabytes)),
      rowsPerSecond: ROWS / read,
      pandas: await timePandas(path),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** In the process that is measured: reads the file and tells its parent how long that took. */
export async function runImport(path: string): Promise<void> {
  const started = performance.now();
  const hooks = { onProgress: () => undefined, signal: new AbortController().signal };
  const table = await readTable(sourceOfPath(path), hooks);
  const readAt = performance.now();
  const { suggestion } = summarise(table, 'bench');
  const summaryAt = performance.now();
  if (suggestion !== null) seriesOfTable(table, suggestion);
  const round: Round = {
    read: (readAt - started) / 1000,
    summary: (summaryAt - readAt) / 1000,
    series: (performance.now() - summaryAt) / 1000,
    // maxRSS is in kilobytes.
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
  };
  process.send?.(round);
}

async function runInProcess(path: string): Promise<Round> {
  const child = fork(process.argv[1] ?? '', ['--runner', 'import', path]);
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`the reading process ended with code ${String(code)} before it told its times`);
  });
  const [round] = (await Promise.race([once(child, 'message'), exited])) as [Round];
  exited.catch(() => undefined);
  return round;
}

async function writeJenaLike(path: string): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${NAMES}\n`);
  const pad = (part: number): string => String(part).padStart(2, '0');
  const start = Date.UTC(2009, 0, 1, 0, 10);
  for (let first = 0; first < ROWS; first += ROWS_PER_WRITE) {
    const lines = Array.from({ length: Math.min(ROWS_PER_WRITE, ROWS - first) }, (_, at) => {
      const row = first + at;
      const date = new Date(start + row * STEP_MS);
      const day = `${pad(date.getUTCDate())}.${pad(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`;
      const clock = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:00`;
      // Waves of a year and a day, and a spread that no compression or cache could use.
      const wave = 9 + 8 * Math.sin(row / 8365) + 4 * Math.sin(row / 22.9) + ((row * 7919) % 100) / 100;
      const wind = row % 50_000 === 77 ? -9999 : ((row * 31) % 97) / 10;
      const values = [989 + wave / 4, wave, wave + 273.9, wave - 4, 70 + wave, 11 + wave / 3, 9, 2 + wave / 9]
        .concat([5 + wave / 8, 9 + wave / 7, 1210 + wave, wind, wind, (row * 13) % 360])
        .map((value) => value.toFixed(2));
      return `${day} ${clock},${values.join(',')}\n`;
    });
    if (!file.write(lines.join(''))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

const PANDAS = `
import json, sys, time
import pandas as pd
times = []
for _ in range(${ROUNDS}):
    started = time.perf_counter()
    table = pd.read_csv(sys.argv[1])
    pd.to_datetime(table["Date Time"], format="%d.%m.%Y %H:%M:%S")
    times.append(time.perf_counter() - started)
print(json.dumps({"version": pd.__version__, "seconds": sorted(times)[len(times) // 2]}))
`;

async function timePandas(path: string): Promise<ImportResult['pandas']> {
  const python = process.env['HINDCAST_PYTHON'] ?? 'python3';
  try {
    const { stdout } = await promisify(execFile)(python, ['-c', PANDAS, path]);
    const { version, seconds } = JSON.parse(stdout) as { version: string; seconds: number };
    return { version, seconds, rowsPerSecond: ROWS / seconds };
  } catch {
    return null;
  }
}

/** The lines that the result is printed as. */
export function importLines(result: ImportResult): readonly string[] {
  const { rows, megabytes, read, summary, series, total, peakMegabytes, rowsPerSecond, pandas } = result;
  const rate = (value: number): string => `${Math.round(value).toLocaleString('en')} rows/s`;
  return [
    `${rows.toLocaleString('en')} rows, ${megabytes.toFixed(0)} MB`,
    `from file to series ${total.toFixed(2)} s (goal: under 6): read ${read.toFixed(2)}, summary ${summary.toFixed(2)}, series ${series.toFixed(2)}`,
    `peak memory of the reading process ${peakMegabytes.toFixed(0)} MB (goal: under 700)`,
    pandas === null
      ? `${rate(rowsPerSecond)}; Python cannot import pandas`
      : `${rate(rowsPerSecond)}; pandas ${pandas.version} ${rate(pandas.rowsPerSecond)}: ${(rowsPerSecond / pandas.rowsPerSecond).toFixed(2)} x its speed (goal: at least 0.5)`,
  ];
}
