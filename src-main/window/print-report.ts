import { readFile } from 'node:fs/promises';
import { app, BrowserWindow } from 'electron';
import { writeAtomically } from '../files/atomic';

/** Printing asked for on the command line: `electron APP --print-report PAGE.html FILE.pdf`. */
export interface PrintJob {
  readonly page: string;
  readonly pdf: string;
}

export function printJobOf(args: readonly string[]): PrintJob | null {
  const at = args.indexOf('--print-report');
  const [page, pdf] = at < 0 ? [] : args.slice(at + 1);
  return page === undefined || pdf === undefined ? null : { page, pdf };
}

/** A page of ours as PDF, A4. The window that prints it is never seen, is sandboxed, and runs no script. */
export async function printToPdf(html: string): Promise<Uint8Array> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      javascript: false,
      // In memory, and of its own: nothing of it is kept, nothing of the app's is there.
      partition: 'report',
    },
  });
  try {
    await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`);
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      preferCSSPageSize: true,
    });
  } finally {
    window.destroy();
  }
}

/** Prints and ends the process; the exit code says whether it failed. */
export async function printAndExit({ page, pdf }: PrintJob): Promise<void> {
  // Else Electron would end as soon as the printing window is gone, before the file is written.
  app.on('window-all-closed', () => undefined);
  try {
    await writeAtomically(pdf, await printToPdf(await readFile(page, 'utf8')));
    app.exit(0);
  } catch {
    app.exit(1);
  }
}
