import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import type { Preferences } from '../contract/requests';
import { readForecastLog, readNewerSeries, readRecord, RunLibrary } from '../library';
import { kindOfFolder, readForecaster } from '../model';
import { PREFERENCES_AFTER, PREFERENCES_BEFORE, startUp } from './drive';
import { commands, type House } from './house';
import type { Outcome } from './shim';
import { contentsOf, differences, listAll, meaningOf, withoutChance } from './state';

/** What a judge looks at: what a fault left in `work`, and what there was and would have been without it. */
export interface Scene {
  readonly house: House;
  readonly work: string;
  /** The same workspace before it, and after an undisturbed run. */
  readonly before: string;
  readonly after: string;
  readonly outcome: Pick<Outcome, 'code'>;
  /** The action's own command once more. */
  again(): string[];
  /** Uses the workspace as a person would next. @throws Lost unless it goes well */
  next(command: readonly string[]): Promise<void>;
}

/** What was lost; the message says it. */
export class Lost extends Error {}

export interface Action {
  readonly name: string;
  /** In words, for the table. */
  readonly title: string;
  /** What its workspace holds, and of which template. */
  readonly needs: Readonly<Record<string, string>>;
  /** Whether faults befall what it reads as well. */
  readonly reads?: true;
  command(work: string, house: House): string[];
  /** @throws Lost or Problem where something is not whole */
  judge(scene: Scene): Promise<void>;
}

const RUN = 'run';

export const ACTIONS: readonly Action[] = [
  {
    name: 'train',
    title: 'Training two networks into a folder',
    needs: { 'readings.csv': 'readings.csv' },
    command: commands.train,
    judge: judgeTraining,
  },
  {
    name: 'resume',
    title: 'Resuming a training that was killed',
    needs: { run: 'killed' },
    command: commands.resume,
    judge: judgeTraining,
  },
  {
    name: 'app-train',
    title: 'Training in the app',
    needs: { user: 'user' },
    command: (work, house) => drive(work, 'train', 'finished', trainerOf(house)),
    judge: judgeLibraryTraining,
  },
  {
    name: 'export',
    title: 'Exporting',
    needs: { run: 'done' },
    command: (work) => commands.export(work),
    judge: judgeExport,
  },
  {
    name: 'export-over',
    title: 'Exporting over an earlier export',
    needs: { run: 'done', model: 'model' },
    command: (work) => commands.export(work),
    judge: judgeExport,
  },
  {
    name: 'add',
    title: 'Adding newer readings and forecasting',
    needs: { run: 'added', 'newest.csv': 'newest.csv', 'forecast.csv': 'notes.txt' },
    command: (work) => commands.forecast(work, join(work, 'newest.csv')),
    judge: judgeForecast,
  },
  {
    name: 'forecast',
    title: 'Forecasting, with its log',
    needs: { run: 'done', 'forecast.csv': 'notes.txt' },
    command: (work) => commands.forecast(work),
    judge: judgeForecast,
  },
  {
    name: 'preferences',
    title: 'Saving preferences',
    needs: { user: 'user' },
    command: (work) => drive(work, 'preferences'),
    judge: judgePreferences,
  },
  {
    name: 'delete',
    title: 'Deleting a run',
    needs: { user: 'user' },
    command: (work) => drive(work, 'delete', 'finished'),
    judge: judgeDeletion,
  },
  {
    name: 'remove',
    title: 'Deleting a run for good',
    needs: { user: 'user' },
    command: (work) => drive(work, 'remove', 'finished'),
    judge: judgeDeletion,
  },
  {
    name: 'start',
    title: 'Starting the app (reading too)',
    needs: { user: 'crashed' },
    reads: true,
    command: (work) => drive(work, 'start'),
    judge: judgeStart,
  },
];

const drive = (work: string, task: string, ...more: string[]): string[] => [
  ...['faults', 'drive', task, join(work, 'user')],
  ...more,
];
const trainerOf = ({ program }: House): string => join(program.folder, 'trainer.cjs');

function mustHold(holds: boolean, words: string): void {
  if (!holds) throw new Lost(words);
}

const isComplete = async (folder: string): Promise<boolean> =>
  (await kindOfFolder(folder)) === 'run' && (await readRecord(folder, folder)).status === 'completed';

