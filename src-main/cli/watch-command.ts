import { dirname, resolve } from 'node:path';
import { formatWithUnit } from '../contract/format';
import { describeProblem, Problem } from '../contract/problems';
import type { Grade, Issued, WatchSettings } from '../contract/watch';
import { DatasetReader, forkReader } from '../dataset';
import { sweepTemporaries } from '../files/atomic';
import { lockFolder, whileLocked, type Release } from '../files/lock';
import { readRecord, readWatch, SingleRun, takeEarlierBack, writeWatch } from '../library';
import { publicationToJson } from '../publish';
import { formatInstant } from '../series';
import { RunQuestions } from '../services';
import { forkTrainer, type TrainerProcess } from '../trainer';
import { Station, trainCandidate, Watcher } from '../watch';
import { parseDevice, UsageError, type Arguments } from './arguments';
import { DEVICE_OPTION, JSON_OPTION, type Command, type CommandContext } from './command';
import { modelFolders, pathOfModel } from './further-targets';
import { requireRun } from './run-folder';
import { systemdUnit } from './systemd-unit';
import { parseLook, readPassword, WATCH_OPTIONS, watchSettingsOf } from './watch-options';

interface Watched {
  readonly folder: string;
  readonly settings: WatchSettings;
}

export const watchCommand: Command = {
  name: 'watch',
  synopsis: 'RUN... [--source PATH] [--every 1h | --at HH:MM,...] [--publish DIR] [--once]',
  summary:
    'Watches where the readings of trained runs come from, forecasts on time, publishes and keeps score. RUN is the folder of a run; several are watched by one process. What is chosen is kept with each run, so that its name is enough the next time. Control-C ends it; whatever ends it, nothing is lost.',
  options: {
    ...WATCH_OPTIONS,
    once: { help: 'look once, do what is due, and end' },
    'take-back': {
      help: 'forecast again with the model before the last training on newer readings, and end',
    },
    systemd: { help: 'print a unit for systemd that does the same, and end' },
    ...DEVICE_OPTION,
    ...JSON_OPTION,
  },
  async run(context) {
    const { args, terminal } = context;
    if (args.operands.length === 0) throw new UsageError('RUN is missing');
    const watched = await settle(args);
    if (args.has('systemd')) {
      process.stdout.write(unitOf(context, watched));
      return;
    }
    if (args.has('take-back')) {
      for (const { folder } of watched) await takeBack(folder);
      terminal.result({ tookBack: watched.map(({ folder }) => folder) });
      return;
    }
    const told = await watchAll(context, watched);
    terminal.result(told);
  },
};

/** @throws Problem 'run-missing' where no other model is kept, 'folder-busy' */
const takeBack = (folder: string): Promise<void> =>
  whileLocked(folder, 'watch', 0, () => takeEarlierBack(folder, Date.now()));

/**
 * What is wanted of each run and of its further targets, kept with each.
 * @throws UsageError, Problem 'file-missing', 'watch-no-source'
 */
async function settle(args: Arguments): Promise<readonly Watched[]> {
  const folders = [...new Set(args.operands.map((operand) => resolve(operand)))];
  const watched: Watched[] = [];
  for (const folder of folders) {
    await requireRun(folder);
    const before = await readWatch(folder);
    const settings = watchSettingsOf(args, before);
    if (settings === null) throw new Problem('watch-no-source', { folder });
    const models = await modelFolders(folder);
    if (models.length > 1 && settings.retrainDays !== null) {
      throw new UsageError(`--retrain is for runs of one target: ${folder} forecasts ${models.length}`);
    }
    for (const [place, model] of models.entries()) {
      if (place > 0 && folders.includes(model)) continue;
      const own = settingsOfModel(settings, place);
      if (JSON.stringify(own) !== JSON.stringify(await readWatch(model))) await writeWatch(model, own);
      watched.push({ folder: model, settings: own });
    }
  }
  return watched;
}

/** A further target is published beside the first, in files and in a folder of its own. */
function settingsOfModel(settings: WatchSettings, place: number): WatchSettings {
  const { publish } = settings;
  const beside = (path: string | null): string | null => path && pathOfModel(path, place);
  return { ...settings, publish: { ...publish, folder: beside(publish.folder), csv: beside(publish.csv) } };
}

