import { resolve } from 'node:path';
import { Problem } from '../contract/problems';
import { formatWithUnit } from '../contract/format';
import {
  BUDGET_BOUNDS,
  defaultSearchSpace,
  AS_SET,
  chosenTrial,
  INPUT_SHARE,
  rankTrials,
  searchProgress,
  MOST_TRIALS_BOUNDS,
  SEARCH_METHODS,
  type SearchReport,
  type SearchTrial,
} from '../contract/search';
import type { Series } from '../contract/series';
import { holdsRun, replaceRun, SearchFolder, SingleRun, type NewRun } from '../library';
import { SearchService } from '../services';
import type { BrokerWorkplace } from '../workplace';
import { parseChoice, parseCount, requireText, UsageError } from './arguments';
import { parseBroker } from './broker-options';
import { withWorkplace } from './broker-sender';
import type { Command, CommandContext } from './command';
import { formatTable } from './terminal';
import { trainCommand, withJob } from './train-command';
import {
  describeFurtherTargets,
  describeScores,
  furtherTargetsToJson,
  movedTo,
  scoresToJson,
  serviceOn,
  verifyFurtherTargets,
  type FurtherTarget,
} from './training-run';

const USUAL_BUDGET = '60s';
const SHOWN_TRIALS = 10;

export const searchCommand: Command = {
  name: 'search',
  synopsis: 'FILE --out DIR [--target COL] [options]',
  summary:
    'Searches for good settings, scored on the validation part alone. Window, hidden units, layers, learning rate and its schedule, batch size, dropout, weight decay, residual, calendar inputs and the number of input columns are searched; of several targets the first decides; the other options are as of train, and --epochs is the most that a trial is trained for. The settings as they are compete too. In the end the best three and these are compared by what would forecast, the blend. The best is trained again on training and validation part (the settings as they are, where nothing is better by more than 1 % or they could not be trained to their end, as by train), scored once on the test part, and kept in the folder as a run. With --broker its workers train the trials, and in the end the networks where there are several, on whatever machines they are; where it goes away, this machine goes on; a trial has the same numbers wherever it is trained. What they are at when the time is up does not count.',
  options: {
    ...trainCommand.options,
    budget: {
      value: 'TIME',
      help: `how long the trials may take, such as 90s, 10m or 1h (${USUAL_BUDGET} if left out; with --trials alone a day)`,
    },
    trials: {
      value: 'N',
      help: 'the most trials, beside the settings as they are: where the time is enough for them, the same search ends the same on any machine',
    },
    method: {
      value: 'M',
      help: 'hyperband (the default): many begin, the best third goes on, again and again; random: all to the end',
    },
  },
  async run(context) {
    const { args, terminal } = context;
    const folder = resolve(requireText(args, 'out'));
    const replaces = args.has('force');
    const mostTrials = parseCount(args, 'trials', MOST_TRIALS_BOUNDS.max) ?? null;
    const budgetSeconds = budgetOf(args.text('budget'), mostTrials);
    const method = parseChoice(args, 'method', SEARCH_METHODS) ?? 'hyperband';
    const address = await parseBroker(args);
    await withJob(context, async (run, series) => {
      const options = {
        method,
        budgetSeconds,
        mostTrials,
        seed: run.settings.seed,
        space: defaultSearchSpace(series.step.seconds),
      };
      const { report, result } = await withWorkplace(context, address, (place) =>
        searchIntoFolder(context, folder, run, series, { options, place }, replaces),
      );
      terminal.say(`The run is kept in ${folder}`);
      terminal.result({ ...reportToJson(report), ...result, folder });
    });
  },
};

interface SearchWish {
  readonly options: SearchReport['options'];
  /** The workers that train the trials; null: this machine. */
  readonly place: BrokerWorkplace | null;
}

interface Searched {
  readonly report: SearchReport;
  readonly result: object;
  readonly furtherTargets: readonly FurtherTarget[];
}

/**
 * Control-C cancels, and leaves the leaderboard; where a run is to be replaced, it leaves that one alone.
 * @throws Problem of the search, 'run-exists'
 */
async function searchIntoFolder(
  context: CommandContext,
  folder: string,
  run: NewRun,
  series: Series,
  wish: SearchWish,
  replaces: boolean,
): Promise<{ readonly report: SearchReport; readonly result: object }> {
  const search = (into: string): Promise<Searched> => searchNewRun(context, into, run, series, wish);
  const { report, result, furtherTargets } =
    replaces && (await holdsRun(folder)) ? await replaceRun(folder, search) : await search(folder);
  const moved = movedTo(folder, furtherTargets);
  for (const line of describeFurtherTargets(moved)) context.terminal.say(line);
  return { report, result: { ...result, furtherTargets: furtherTargetsToJson(moved) } };
}