/** It can be gone on with, or begun again, and ends with the same numbers as if nothing had happened. */
async function judgeTraining({ work, after, outcome, next, before }: Scene): Promise<void> {
  const folder = join(work, RUN);
  const done = await isComplete(folder);
  mustHold(done || outcome.code !== 0, 'it said that the run was complete, and it is not');
  if (!done) {
    const begun = (await kindOfFolder(folder)) === 'run';
    const wasThere = (await kindOfFolder(join(before, RUN))) === 'run';
    mustHold(begun || !wasThere, 'the run is gone');
    await next(begun ? commands.resume(work) : commands.train(work));
  }
  // Scores are measured where a run is first asked; forecasting does.
  if ((await readRecord(folder, folder)).measured === null) await next(commands.forecast(work));
  await requireSameRun(folder, join(after, RUN), ['log']);
  await requireTidy(work, after, () => next(commands.forecast(work)));
}

async function judgeExport({ work, before, after, outcome, next }: Scene): Promise<void> {
  const opens = await readForecaster(join(work, 'model')).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Problem && error.code === 'file-missing') return false;
      throw error;
    },
  );
  const [old, made, all] = await Promise.all(
    [before, after, work].map((each) =>
      contentsOf(join(each, 'model')).catch(() => new Map<string, string>()),
    ),
  );
  // What lies beside the files of an export is looked at below.
  const found = new Map([...all!].filter(([path]) => old!.has(path) || made!.has(path)));
  mustHold(opens || found.size === 0, 'the export does not open');
  const is = (wanted: ReadonlyMap<string, string>): boolean => differences(wanted, found).length === 0;
  mustHold(is(made!) || (outcome.code !== 0 && is(old!)), 'the export is neither the old one nor the new');
  await requireUntouched(before, work, (path) => path.startsWith(RUN));
  await next(commands.export(work));
  await requireUntouched(after, work, () => true);
  await requireTidy(work, after);
}

async function judgeForecast(scene: Scene): Promise<void> {
  const { work, before, after, outcome, next } = scene;
  const folder = join(work, RUN);
  const kept = (path: string): boolean => path.startsWith(RUN) && !/newer|forecasts\.json/.test(path);
  await requireUntouched(before, work, kept);
  const rowsOf = async (place: string): Promise<number> =>
    (await readNewerSeries(join(place, RUN), RUN))?.time.length ?? 0;
  const logOf = async (place: string): Promise<number[]> =>
    (await readForecastLog(join(place, RUN))).map(({ issuedAt }) => issuedAt);
  const rows = await rowsOf(work);
  mustHold(
    [await rowsOf(before), await rowsOf(after)].includes(rows),
    `${rows} rows of newer readings are left`,
  );
  const log = await logOf(work);
  const lost = (await logOf(before)).filter((issuedAt) => !log.includes(issuedAt));
  mustHold(lost.length === 0, `${lost.length} forecasts are gone from the log`);
  const csv = await readFile(join(work, 'forecast.csv'), 'utf8').catch(() => 'gone');
  const [oldCsv, newCsv] = await Promise.all(
    [before, after].map((place) => readFile(join(place, 'forecast.csv'), 'utf8')),
  );
  mustHold(
    csv === newCsv || (csv === oldCsv && outcome.code !== 0),
    'the CSV is neither the old one nor the new',
  );
  await next(scene.again());
  await requireSameRun(folder, join(after, RUN));
  await requireUntouched(before, work, kept);
  await requireTidy(work, after);
}

async function judgePreferences({ work, before, after, outcome }: Scene): Promise<void> {
  const found = await startUp(join(work, 'user'));
  const is = (wanted: Preferences): boolean =>
    JSON.stringify(sorted(found)) === JSON.stringify(sorted(wanted));
  mustHold(
    is(PREFERENCES_AFTER) || (is(PREFERENCES_BEFORE) && outcome.code !== 0),
    'the preferences are neither the old ones nor the new',
  );
  await requireUntouched(before, work, (path) => !/preferences\.json|runs\/killed/.test(path));
  await requireTidy(work, after);
}

const sorted = (value: object): unknown =>
  Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));

