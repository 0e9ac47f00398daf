import { app, dialog, type BrowserWindow } from 'electron';
import { windowWords } from './language';

/** Which Hindcast this is, and what it runs in. */
export async function showAbout(window: BrowserWindow): Promise<void> {
  const { electron = '', chrome, node } = process.versions;
  await dialog.showMessageBox(window, {
    type: 'info',
    title: windowWords().menu.about,
    message: `Hindcast ${app.getVersion()}`,
    detail: `Electron ${electron}, Chrome ${chrome}, Node.js ${node}\n${windowWords().licence}`,
  });
}
