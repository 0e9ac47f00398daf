import { join, resolve } from 'node:path';
import { app } from 'electron';
import { unpacked } from '../files/unpacked';

/** Where everything lies: the built entries, the resources, and the user's own folder. */
export interface AppPaths {
  readonly rendererFolder: string;
  readonly preload: string;
  readonly trainerEntry: string;
  readonly readerEntry: string;
  readonly resources: string;
  readonly userData: string;
  readonly runs: string;
  readonly search: string;
  readonly fleets: string;
  readonly logFile: string;
}

/** The main bundle lies in out/main; HINDCAST_USER_DATA moves the user's folder (tests, portable use). */
export function resolvePaths(mainFolder: string): AppPaths {
  const out = join(mainFolder, '..');
  const root = join(out, '..');
  const chosen = process.env['HINDCAST_USER_DATA'];
  const userData = chosen === undefined || chosen === '' ? app.getPath('userData') : resolve(chosen);
  return {
    rendererFolder: join(out, 'renderer'),
    preload: join(out, 'preload', 'preload.cjs'),
    trainerEntry: join(mainFolder, 'trainer.cjs'),
    readerEntry: join(mainFolder, 'reader.cjs'),
    // Files that are read as a user's own are, by their size and times: an archive cannot give these.
    resources: join(unpacked(root), 'resources'),
    userData,
    runs: join(userData, 'runs'),
    search: join(userData, 'search'),
    fleets: join(userData, 'fleets'),
    logFile: join(userData, 'logs', 'hindcast.log'),
  };
}
