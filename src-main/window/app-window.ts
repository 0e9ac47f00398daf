import { BrowserWindow, dialog, nativeTheme } from 'electron';
import { phrase, type Phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { windowWords } from './language';
import { APP_URL } from './security';

/** After so many crashes of its page within a minute the window is not opened again. */
const MOST_CRASHES = 3;
const CRASHES_WITHIN_MS = 60_000;

export interface AppWindowParts {
  readonly preload: string;
  /** Started by the system: the window waits until someone asks for it. */
  readonly isHidden: boolean;
  /** Whether the app is about to end: then a page that goes is no fault. */
  isEnding(): boolean;
  /** The page ended by a fault and is opened again. */
  onCrash(problem: Problem): void;
  /** There can be no window. */
  onFailure(problem: Problem): void;
}

/** The one window: sandboxed, isolated, shown when its first picture is ready. A page that crashes is opened again. */
export function createAppWindow({
  preload,
  isHidden,
  isEnding,
  onCrash,
  onFailure,
}: AppWindowParts): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Hindcast',
    width: 1280,
    height: 800,
    minWidth: 1000,
    minHeight: 700,
    show: false,
    // As --surface in app.css, so that nothing flashes before the page is drawn.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14181d' : '#f7f8f9',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      enableWebSQL: false,
    },
  });
  const { webContents } = window;
  const crashes: number[] = [];

  const load = (): void => {
    window.loadURL(APP_URL).catch((error: unknown) => {
      const cause = error instanceof Error ? error.message : String(error);
      // A page that crashes while it loads is handled below; ERR_ABORTED says that it was loaded again.
      if (
        !webContents.isDestroyed() &&
        !webContents.isCrashed() &&
        !/ERR_(ABORTED|FAILED) \(-[23]\)/.test(cause)
      ) {
        onFailure(
          new Problem('window-unloadable', { cause: phrase('error-code', { error: codeOfLoading(cause) }) }),
        );
      }
    });
  };
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (isEnding() || reason === 'clean-exit') return;
    const now = Date.now();
    crashes.push(now);
    const lately = crashes.filter((at) => now - at < CRASHES_WITHIN_MS);
    if (lately.length > MOST_CRASHES) {
      onFailure(new Problem('window-crashes', { cause: causeOfGone(reason) }));
      return;
    }
    onCrash(new Problem('window-crashed', { cause: causeOfGone(reason) }));
    // Not within the event: Chromium is still taking the old page away.
    setImmediate(load);
  });
  window.on('unresponsive', () => void offerReload(window));
  if (!isHidden) window.once('ready-to-show', () => window.show());
  load();
  return window;
}

/** Brings it before all others, from wherever it is. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** What was chosen is saved as it changes, and a training has a process of its own: reloading loses nothing. */
async function offerReload(window: BrowserWindow): Promise<void> {
  const { message, detail, wait, reload } = windowWords().unresponsive;
  const answer = await dialog.showMessageBox(window, {
    type: 'warning',
    message,
    detail,
    buttons: [wait, reload],
    defaultId: 0,
    cancelId: 0,
  });
  if (answer.response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
}

/** Why the page's process ended, as Electron calls it. */
function causeOfGone(reason: string): Phrase {
  switch (reason) {
    case 'crashed':
      return phrase('page-crashed');
    case 'killed':
      return phrase('page-killed');
    case 'oom':
      return phrase('page-memory');
    default:
      return phrase('error-code', { error: reason });
  }
}

/** Chromium's own code out of its message, such as ERR_FILE_NOT_FOUND. */
const codeOfLoading = (message: string): string => /ERR_\w+/.exec(message)?.[0] ?? 'ERR_FAILED';