/** It is there, can be brought back, or is gone for good: never half of it. */
async function judgeDeletion({ work, before, after, outcome }: Scene): Promise<void> {
  await startUp(join(work, 'user'));
  const library = new RunLibrary(join(work, 'user', 'runs'));
  const is = ({ id }: { readonly id: string }): boolean => id === 'finished';
  const { runs, deleted } = await library.survey();
  mustHold(!runs.some(is) || outcome.code !== 0, 'it said that the run was deleted, and it is there');
  if (deleted.some(is)) await library.restore('finished');
  const isThere = runs.some(is) || deleted.some(is);
  const wasDeleted = join('user', 'runs', 'finished');
  const wasKilled = join('user', 'runs', 'killed');
  await requireUntouched(
    before,
    work,
    (path) => !path.startsWith(wasKilled) && (isThere || !path.startsWith(wasDeleted)),
  );
  await requireTidy(work, isThere ? before : after);
}

async function judgeStart({ work, before, after }: Scene): Promise<void> {
  const preferences = await startUp(join(work, 'user'));
  mustHold(
    JSON.stringify(sorted(preferences)) === JSON.stringify(sorted(PREFERENCES_BEFORE)),
    'the preferences are gone',
  );
  const killed = join('user', 'runs', 'killed');
  await requireUntouched(
    before,
    work,
    (path) => !path.startsWith(killed) && !/^user\/(runs\/)?\./.test(path),
  );
  await requireSameRun(join(work, killed), join(after, killed));
  await requireTidy(work, after);
}

async function judgeLibraryTraining({ house, work, before, after, outcome, next }: Scene): Promise<void> {
  await startUp(join(work, 'user'));
  await requireUntouched(before, work, (path) => !path.startsWith(join('user', 'runs', 'killed')));
  const [made] = await newRuns(work);
  const [reference = ''] = await newRuns(after);
  const complete = made !== undefined && (await isComplete(made));
  mustHold(complete || outcome.code !== 0, 'it said that the run was complete, and it is not');
  if (made === undefined) return requireTidy(work, after);
  if (!complete) {
    const id = made.slice(made.lastIndexOf('/') + 1);
    await next(drive(work, 'resume', id, trainerOf(house)));
  }
  await requireSameRun(made, reference);
  // A training that was gone on with says there that nothing stands beside its networks; forecasting is the same.
  await rm(join(made, 'linear.bin'), { force: true });
  await requireTidy(work, after);
}

async function newRuns(work: string): Promise<string[]> {
  const library = new RunLibrary(join(work, 'user', 'runs'));
  const ids = (await library.list()).map(({ id }) => id);
  return ids.filter((id) => id !== 'finished' && id !== 'killed').map((id) => library.folderOf(id));
}

/** Bit for bit, but for the times at which it was done. */
async function requireSameRun(folder: string, reference: string, but: readonly string[] = []): Promise<void> {
  const [found, wanted] = [await meaningOf(folder), await meaningOf(reference)];
  for (const key of Object.keys(wanted) as (keyof typeof wanted)[]) {
    if (but.includes(key)) continue;
    mustHold(JSON.stringify(found[key]) === JSON.stringify(wanted[key]), `its ${key} is not the same`);
  }
}

/** Of the files that `which` names by their paths, each is as it was. */
async function requireUntouched(
  before: string,
  work: string,
  which: (path: string) => boolean,
): Promise<void> {
  const old = await contentsOf(before);
  const expected = new Map([...old].filter(([path]) => which(path)));
  const found = new Map([...(await contentsOf(work))].filter(([path]) => expected.has(path)));
  const [first] = differences(expected, found);
  mustHold(first === undefined, first ?? '');
}

/** Nothing lies there that an undisturbed run would not leave, at the latest after `use`. */
async function requireTidy(work: string, after: string, use?: () => Promise<void>): Promise<void> {
  const expected = new Set((await listAll(after)).map(withoutChance));
  const leftovers = async (): Promise<string[]> =>
    (await listAll(work)).filter((path) => !expected.has(withoutChance(path)));
  let left = await leftovers();
  if (left.length > 0 && use !== undefined) {
    await use();
    left = (await leftovers()).filter((path) => !/forecast(s\.json|\.csv)$/.test(path));
  }
  mustHold(left.length === 0, `${left[0]} is left over`);
}
