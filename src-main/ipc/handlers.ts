import { withinHorizon, type DatasetSummary, type ReadingProgress } from '../contract/dataset';
import type { AddedReadings } from '../contract/forecast-log';
import { Problem, toProblem, type ProblemData } from '../contract/problems';
import {
  runQuestionSchemas,
  type AppInfo,
  type EventName,
  type EventPayloads,
  type Preferences,
  type RequestInput,
  type RunQuestion,
  type SavedFile,
} from '../contract/requests';
import { isLongQuestion } from '../contract/work';
import { sourceOfPath, type DatasetReader } from '../dataset';
import { writeAtomically } from '../files/atomic';
import { forecastToSvg } from '../drawing';
import { forecastToCsv, lookInsideLesson, forecastToTabs } from '../forecaster';
import type { Series } from '../contract/series';
import {
  keepForecasts,
  keptForecasts,
  readingOf,
  type NewRun,
  type PreferencesFile,
  type RunLibrary,
} from '../library';
import { newRunOf } from '../model';
import type { AskOfRun, CleaningService, SearchService, TrainingService } from '../services';
import type { Dialogs } from '../window/dialogs';
import type { FleetService } from '../fleet';
import type { SharedWork } from '../workplace';
import type { Handlers } from './answer';
import { fleetHandlers } from './fleet-handlers';
import type { Readings } from './readings';
import { watchHandlers, type WatchParts } from './watch-handlers';

/** The parts that the handlers put to work. */
export interface Parts {
  readonly info: Omit<AppInfo, 'notices'>;
  /** Notices from the start, each once. */
  takeNotices(): readonly ProblemData[];
  /** The file that the app was given to open, once. */
  takeGivenFile(): string | null;
  /** The page has saved all it had. */
  readyToClose(): void;
  readonly reader: DatasetReader;
  readonly readings: Readings;
  /** Another, for a file that is read beside the one that is open. */
  openReader(): DatasetReader;
  readonly library: RunLibrary;
  readonly preferences: PreferencesFile;
  readonly training: TrainingService;
  readonly search: SearchService;
  readonly cleaning: CleaningService;
  readonly dialogs: Dialogs;
  readonly fleets: FleetService;
  /** Where fleets are trained. */
  readonly sharedWork: Pick<SharedWork, 'view' | 'set'>;
  readonly watching: WatchParts;
  tell<N extends EventName>(name: N, payload: EventPayloads[N]): void;
  applyTheme(theme: Preferences['theme']): void;
  applyLanguage(language: Preferences['language']): void;
  /** A page of ours as PDF. */
  printToPdf(html: string): Promise<Uint8Array>;
  copyText(text: string): Promise<void> | void;
  showInFolder(path: string): void;
}

type QuestionHandlers = Pick<Handlers, RunQuestion>;

/** The questions to a run go to a trainer process as they are, and its answers back. */
function questionHandlers({ training, tell }: Parts): QuestionHandlers {
  const handlerOf =
    <N extends RunQuestion>(question: N) =>
    (input: AskOfRun<N>) =>
      training.questions.ask(question, input, (progress) => {
        if (isLongQuestion(question) && input.runId !== null) {
          tell('work', { question, runId: input.runId, ...progress });
        }
      });
  const names = Object.keys(runQuestionSchemas) as RunQuestion[];
  return Object.fromEntries(names.map((name) => [name, handlerOf(name)])) as unknown as QuestionHandlers;
}