async function watchAll(context: CommandContext, watched: readonly Watched[]): Promise<object> {
  const { args, terminal, installation, signal } = context;
  const password = await readPassword(args);
  const device = parseDevice(args);
  const first = watched[0]?.folder ?? '';
  const startTrainer = (): TrainerProcess => forkTrainer(installation.trainerEntry, device);
  const questions = new RunQuestions(new SingleRun(first), startTrainer);
  const watcher = new Watcher(parseLook(args));
  const locks: Release[] = [];
  const stations: Station[] = [];
  let issuedCount = 0;
  try {
    for (const { folder, settings } of watched) {
      locks.push(await lockFolder(folder, 'watch'));
      await sweepPublished(settings);
      const { name } = await readRecord(folder, folder);
      const station = new Station(
        {
          folder,
          questions,
          train: (signal) => trainCandidate({ folder, questions, startTrainer }, signal),
          retrained: () => undefined,
          now: () => Date.now(),
          openReader: () => new DatasetReader(() => forkReader(installation.readerEntry)),
          password: () => Promise.resolve(password),
          tell(notice) {
            terminal.say(`${name}: ${describeProblem(notice)}`);
            if (!args.has('once')) terminal.result({ run: folder, notice });
          },
          issued(issued) {
            if (issued.isNew) issuedCount += 1;
            for (const line of describeIssued(name, issued)) terminal.say(line);
          },
          published(publication) {
            if (!args.has('once')) terminal.result({ run: folder, forecast: publicationToJson(publication) });
          },
        },
        settings,
      );
      stations.push(station);
      watcher.add(folder, station);
    }
    if (args.has('once')) {
      await watcher.lookOnce();
      for (const station of stations) await station.finishRetraining();
    } else {
      watcher.start();
      await aborted(signal);
    }
    await watcher.close();
  } finally {
    questions.close();
    for (const unlock of locks) unlock();
  }
  return { watched: watched.map(({ folder }) => folder), issued: issuedCount };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((ended) => {
    if (signal.aborted) ended();
    else signal.addEventListener('abort', () => ended(), { once: true });
  });

/** What a kill left half written where forecasts are published. */
async function sweepPublished({ publish: { folder } }: WatchSettings): Promise<void> {
  if (folder !== null) await sweepTemporaries(folder);
}

function describeIssued(name: string, { forecast, isNew, grade }: Issued): string[] {
  if (!isNew) return [];
  const { targetName, unit, issuedAt, points } = forecast;
  const [next, last] = [points[0], points.at(-1)];
  const values = [next, last]
    .filter((point, index) => point !== undefined && (index === 0 || points.length > 1))
    .map((point) => `${formatWithUnit(point?.value ?? NaN, unit)} at ${formatInstant(point?.time ?? 0)}`);
  return [
    `${name}: ${targetName} from the reading of ${formatInstant(issuedAt)}: ${values.join(' … ')}`,
    ...(grade === null ? [] : [describeGrade(name, grade)]),
  ];
}

function describeGrade(name: string, { days, points, rmse, unit }: Grade): string {
  const of = (value: number): string => formatWithUnit(value, unit);
  return `${name}: RMSE of the last ${days} days ${of(rmse.model)} (persistence ${of(rmse.persistence)}, climatology ${of(rmse.climatology)}, best baseline ${of(rmse.best)}; ${points === 1 ? '1 value' : `${points} values`})`;
}

/** The same command without what is kept with the runs already. */
function unitOf({ installation, args }: CommandContext, watched: readonly Watched[]): string {
  const program = installation.isPackaged ? ['/usr/bin/hindcast'] : [process.execPath, process.argv[1] ?? ''];
  const passwordFile = args.text('password-file');
  const command = [
    ...program,
    'watch',
    ...watched.map(({ folder }) => folder),
    ...(passwordFile === undefined ? [] : ['--password-file', resolve(passwordFile)]),
  ];
  const writable = watched.flatMap(({ folder, settings: { publish } }) => [
    folder,
    dirname(folder),
    ...(publish.folder === null ? [] : [publish.folder]),
    ...(publish.csv === null ? [] : [dirname(publish.csv)]),
  ]);
  return systemdUnit(command, [...new Set(writable)]);
}
