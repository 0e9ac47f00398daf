import { DatasetReader, sourceOfPath } from '../dataset';

/**
 * The names of the stations whose readings stand in a file; none where it is one.
 * @throws Problem of reading it
 */
export async function stationsInFile(
  file: string,
  startReader: ConstructorParameters<typeof DatasetReader>[0],
): Promise<readonly string[]> {
  const reader = new DatasetReader(startReader);
  try {
    return (await reader.open(sourceOfPath(file))).stations;
  } finally {
    reader.close();
  }
}