/** What each request of the window does: every handler a few lines, the work in the parts. */
export function createHandlers(parts: Parts): Handlers {
  const { reader, readings, library, preferences, training, search, cleaning, dialogs } = parts;
  const { questions } = training;
  let dataset: DatasetSummary | null = null;
  /** Files and folders saved since the start: nothing else is shown in the file manager. */
  const saved = new Set<string>();

  const openedDataset = (id: string): DatasetSummary => {
    if (dataset?.id !== id) throw new Problem('dataset-gone');
    return dataset;
  };

  const readJob = async (
    summary: DatasetSummary,
    { datasetId, mapping: wanted, settings }: RequestInput<'startTraining'>,
  ): Promise<{ readonly run: NewRun; readonly series: Series }> => {
    const mapping = withinHorizon(wanted, settings.horizon);
    return { run: newRunOf(summary, mapping, settings), series: await reader.series(datasetId, mapping) };
  };

  const remember = (path: string): SavedFile => {
    saved.add(path);
    return { path };
  };

  const fileNameOf = async (runId: string): Promise<string> => (await library.read(runId)).summary.name;

  return {
    appInfo: () => ({ ...parts.info, notices: parts.takeNotices() }),
    loadPreferences: () => preferences.load(),
    async savePreferences(wanted) {
      // What is written there is opened at the next start: only files that the user chose get there.
      if (wanted.work !== null) readings.check(wanted.work.source);
      parts.applyTheme(wanted.theme);
      parts.applyLanguage(wanted.language);
      training.useDevice(wanted.device);
      await preferences.save(wanted);
    },
    readyToClose: () => parts.readyToClose(),

    async chooseFile() {
      const paths = await dialogs.chooseReadings();
      if (paths === null) return null;
      readings.grant(paths);
      return { paths };
    },
    async openDataset(source) {
      dataset = await readings.open(source);
      return dataset;
    },
    unfinishedReading: () => readings.unfinished,
    leaveUnfinishedReading: () => readings.leaveUnfinished(),
    cancelReading: () => reader.cancel(),
    readRows: ({ datasetId, from, count }) => reader.rows(datasetId, from, count),
    readCourse: ({ datasetId, ...ask }) => reader.course(datasetId, ask),
    countMarks: ({ datasetId, reading }) => reader.countMarks(datasetId, reading),
    findMark: ({ datasetId, ...ask }) => reader.findMark(datasetId, ask),
    listMarks: ({ datasetId, ...ask }) => reader.listMarks(datasetId, ask),
    checkJob: ({ datasetId, mapping, settings }) => reader.check(datasetId, mapping, settings),
    answerQuestion: ({ datasetId, question }) => reader.answer(datasetId, question),
    findForecasts: ({ datasetId, mapping, horizon }) => reader.withForecasts(datasetId, mapping, horizon),
    findRemedies: ({ datasetId, mapping, settings }) => reader.remedies(datasetId, mapping, settings),

    async measureCleaning({ datasetId, mapping: wanted, settings }) {
      const mapping = withinHorizon(wanted, settings.horizon);
      const run = newRunOf(openedDataset(datasetId), mapping, settings);
      const series = await reader.series(datasetId, mapping);
      const asRead = await reader.series(datasetId, { ...mapping, asRead: true });
      const { parts: split } = await reader.check(datasetId, mapping, settings);
      return cleaning.measure({ run, series: asRead }, { run, series }, split, (progress) =>
        parts.tell('cleaning', progress),
      );
    },
    cancelCleaning: () => cleaning.cancel(),

    async startTraining(job) {
      const summary = openedDataset(job.datasetId);
      const { run, series } = await readJob(summary, job);
      const archive = await reader.archive(job.datasetId);
      const started = await training.start(run, series);
      await keepForecasts(library.folderOf(started.runId), archive);
      return started;
    },
    resumeTraining: ({ runId }) => training.resume(runId),
    trainingUnderWay: () => training.underWay(),
    controlTraining: ({ runId, action }) => training.control(runId, action),

    async startSearch({ search: options, ...job }) {
      const summary = openedDataset(job.datasetId);
      const { run, series } = await readJob(summary, job);
      await search.start(run, series, options);
    },
    controlSearch: ({ action }) => search.control(action),
    readSearch: () => search.report(),

    listRuns: () => library.survey(),
    openRun: ({ runId }) => library.read(runId),
    renameRun: ({ runId, name }) => library.rename(runId, name),
    async deleteRun({ runId }) {
      parts.watching.watch.letGo(runId);
      parts.watching.changed();
      await training.letGo(runId);
      await library.putAside(runId);
    },
    restoreRun: ({ runId }) => library.restore(runId),
    removeRun: ({ runId }) => library.removeForGood(runId),
    recoverRun: ({ runId }) => library.recoverOne(runId),
    showRun: ({ runId }) => parts.showInFolder(library.folderOf(runId)),

    ...watchHandlers(parts.watching),
    ...fleetHandlers({ ...parts, remember }),
    readBroker: () => parts.sharedWork.view(),
    saveBroker: ({ address }) => parts.sharedWork.set(address),
    ...questionHandlers(parts),
    cancelWork: () => questions.cancelLong(),
    async addReadings({ runId }) {
      const paths = await dialogs.chooseReadings();
      if (paths === null) return null;
      // A reader of its own: the data set that is open stays open.
      const newer = parts.openReader();
      try {
        const tell = (progress: ReadingProgress): void => parts.tell('readingProgress', progress);
        const folder = library.folderOf(runId);
        const kept = await keptForecasts(folder);
        const summary = await newer.open(
          [...paths, ...(kept === null ? [] : [kept])].map(sourceOfPath),
          tell,
          readingOf(await library.record(runId)),
        );
        const addTo = async (id: string): Promise<AddedReadings> => {
          const mapping = await questions.ask('mapping', { runId: id, summary });
          return await questions.ask('keepReadings', {
            runId: id,
            newer: await newer.series(summary.id, mapping),
          });
        };
        const added = await addTo(runId);
        await keepForecasts(folder, await newer.archive(summary.id));
        // The other models of its training read the same station; one that has these readings already has no need of them.
        const { targets } = await library.read(runId);
        for (const other of targets.filter((each) => each.runId !== runId)) {
          await addTo(other.runId).catch((error: unknown) => {
            if (toProblem(error).code !== 'nothing-newer') throw error;
          });
        }
        return added;
      } finally {
        newer.close();
      }
    },
    async saveForecast({ runId, format, language }) {
      const forecast = await questions.ask('forecastRun', { runId });
      const path = await dialogs.chooseSaveFile(await fileNameOf(runId), 'forecast', [format]);
      if (path === null) return null;
      const text = format === 'csv' ? forecastToCsv(forecast) : forecastToSvg(forecast, undefined, language);
      await writeAtomically(path, text);
      return remember(path);
    },
    async copyForecast({ runId }) {
      await parts.copyText(forecastToTabs(await questions.ask('forecastRun', { runId })));
    },
    async savePicture({ suggestedName, png }) {
      const path = await dialogs.chooseSaveFile(suggestedName, null, ['png']);
      if (path === null) return null;
      await writeAtomically(path, png);
      return remember(path);
    },
    insideLesson: ({ look }) => lookInsideLesson(look),
    async saveReport({ runId, language }) {
      const html = await questions.ask('report', { runId, language });
      const path = await dialogs.chooseSaveFile(await fileNameOf(runId), 'report', ['pdf', 'html']);
      if (path === null) return null;
      const isPage = /\.html?$/i.test(path);
      await writeAtomically(path, isPage ? html : await parts.printToPdf(html));
      return remember(path);
    },
    async exportModel({ runId, formats }) {
      const folder = await dialogs.chooseExportFolder(await fileNameOf(runId));
      if (folder === null) return null;
      const report = await training.exportModel(runId, folder, formats);
      remember(report.folder);
      return report;
    },
    async openForecaster() {
      const path = await dialogs.chooseForecaster();
      return path === null ? null : training.importForecaster(path);
    },
    openGivenForecaster() {
      const path = parts.takeGivenFile();
      return path === null ? null : training.importForecaster(path);
    },
    showSaved({ path }) {
      if (saved.has(path)) parts.showInFolder(path);
    },
    showLog: () => parts.showInFolder(parts.info.logFile),
  };
}
