import { dirname, join } from 'node:path';
import { app, dialog, type BrowserWindow, type FileFilter } from 'electron';
import type { WatchPath } from '../contract/watch';
import { safeFileName } from '../files/file-name';
import { windowWords } from './language';
import type { SavedPart, SaveKind } from './words';

/** The system's dialogs. Each gives what was chosen, or null when the user cancels. */
export interface Dialogs {
  /** One file or several of one station. */
  chooseReadings(): Promise<readonly string[] | null>;
  /** What a fleet's stations are in: a folder, or files. */
  chooseStations(what: 'folder' | 'files'): Promise<readonly string[] | null>;
  chooseForecaster(): Promise<string | null>;
  /** Where readings appear or forecasts go. */
  chooseWatchPath(what: WatchPath): Promise<string | null>;
  /** @param name of a run, or one of its own where `part` is null */
  chooseSaveFile(name: string, part: SavedPart | null, kinds: readonly SaveKind[]): Promise<string | null>;
  /** The folder that an export is to become. @param name of the run */
  chooseExportFolder(name: string): Promise<string | null>;
}

const TEXT = ['csv', 'txt', 'tsv', 'dat', 'log', 'dly'];
const DATABASES = ['sdb', 'sqlite', 'sqlite3', 'db'];
const SPREADSHEETS = ['xlsx'];
const PACKED = ['gz', 'zip'];

/** The families of files that the readers open; what a file is, its content says. */
function readingsFilters(): FileFilter[] {
  const words = windowWords();
  return [
    { name: words.readings, extensions: [...TEXT, ...DATABASES, ...SPREADSHEETS, ...PACKED] },
    { name: words.text, extensions: TEXT },
    { name: words.databases, extensions: DATABASES },
    { name: words.spreadsheets, extensions: SPREADSHEETS },
    { name: words.compressed, extensions: PACKED },
  ];
}

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
      filters: [...filters, { name: windowWords().allFiles, extensions: ['*'] }],
    });
    return answer.canceled || remember(answer.filePaths[0]) === null ? null : answer.filePaths;
  };
  const chooseFolder = async (title: string): Promise<string | null> => {
    const answer = await dialog.showOpenDialog(window(), {
      title,
      defaultPath: lastFolder,
      properties: ['openDirectory', 'createDirectory'],
    });
    return answer.canceled ? null : remember(answer.filePaths[0]);
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
    chooseReadings: () => chooseExisting(windowWords().openReadings, readingsFilters(), 'several'),
    async chooseStations(what) {
      const { openStations } = windowWords();
      if (what === 'files') return chooseExisting(openStations, readingsFilters(), 'several');
      const folder = await chooseFolder(openStations);
      return folder === null ? null : [folder];
    },
    async chooseForecaster() {
      const { openModel, forecaster } = windowWords();
      const chosen = await chooseExisting(openModel, [{ name: forecaster, extensions: ['json'] }], 'one');
      return chosen?.[0] ?? null;
    },
    async chooseWatchPath(what) {
      const words = windowWords();
      if (what === 'csv')
        return chooseNew(words.watch.csv, 'hindcast.csv', [{ name: words.kinds.csv, extensions: ['csv'] }]);
      if (what === 'file' || what === 'forecasts')
        return (await chooseExisting(words.watch[what], readingsFilters(), 'one'))?.[0] ?? null;
      return chooseFolder(words.watch[what]);
    },
    chooseSaveFile(name, part, kinds) {
      const words = windowWords();
      return chooseNew(
        words.save,
        part === null ? name : `${name} ${words.parts[part]}.${kinds[0] ?? ''}`,
        kinds.map((kind) => ({ name: words.kinds[kind], extensions: [kind] })),
      );
    },
    chooseExportFolder(name) {
      const { exportModel, parts } = windowWords();
      return chooseNew(exportModel, `${name} ${parts.model}`, []);
    },
  };
}
