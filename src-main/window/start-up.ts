import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { app } from 'electron';
import { cannotWrite, writeAtomically } from '../files/atomic';

/** Given by the system's start: the window stays closed. */
export const HIDDEN = '--hidden';

/** Of desktops on Linux: https://specifications.freedesktop.org/autostart-spec/latest/ */
const entryPath = (): string => join(app.getPath('appData'), 'autostart', 'hindcast.desktop');

/** What an entry starts; in a checkout the app's folder is named beside Electron. */
const startCommand = (): string =>
  [process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()]), HIDDEN]
    .map((word) => `"${word.replace(/["\\`$]/g, '\\$&').replaceAll('%', '%%')}"`)
    .join(' ');

/** Whether Hindcast starts with the system. */
export async function startsWithSystem(): Promise<boolean> {
  if (process.platform !== 'linux') return app.getLoginItemSettings({ args: [HIDDEN] }).openAtLogin;
  return access(entryPath()).then(
    () => true,
    () => false,
  );
}

/** @throws Problem 'cannot-write' */
export async function startWithSystem(isOn: boolean): Promise<void> {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: isOn, args: [HIDDEN] });
    return;
  }
  const path = entryPath();
  if (!isOn) {
    await rm(path, { force: true }).catch((error: unknown) => {
      throw cannotWrite(path, error);
    });
    return;
  }
  const lines = ['[Desktop Entry]', 'Type=Application', 'Name=Hindcast', `Exec=${startCommand()}`, ''];
  await writeAtomically(path, lines.join('\n'));
}
