import { BrowserWindow, nativeTheme } from 'electron';
import { appUrl } from './security';

/** The one window: sandboxed, isolated, shown when its first picture is ready. */
export function createAppWindow(preload: string): BrowserWindow {
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
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(appUrl);
  return window;
}
