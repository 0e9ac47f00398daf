import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cHeader, stackBytes } from './c-header';
import type { ModelFormat, Traveller } from './format';
import { INTERVAL_ENDS } from './parts';
import { program } from './python';
import type { Windows } from './windows';

const run = promisify(execFile);
const COMPILERS = ['cc', 'gcc', 'clang'] as const;
/** Long enough for the tables of the largest models. */
const PATIENCE_MS = 300_000;
const PROBE = '#include <math.h>\nint main(void) { return (int)fabsf(0.0f); }\n';

export const c: ModelFormat = {
  model: cHeader,
  example,
  run: 'cc -std=c99 -O2 forecast.c -lm -o forecast, then: ./forecast',
  workingBytes: stackBytes,
  async open(path, windows, { parts }) {
    const folder = await mkdtemp(join(tmpdir(), 'hindcast-c-'));
    try {
      const compiler = await findCompiler(folder);
      if (compiler === null) return { kind: 'no-compiler' };
      await writeFile(join(folder, 'check.c'), checkProgram);
      const executable = await compile(compiler, folder, 'check', ['-I', dirname(path)]);
      await writeFile(join(folder, 'windows.txt'), windowsAsText(windows));
      const { stdout } = await run(executable, [join(folder, 'windows.txt')], {
        maxBuffer: 1 << 28,
        timeout: PATIENCE_MS,
      });
      const numbers = Float32Array.from(stdout.trim().split(/\s+/), Number);
      const each = parts.horizon * (1 + INTERVAL_ENDS.length);
      const isForecast = (_: number, index: number): boolean => index % each < parts.horizon;
      const forecast = numbers.filter(isForecast);
      const intervals = numbers.filter((value, index) => !isForecast(value, index));
      return {
        kind: 'opened',
        by: compiler,
        said: { forecast, ...(parts.intervals === null ? {} : { intervals }) },
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** One that compiles and whose programs run; null where none does. */
async function findCompiler(folder: string): Promise<string | null> {
  // Without Apple's tools its `cc` only opens a dialog.
  if (process.platform === 'darwin') {
    const isThere = await run('xcode-select', ['-p']).then(
      () => true,
      () => false,
    );
    if (!isThere) return null;
  }
  await writeFile(join(folder, 'probe.c'), PROBE);
  for (const compiler of COMPILERS) {
    try {
      await run(await compile(compiler, folder, 'probe', []), [], { timeout: PATIENCE_MS });
      return compiler;
    } catch {
      // The next one.
    }
  }
  return null;
}

/** @returns the program */
async function compile(
  compiler: string,
  folder: string,
  name: string,
  further: readonly string[],
): Promise<string> {
  const executable = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
  const source = join(folder, `${name}.c`);
  const strict = ['-std=c99', '-O2', '-Wall', '-Wextra', '-Werror'];
  await run(compiler, [...strict, ...further, source, '-o', executable, '-lm'], { timeout: PATIENCE_MS });
  return executable;
}

/** Reads windows, a reading and its step's time each, as text: floats come back to the same bits. */
const checkProgram = program([
  '#include <inttypes.h>',
  '#include <stdio.h>',
  '#include "hindcast.h"',
  '',
  'int main(int count, char **names) {',
  '  static float readings[HINDCAST_WINDOW * HINDCAST_READINGS];',
  '  static int64_t times[HINDCAST_WINDOW];',
  '  float forecast[HINDCAST_HORIZON], intervals[HINDCAST_HORIZON * HINDCAST_ENDS];',
  '  FILE *file = count == 2 ? fopen(names[1], "r") : NULL;',
  '  int t, k;',
  '  while (file != NULL) {',
  '    for (t = 0; t < HINDCAST_WINDOW; t++) {',
  '      if (fscanf(file, "%" SCNd64, &times[t]) != 1) return 0;',
  '      for (k = 0; k < HINDCAST_READINGS; k++)',
  '        if (fscanf(file, "%f", &readings[t * HINDCAST_READINGS + k]) != 1) return 1;',
  '    }',
  '    hindcast_forecast(readings, times, forecast, intervals);',
  '    for (k = 0; k < HINDCAST_HORIZON; k++) printf("%.9g ", (double)forecast[k]);',
  '    for (k = 0; k < HINDCAST_HORIZON * HINDCAST_ENDS; k++) printf("%.9g ", (double)intervals[k]);',
  '    printf("\\n");',
  '  }',
  '  return 1;',
  '}',
]);

function windowsAsText({ times, readings }: Windows): string {
  const width = readings.length / times.length;
  return Array.from(times, (time, row) => {
    const values = readings.subarray(row * width, (row + 1) * width);
    return `${Math.floor(time / 1000)} ${Array.from(values, (value) => value.toPrecision(9)).join(' ')}\n`;
  }).join('');
}

function example({ series, parts }: Traveller): string {
  const columns = series.inputs.map((index) => 1 + index).join(', ');
  const known = parts.intervals !== null;
  return program([
    '/* Prints the forecast that Hindcast shows: cc -std=c99 -O2 forecast.c -lm -o forecast && ./forecast */',
    '#include <stdio.h>',
    '#include <stdlib.h>',
    '#include <string.h>',
    '#include "hindcast.h"',
    '',
    'static float rows[HINDCAST_WINDOW][HINDCAST_READINGS], newest[HINDCAST_WINDOW][HINDCAST_READINGS];',
    'static int64_t times[HINDCAST_WINDOW], then[HINDCAST_WINDOW];',
    'static char line[1 << 16];',
    '',
    'int main(void) {',
    `  static const int columns[HINDCAST_READINGS] = {${columns}};`,
    '  float forecast[HINDCAST_HORIZON], ends[HINDCAST_HORIZON][HINDCAST_ENDS];',
    '  int y, mo, d, h, mi, s, k, column, whole = 0;',
    '  FILE *file = fopen("series.csv", "r");',
    '  while (file != NULL && fgets(line, sizeof line, file) != NULL) {',
    '    if (sscanf(line, "%d-%d-%dT%d:%d:%d", &y, &mo, &d, &h, &mi, &s) != 6) continue;',
    '    memmove(rows, rows + 1, sizeof rows - sizeof rows[0]), memmove(times, times + 1, sizeof times - sizeof times[0]);',
    '    times[HINDCAST_WINDOW - 1] = hindcast_time(y, mo, d, h, mi, s);',
    '    for (k = 0, whole++; k < HINDCAST_READINGS; k++) {',
    '      const char *cell = line;',
    "      for (column = 0; column < columns[k]; column++) cell = strchr(cell, ',') + 1;",
    "      *cell == ',' ? (whole = 0) : (rows[HINDCAST_WINDOW - 1][k] = strtof(cell, NULL));",
    '    }',
    '    if (whole >= HINDCAST_WINDOW) memcpy(newest, rows, sizeof rows), memcpy(then, times, sizeof times);',
    '  }',
    '  hindcast_forecast(newest[0], then, forecast, ends[0]);',
    known
      ? '  for (k = 0; k < HINDCAST_HORIZON; k++) printf("%d %.2f (95 %%: %.2f to %.2f)\\n", k + 1, forecast[k], ends[k][4], ends[k][5]);'
      : '  for (k = 0; k < HINDCAST_HORIZON; k++) printf("%d %.2f\\n", k + 1, forecast[k]);',
    '}',
  ]);
}
