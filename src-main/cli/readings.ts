import { resolve } from 'node:path';
import { DETECT_ALL, type DatasetSummary, type ReadingOptions } from '../contract/dataset';
import { DatasetReader, forkReader, sourceOfPath, type SourceFile } from '../dataset';
import { readingOf, readRecord } from '../library';
import { kindOfFolder } from '../model';
import type { CommandContext } from './command';

/** Opens a file, shows the reading, and gives what was found to `use`; Control-C ends the reading. */
export async function withReadings<T>(
  { terminal, installation, signal }: CommandContext,
  file: string | SourceFile,
  use: (reader: DatasetReader, summary: DatasetSummary) => Promise<T>,
  options: ReadingOptions = DETECT_ALL,
): Promise<T> {
  const source = typeof file === 'string' ? sourceOfPath(resolve(file)) : file;
  const reader = new DatasetReader(() => forkReader(installation.readerEntry));
  const cancel = (): void => reader.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const summary = await reader.open(
      source,
      ({ fraction, rows }) =>
        terminal.progress(`Reading ${source.fileName}: ${Math.round(fraction * 100)} %, ${rows} rows`),
      options,
    );
    return await use(reader, summary);
  } finally {
    signal.removeEventListener('abort', cancel);
    reader.close();
  }
}

/** How a newer file is read for the model in a folder: as that which a run was trained on; for an export, as found. */
export async function readingFor(folder: string): Promise<ReadingOptions> {
  return (await kindOfFolder(folder)) === 'run' ? readingOf(await readRecord(folder, folder)) : DETECT_ALL;
}
