import { resolve } from 'node:path';
import { DETECT_ALL, type DatasetSummary, type ReadingOptions } from '../contract/dataset';
import { DatasetReader, forkReader, sourceOfPath, type SourceFile } from '../dataset';
import { keptForecasts, readingOf, readRecord } from '../library';
import { kindOfFolder } from '../model';
import { UsageError, type Arguments, type Options } from './arguments';
import type { CommandContext } from './command';

/** Files of forecasts that are joined to the readings. */
export const FORECASTS_OPTION: Options = {
  forecasts: {
    value: 'FILE',
    help: "a weather service's forecasts, joined by time: Open-Meteo's previous runs, a table with times of issue and valid times or lead times, or one file a run (may be given again)",
    multiple: true,
  },
  'forecast-hours': {
    value: 'H',
    help: 'hours added to the times of the forecasts to have them on the clock of the readings; found out if left out',
  },
};

/** @throws UsageError where hours are none */
function forecastsOf(args: Arguments, { forecasts, forecastHours }: ReadingOptions) {
  const files = args.all('forecasts').map((path) => sourceOfPath(resolve(path)));
  const text = args.text('forecast-hours');
  const hours = text === undefined ? forecastHours : Number(text);
  if (hours !== null && !(Math.abs(hours) <= 26)) {
    throw new UsageError(`--forecast-hours ${text}: give it as a number from -26 to 26`);
  }
  const names = files.length === 0 ? forecasts : files.map(({ fileName }) => fileName);
  return { files, options: { forecasts: names, forecastHours: hours } };
}

/**
 * Opens a file, with the forecasts that are named beside it, shows the reading, and gives what was found to `use`; Control-C
 * ends the reading.
 */
export async function withReadings<T>(
  { args, terminal, installation, signal }: CommandContext,
  file: string | SourceFile,
  use: (reader: DatasetReader, summary: DatasetSummary) => Promise<T>,
  options: ReadingOptions = DETECT_ALL,
  beside: readonly SourceFile[] = [],
): Promise<T> {
  const source = typeof file === 'string' ? sourceOfPath(resolve(file)) : file;
  const named = forecastsOf(args, options);
  const reader = new DatasetReader(() => forkReader(installation.readerEntry));
  const cancel = (): void => reader.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const summary = await reader.open(
      [source, ...named.files, ...beside],
      ({ fraction, rows }) =>
        terminal.progress(`Reading ${source.fileName}: ${Math.round(fraction * 100)} %, ${rows} rows`),
      { ...options, ...named.options },
    );
    return await use(reader, summary);
  } finally {
    signal.removeEventListener('abort', cancel);
    reader.close();
  }
}

/** The forecasts that a run keeps, to be joined to a newer file; an export has none. */
export async function forecastsOfRun(folder: string): Promise<readonly SourceFile[]> {
  if ((await kindOfFolder(folder)) !== 'run') return [];
  const kept = await keptForecasts(folder);
  return kept === null ? [] : [sourceOfPath(kept)];
}

/** How a newer file is read for the model in a folder: as that which a run was trained on; for an export, as found. */
export async function readingFor(folder: string): Promise<ReadingOptions> {
  return (await kindOfFolder(folder)) === 'run' ? readingOf(await readRecord(folder, folder)) : DETECT_ALL;
}
