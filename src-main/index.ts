import { join } from 'node:path';
import { app, clipboard, nativeTheme, shell } from 'electron';
import { eventChannel } from './contract/bridge';
import { Problem, toProblem } from './contract/problems';
import type { EventName, EventPayloads } from './contract/requests';
import type { WatchSettings } from './contract/watch';
import { DatasetReader } from './dataset';
import { sweepTemporaries } from './files/atomic';
import { FleetService } from './fleet';
import { createHandlers } from './ipc/handlers';
import { Readings } from './ipc/readings';
import { registerHandlers } from './ipc/register';
import { PreferencesFile, RunLibrary, SearchFolder, UnfinishedReading } from './library';
import { createLog, openLogFile, setRunningMark } from './log';
import { CleaningService, SearchService, TrainingService } from './services';
import { deviceEnvironment } from './trainer';
import { WatchService } from './watch';
import { SharedWork } from './workplace';
import { showAbout } from './window/about';
import { createAppWindow, showWindow } from './window/app-window';
import { createDialogs } from './window/dialogs';
import { endWithSentence, orderlyEnding, showProblem } from './window/ending';
import { givenFileOf } from './window/given-file';
import { speak } from './window/language';
import { logApp } from './window/log-app';
import { setMenu } from './window/menu';
import { resolvePaths } from './window/paths';
import { printAndExit, printJobOf, printToPdf } from './window/print-report';
import { closeNetwork, declareScheme, denyByDefault, isOurFrame, serveRenderer } from './window/security';
import { notifyOfWarnings } from './window/notifications';
import { Secrets } from './window/secrets';
import { HIDDEN, startsWithSystem, startWithSystem } from './window/start-up';
import { WatchTray } from './window/tray';
import { tryUserFolder } from './window/user-folder';
import { startUtilityProcess } from './window/utility-process';

/** By this the address of the broker, with its password, lies in the key store. */
const BROKER_SECRET = 'broker of fleets';
/** How long after the first picture the processes that wait for work are started. */
const SPARES_AFTER_MS = 500;

/** Where the log is, once it is kept. */
let logFile: string | null = null;

