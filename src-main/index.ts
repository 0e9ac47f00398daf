import { mkdir } from 'node:fs/promises';
import { app, BrowserWindow, clipboard, nativeTheme, shell } from 'electron';
import { eventChannel } from './contract/bridge';
import type { EventName, EventPayloads } from './contract/requests';
import { DatasetReader } from './dataset';
import { createHandlers } from './ipc/handlers';
import { registerHandlers } from './ipc/register';
import { PreferencesFile, RunLibrary, SearchFolder } from './library';
import { deviceEnvironment, SearchService, TrainingService } from './training';
import { createAppWindow } from './window/app-window';
import { createDialogs } from './window/dialogs';
import { setMenu } from './window/menu';
import { resolvePaths } from './window/paths';
import { printAndExit, printJobOf, printToPdf } from './window/print-report';
import { declareScheme, denyByDefault, isOurFrame, serveRenderer } from './window/security';
import { startUtilityProcess } from './window/utility-process';

/** Builds the parts and joins them; nothing else happens here. */
async function start(): Promise<void> {
  const printing = printJobOf(process.argv);
  if (printing !== null) {
    await app.whenReady();
    denyByDefault();
    await printAndExit(printing);
    return;
  }
  const paths = resolvePaths(__dirname);
  // A second start shows the first one's window: two would write the same runs.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  declareScheme();
  await app.whenReady();
  await mkdir(paths.runs, { recursive: true });
  denyByDefault();
  serveRenderer(paths.rendererFolder);
  setMenu();

  let window: BrowserWindow;
  const tell = <N extends EventName>(name: N, payload: EventPayloads[N]): void => {
    if (!window.isDestroyed()) window.webContents.send(eventChannel(name), payload);
  };
  const preferences = new PreferencesFile(paths.userData);
  const { theme, device } = await preferences.load();
  nativeTheme.themeSource = theme;
  const library = new RunLibrary(paths.runs);
  await library.recover();
  const openReader = (): DatasetReader =>
    new DatasetReader(() => startUtilityProcess(paths.readerEntry, 'Hindcast reader'));
  const reader = openReader();
  const training = new TrainingService({
    library,
    startTrainer: (chosen) =>
      startUtilityProcess(paths.trainerEntry, 'Hindcast trainer', {
        ...deviceEnvironment(chosen),
        TF_CPP_MIN_LOG_LEVEL: '2',
      }),
    device,
    emit: (event) => tell('training', event),
  });

  const search = new SearchService({
    folder: new SearchFolder(paths.search),
    training,
    emit: (report) => tell('search', report),
  });

  const handlers = createHandlers({
    info: {
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      platform: process.platform,
      locale: app.getLocale(),
      runsFolder: paths.runs,
    },
    resources: paths.resources,
    reader,
    openReader,
    library,
    preferences,
    training,
    search,
    dialogs: createDialogs(() => window),
    tell,
    applyTheme: (theme) => {
      nativeTheme.themeSource = theme;
    },
    printToPdf,
    copyText: (text) => clipboard.writeText(text),
    showInFolder: (path) => shell.showItemInFolder(path),
  });
  registerHandlers(handlers, (event) => isOurFrame(event.senderFrame));

  const openWindow = (): void => {
    window = createAppWindow(paths.preload);
    // Not before there is something to see.
    window.webContents.once('did-finish-load', () => {
      reader.keepReady();
      training.keepReady();
    });
  };
  openWindow();
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => {
    void search.close();
    void training.close();
    reader.close();
  });
}

void start();
