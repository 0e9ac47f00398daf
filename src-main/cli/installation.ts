import { access, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Where the parts of the program lie. */
export interface Installation {
  /** What one types to start it, as the help says it. */
  readonly program: string;
  readonly isPackaged: boolean;
  readonly trainerEntry: string;
  readonly readerEntry: string;
  readonly resources: string;
  /** What Electron is started with to open the app: its folder, or nothing where the app is built into it. */
  readonly appArguments: readonly string[];
  /** The executable of the Electron runtime, or null where none is installed. */
  electron(): Promise<string | null>;
}

/** What a package keeps beside Electron's archive, for plain Node (scripts/package/application.mjs). */
const UNPACKED = 'app.asar.unpacked';
/** Seen from the folder of resources. */
const EXECUTABLE =
  { win32: '../hindcast.exe', darwin: '../MacOS/hindcast' }[process.platform as string] ?? '../hindcast';

/** @param here the folder of the bundled entries, out/main of a checkout or of a package */
export function installationOf(here: string): Installation {
  const root = join(here, '..', '..');
  const isPackaged = basename(root) === UNPACKED;
  return {
    program: isPackaged ? 'hindcast' : 'npm run -s hindcast --',
    isPackaged,
    trainerEntry: join(here, 'trainer.cjs'),
    readerEntry: join(here, 'reader.cjs'),
    resources: join(root, 'resources'),
    appArguments: isPackaged ? [] : [root],
    electron: () => (isPackaged ? present(join(root, '..', EXECUTABLE)) : electronOf(root)),
  };
}

/** As the electron package itself finds it, but without its fetching one that is not there. */
async function electronOf(root: string): Promise<string | null> {
  const folder = join(root, 'node_modules', 'electron');
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  try {
    const name = (await readFile(join(folder, 'path.txt'), 'utf8')).trim();
    return await present(join(override || join(folder, 'dist'), name));
  } catch {
    return null;
  }
}

const present = (file: string): Promise<string | null> =>
  access(file).then(
    () => file,
    () => null,
  );