/** Builds the parts and joins them; nothing else happens here. */
async function start(): Promise<void> {
  closeNetwork();
  const printing = printJobOf(process.argv);
  if (printing !== null) {
    await app.whenReady();
    denyByDefault();
    await printAndExit(printing);
    return;
  }
  const appFolder = app.isPackaged ? null : app.getAppPath();
  let given = givenFileOf(process.argv, process.cwd(), appFolder);
  const paths = resolvePaths(__dirname);
  const notices: (Problem | null)[] = [tryUserFolder(paths.userData)];
  app.setPath('userData', paths.userData);
  // A second start shows the first one's window: two would write the same runs.
  if (!app.requestSingleInstanceLock()) {
    // On a full disk there is no lock that could show another instance.
    if (notices[0] !== null) throw notices[0];
    app.quit();
    return;
  }
  logFile = paths.logFile;
  logApp(createLog(openLogFile(logFile)), tellOnce);
  const mark = setRunningMark(paths.userData);
  app.on('will-quit', () => mark.remove());
  if (mark.wasLeft) notices.push(new Problem('ended-unexpectedly'));
  declareScheme();
  await app.whenReady();
  denyByDefault();
  serveRenderer(paths.rendererFolder);

  const tell = <N extends EventName>(name: N, payload: EventPayloads[N]): void => {
    if (!window.isDestroyed() && !window.webContents.isCrashed()) {
      window.webContents.send(eventChannel(name), payload);
    }
  };
  await sweepTemporaries(paths.userData);
  const preferences = new PreferencesFile(paths.userData);
  const { theme, language, device, work } = await preferences.load();
  nativeTheme.themeSource = theme;
  const showMenu = (): void =>
    setMenu(
      () => shell.showItemInFolder(paths.logFile),
      () => void showAbout(window),
    );
  speak(language);
  showMenu();
  const library = new RunLibrary(paths.runs);
  notices.push(preferences.damage, await library.recover().then(() => null, toProblem));
  const openReader = (): DatasetReader =>
    new DatasetReader(() => startUtilityProcess(paths.readerEntry, 'Hindcast reader'));
  const reader = openReader();
  const unfinished = new UnfinishedReading(paths.userData);
  const readings = new Readings({
    reader,
    resources: paths.resources,
    mark: unfinished,
    unfinished: await unfinished.load(),
    onProgress: (progress) => tell('readingProgress', progress),
  });
  readings.grantSource(work?.source ?? null);
  const training: TrainingService = new TrainingService({
    library,
    startTrainer: (chosen) =>
      startUtilityProcess(paths.trainerEntry, 'Hindcast trainer', {
        ...deviceEnvironment(chosen),
        TF_CPP_MIN_LOG_LEVEL: '2',
      }),
    device,
    emit: (event) => tell('training', event),
    membersOn: async (asked) => (await sharedWork.workplaceNow())?.members(asked) ?? null,
  });

  const secrets = new Secrets(paths.userData);
  const secretOf = ({ publish: { mqtt } }: WatchSettings): string => `mqtt ${mqtt?.user} ${mqtt?.url}`;
  const watch = new WatchService({
    library,
    questions: training.questions,
    openReader,
    startTrainer: () => training.startTrainer(),
    password: (settings) => secrets.read(secretOf(settings)),
    changed: (runId) => tell('watched', { runId }),
    published: notifyOfWarnings,
  });
  const tray = new WatchTray({
    icon: join(paths.resources, 'icon.png'),
    show: () => showWindow(window),
    quit: () => app.quit(),
  });

  const searchFolder = new SearchFolder(paths.search);
  await searchFolder.sweep();
  const search = new SearchService({
    folder: searchFolder,
    training,
    emit: (report) => tell('search', report),
    trialsOn: async (asked) => (await sharedWork.workplaceNow())?.trials(asked) ?? null,
  });

  const cleaning = new CleaningService({
    startTrainer: () => training.startTrainer(),
    hold: () => training.hold(),
  });

  const sharedWork: SharedWork = new SharedWork({
    kernels: async () => (await training.questions.run('describeEngine', null)).kernels,
    read: () => secrets.read(BROKER_SECRET),
    keep: (address) => secrets.keepIfPossible(BROKER_SECRET, address),
    changed: (view) => tell('broker', view),
  });
  const fleets = new FleetService({
    folder: paths.fleets,
    workshop: {
      startReader: () => startUtilityProcess(paths.readerEntry, 'Hindcast reader'),
      startTrainer: () => training.startTrainer(),
      device: 'auto',
    },
    hold: () => training.hold(),
    copyRun: (folder) => library.copyIn(folder),
    hasRun: (runId) =>
      library.record(runId).then(
        () => true,
        () => false,
      ),
    emit: (event) => tell('fleet', event),
    workplace: () => sharedWork.workplace(),
  });

  const ending = orderlyEnding(
    () => tell('closing', null),
    async () => {
      reader.close();
      cleaning.cancel();
      await Promise.all([search.close(), fleets.close()]);
      await watch.close();
      await Promise.all([training.close(), preferences.settled()]);
      await sharedWork.close();
    },
    () => watch.isWatching,
  );

  const dialogs = createDialogs(() => window);
  const handlers = createHandlers({
    info: {
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      platform: process.platform,
      locale: app.getLocale(),
      runsFolder: paths.runs,
      logFile: paths.logFile,
    },
    takeNotices: () => notices.splice(0).flatMap((problem) => problem?.toData() ?? []),
    takeGivenFile() {
      const file = given;
      given = null;
      return file;
    },
    readyToClose: () => ending.pageIsReady(),
    reader,
    readings,
    openReader,
    library,
    preferences,
    training,
    search,
    cleaning,
    fleets,
    sharedWork,
    dialogs,
    watching: {
      watch,
      dialogs,
      keepPassword: (settings, password) => secrets.keep(secretOf(settings), password),
      startsWithSystem,
      startWithSystem,
      changed: () => tray.update(watch.isWatching),
    },
    tell,
    applyTheme: (theme) => {
      nativeTheme.themeSource = theme;
    },
    applyLanguage: (chosen) => {
      if (!speak(chosen)) return;
      showMenu();
      tray.update(watch.isWatching);
    },
    printToPdf,
    copyText: (text) => clipboard.writeText(text),
    showInFolder: (path) => shell.showItemInFolder(path),
  });
  registerHandlers(
    handlers,
    (event) => isOurFrame(event.senderFrame),
    (path) => readings.grant([path]),
  );

  const window = createAppWindow({
    preload: paths.preload,
    isHidden: process.argv.includes(HIDDEN),
    isEnding: () => ending.hasBegun,
    onCrash(problem) {
      notices.push(problem);
      // Nothing waits for its answer any more.
      training.questions.cancelLong();
      cleaning.cancel();
    },
    onFailure(problem) {
      void training.close().finally(() => endWithSentence(problem, logFile));
    },
  });
  ending.follow(window);
  // Windows ends a session without asking; what is saved is saved.
  window.on('session-end', () => mark.remove());
  // Not before the page has drawn itself and asked for what it shows: on two cores they would hold it up.
  window.once('ready-to-show', () => {
    setTimeout(() => {
      if (ending.hasBegun) return;
      reader.keepReady();
      training.keepReady();
    }, SPARES_AFTER_MS);
  });
  for (const problem of await watch.start()) notices.push(problem);
  tray.update(watch.isWatching);
  // The window will ask for the remembered file at once.
  if (work !== null) reader.keepReady();
  const give = (file: string | null): void => {
    showWindow(window);
    given = file;
    if (file !== null) tell('forecasterGiven', null);
  };
  app.on('second-instance', (_event, args, folder) => give(givenFileOf(args, folder, appFolder)));
  // As macOS names a file.
  app.on('open-file', (event, file) => {
    event.preventDefault();
    give(file);
  });
}

/** An error that nothing caught leaves the app at work: it is said once, and all of them are in the log. */
let hasTold = false;
function tellOnce(error: unknown): void {
  if (!hasTold) showProblem(error, logFile);
  hasTold = true;
}

start().catch((error: unknown) => endWithSentence(error, logFile));
