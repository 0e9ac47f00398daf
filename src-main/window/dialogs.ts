import { dirname, join } from 'node:path';
import { app, dialog, type BrowserWindow, type FileFilter } from 'electron';
import { safeFileName } from './file-name';

/** The system's dialogs. Each gives what was chosen, or null when the user cancels. */
export interface Dialogs {
  /** One file or several of one station. */
  chooseReadings(): Promise<readonly string[] | null>;
  chooseForecaster(): Promise<string | null>;
  chooseSaveFile(
    suggestedName: string,
    kinds: readonly { readonly name: string; readonly extension: string }[],
  ): Promise<string | null>;
  /** The folder that an export is to become. */
  chooseExportFolder(suggestedName: string): Promise<string | null>;
}

const TEXT = ['csv', 'txt', 'tsv', 'dat', 'log', 'dly'];
const DATABASES = ['sdb', 'sqlite', 'sqlite3', 'db'];
const SPREADSHEETS = ['xlsx'];
const PACKED = ['gz', 'zip'];

/** The families of files that the readers open; what a file is, its content says. */
const READINGS: FileFilter[] = [
  { name: 'Readings', extensions: [...TEXT, ...DATABASES, ...SPREADSHEETS, ...PACKED] },
  { name: 'Text', extensions: TEXT },
  { name: 'SQLite databases (WeeWX)', extensions: DATABASES },
  { name: 'Spreadsheets', extensions: SPREADSHEETS },
  { name: 'Compressed', extensions: PACKED },
];

/** Dialogs over a window; the last folder used is offered again. */
export function createDialogs(window: () => BrowserWindow): Dialogs {
  let lastFolder = app.getPath('documents');

  const remember = (path: string | undefined): string | null => {
    if (path === undefined || path === '') return null;
    lastFolder = dirname(path);
    return path;
  };
  const chooseExisting = async (
    title: string,
    filters: FileFilter[],
    several: 'one' | 'several',
  ): Promise<readonly string[] | null> => {
    const answer = await dialog.showOpenDialog(window(), {
      title,
      defaultPath: lastFolder,
      properties: several === 'several' ? ['openFile', 'multiSelections'] : ['openFile'],
      filters: [...filters, { name: 'All files', extensions: ['*'] }],
    });
    return answer.canceled || remember(answer.filePaths[0]) === null ? null : answer.filePaths;
  };
  const chooseNew = async (
    title: string,
    suggestedName: string,
    filters: FileFilter[],
  ): Promise<string | null> => {
    const answer = await dialog.showSaveDialog(window(), {
      title,
      defaultPath: join(lastFolder, safeFileName(suggestedName)),
      filters,
    });
    return answer.canceled ? null : remember(answer.filePath);
  };

  return {
    chooseReadings: () => chooseExisting('Open readings', READINGS, 'several'),
    async chooseForecaster() {
      const chosen = await chooseExisting(
        'Open a trained model',
        [{ name: 'Forecaster', extensions: ['json'] }],
        'one',
      );
      return chosen?.[0] ?? null;
    },
    chooseSaveFile: (suggestedName, kinds) =>
      chooseNew(
        'Save',
        suggestedName,
        kinds.map(({ name, extension }) => ({ name, extensions: [extension] })),
      ),
    chooseExportFolder: (suggestedName) => chooseNew('Export the model as a folder', suggestedName, []),
  };
}