async function searchNewRun(
  context: CommandContext,
  folder: string,
  run: NewRun,
  series: Series,
  { options, place }: SearchWish,
): Promise<Searched> {
  const { terminal, signal } = context;
  const store = new SingleRun(folder);
  const training = serviceOn(context, store, { place });
  const search = new SearchService({
    folder: new SearchFolder(folder),
    training,
    trialsOn: (asked) => Promise.resolve(place?.trials(asked) ?? null),
    emit: (report) => terminal.progress(describeProgress(report)),
  });
  const cancel = (): void => void search.control('cancel');
  try {
    await search.start(run, series, options);
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    const report = await search.ended();
    signal.removeEventListener('abort', cancel);
    if (report?.problem) throw Problem.from(report.problem);
    if (report?.state !== 'finished' || report.runId === null) throw new Problem('cancelled');
    for (const line of describeLeaderboard(report)) terminal.say(line);
    const verification = await training.questions.ask('verifyRun', { runId: report.runId });
    for (const line of describeScores(verification, 'on the held-back part')) terminal.say(line);
    const furtherTargets = await verifyFurtherTargets(context, folder);
    const { settings, keptEpoch } = await store.record();
    const result = { finalSettings: settings, keptEpoch, ...scoresToJson(verification) };
    return { report, result, furtherTargets };
  } finally {
    await search.close();
    await training.close();
  }
}

/** Whoever says how many trials wants all of them. @throws UsageError */
const budgetOf = (text: string | undefined, mostTrials: number | null): number =>
  text === undefined && mostTrials !== null ? BUDGET_BOUNDS.max : parseBudget(text ?? USUAL_BUDGET);

/** @throws UsageError */
export function parseBudget(text: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text.trim()) ?? [];
  const seconds = Number(amount) * { s: 1, m: 60, h: 3600 }[unit as 's' | 'm' | 'h'];
  if (seconds >= BUDGET_BOUNDS.min && seconds <= BUDGET_BOUNDS.max) return seconds;
  throw new UsageError(`--budget ${text} is not a time from 1s to 24h, such as 90s, 10m or 1h`);
}

function describeProgress(report: SearchReport): string {
  const { trials, unit } = report;
  const progress = searchProgress(report);
  if (report.state === 'comparing') return 'Comparing what the best would forecast';
  if (progress === null) return 'Training with the best settings';
  const [best] = rankTrials(trials);
  const score = best === undefined ? '' : `, best so far ${formatWithUnit(best.rmse ?? NaN, unit)}`;
  return `${trials.length} trials${score}, ${Math.ceil(progress.secondsLeft ?? 0)} s left`;
}

function describeLeaderboard({ trials, unit, inputOrder }: SearchReport): string[] {
  const columns = inputOrder.length;
  const describe = ({ number, choice }: SearchTrial): string =>
    Object.entries(choice)
      .map(([name, value]) =>
        name === INPUT_SHARE
          ? `${Math.round(Number(value) * columns)} of ${columns} columns`
          : `${name} ${value}`,
      )
      .join(', ') + (number === AS_SET ? ' (as set)' : '');
  const rmseOf = (rmse: number | null): string => (rmse === null ? '' : formatWithUnit(rmse, unit));
  return [
    `${trials.length} trials; the best by their RMSE on the validation part:`,
    ...formatTable([
      ['settings', 'epochs', 'RMSE', 'blend'],
      ...rankTrials(trials)
        .slice(0, SHOWN_TRIALS)
        .map((trial) => [describe(trial), String(trial.epochs), rmseOf(trial.rmse), rmseOf(trial.blended)]),
    ]),
    '',
  ];
}

function reportToJson({ options, elapsedSeconds, trials, unit, inputOrder }: SearchReport): object {
  const ranked = rankTrials(trials);
  const chosen = chosenTrial(trials);
  const described = ranked.map(({ choice, rmse, blended, ...trial }, index) => ({
    rank: index + 1,
    settings: choice,
    validationRmse: rmse,
    blendRmse: blended,
    ...trial,
  }));
  return {
    method: options.method,
    seed: options.seed,
    budgetSeconds: options.budgetSeconds,
    mostTrials: options.mostTrials,
    elapsedSeconds,
    unit,
    inputOrder,
    trials: trials.length,
    leaderboard: described,
    best: described.find(({ number }) => number === chosen?.number) ?? null,
  };
}
