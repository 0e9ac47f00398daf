import { readdir } from 'node:fs/promises';
import { parse, resolve } from 'node:path';
import { DETECT_ALL, type ColumnMapping, type DatasetSummary } from '../contract/dataset';
import { parseEvent } from '../contract/event-text';
import type { EventReport, Warning } from '../contract/events';
import { Problem } from '../contract/problems';
import { QUESTIONS, type Question } from '../contract/plan';
import { questionsFor, settingsOfPlan, type Answer } from '../contract/question';
import type { Series } from '../contract/series';
import { presetSettings, SETTINGS, type TrainingSettings } from '../contract/settings';
import { columnByName, mappingByNames, type DatasetReader } from '../dataset';
import { keepForecasts, requireNoRun, type NewRun } from '../library';
import { eventContextOf, newRunOf } from '../model';
import { requireService } from '../series';
import {
  parseDevice,
  parseGaps,
  parsePeriod,
  parseQuestion,
  requireOperands,
  UsageError,
  type Arguments,
} from './arguments';
import { AHEAD_OPTIONS, parseAhead } from './ahead-arguments';
import { AXIS_OPTIONS, parseAxis, parseSun } from './axis-arguments';
import { BROKER_OPTION, parseBroker } from './broker-options';
import { withWorkplace } from './broker-sender';
import { DEVICE_OPTION, JSON_OPTION, type Command, type CommandContext } from './command';
import { FORECASTS_OPTION, withReadings } from './readings';
import { withRun } from './run-folder';
import { parseSettings, settingOptions } from './setting-options';
import { describeResult, resultToJson, trainIntoFolder } from './training-run';
import { parseWarnings, WARNING_OPTIONS } from './warning-arguments';
import { reportLines, reportToJson } from './warning-lines';
import { describeWork } from './work-lines';

const TRAINED_HERE =
  'One network is trained on this machine, with all its cores; the broker is for several (--members)';

export const trainCommand: Command = {
  name: 'train',
  synopsis: 'FILE [--target COL] [--out DIR] [options]',
  summary:
    'Trains an LSTM on a file of readings and scores it. The score is that on the held-back newest part, beside persistence, climatology and ridge; the run is kept in a folder. Columns are called by their names in the header. With --broker and several --members its workers train them, each on its own, to the same numbers; where the broker goes away, this machine goes on.',
  options: {
    target: {
      value: 'COL',
      help: 'the column to forecast (given again: further ones, which the same network learns); as suggested if left out',
      multiple: true,
    },
    question: {
      value: 'Q',
      help: `without --target, what is to be known: ${QUESTIONS.join(', ')}; the usual one of the file if left out`,
    },
    features: {
      value: 'A,B',
      help: 'the columns the network sees, in this order (may be given again); as suggested if left out',
      multiple: true,
    },
    time: { value: 'COL', help: 'the column of dates; found if left out' },
    from: { value: 'D', help: 'first day or moment used: 2021-01-01 or 2021-01-01T06:00' },
    to: { value: 'D', help: 'last day or moment used' },
    gap: {
      value: 'COL=POLICY',
      help: 'how missing values of a column are filled: linear, forward, zero or leave-out (may be given again)',
      multiple: true,
    },
    ...AXIS_OPTIONS,
    ...AHEAD_OPTIONS,
    ...FORECASTS_OPTION,
    ...settingOptions,
    ...WARNING_OPTIONS,
    out: {
      value: 'DIR',
      help: 'the folder for the run; beside you, and named after the file, if left out: readings-run, readings-run-2, ...',
    },
    force: { help: 'replace the run that lies there, once the new one is whole' },
    ...BROKER_OPTION,
    ...DEVICE_OPTION,
    ...JSON_OPTION,
  },
  async run(context) {
    const { args, terminal } = context;
    const folder = resolve(args.text('out') ?? (await freeFolder(args.operands[0] ?? '')));
    const address = await parseBroker(args);
    await withJob(context, async (run, series, { reader, summary }) => {
      const warnings = parseWarnings(args, eventContextOf(series, run.settings.horizon));
      for (const line of describeWork(run, series)) terminal.say(line);
      // Of several stations together nothing is forecast from newer files.
      const archive = series.stations === undefined ? await reader.archive(summary.id) : null;
      const isEnsemble = run.settings.members > 1;
      if (address !== null && !isEnsemble) terminal.say(TRAINED_HERE);
      const trained = await withWorkplace(context, isEnsemble ? address : null, (place) =>
        trainIntoFolder(context, folder, run, series, { replaces: args.has('force'), place }),
      );
      await keepForecasts(folder, archive);
      for (const line of describeResult(trained)) terminal.say(line);
      const events = await keepWarnings(context, folder, warnings);
      for (const line of reportLines(events)) terminal.say(line);
      terminal.say(`The run is kept in ${folder}`);
      terminal.result({ ...resultToJson(run, series, trained), events: events.map(reportToJson), folder });
    });
  },
};

/** The run warns of them from now on. */
async function keepWarnings(
  context: CommandContext,
  folder: string,
  warnings: readonly Warning[],
): Promise<readonly EventReport[]> {
  if (warnings.length === 0) return [];
  return withRun(context, folder, async ({ questions }, runId) => {
    const { reports } = await questions.ask('verifyWarnings', { runId, warnings: [...warnings], keep: true });
    return reports;
  });
}

/** A name for the run of a file that nothing in this folder has yet. */
async function freeFolder(file: string): Promise<string> {
  const name = `${parse(file).name}-run`;
  const taken = new Set(await readdir('.').catch(() => []));
  for (let number = 1; ; number++) {
    const folder = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(folder)) return folder;
  }
}

/** With the forecast that was named in place of that which was found. @throws Problem 'column-unknown', 'service-unknown' */
function withService(
  summary: DatasetSummary,
  mapping: ColumnMapping,
  names: readonly string[] | undefined,
): ColumnMapping {
  if (names === undefined) return mapping;
  const service = names.map((name) => columnByName(summary, name).index);
  const { knownAhead = [] } = mapping;
  const steps = Math.max(1, ...knownAhead.map((each) => each.steps));
  const added = service.filter((index) => !knownAhead.some((each) => each.index === index));
  const unknown = added.find((index) => summary.forecasts?.columns.includes(index) !== true);
  if (unknown !== undefined) {
    throw new Problem('service-unknown', { column: summary.columns[unknown]?.name ?? '' });
  }
  return {
    ...mapping,
    inputs: [...mapping.inputs.filter((index) => !added.includes(index)), ...added],
    knownAhead: [...knownAhead, ...added.map((index) => ({ index, row: 'run' as const, steps }))],
    service,
  };
}

/** Where no target and no question is named, it is what the first event is about. */
function eventColumn(args: Arguments, { columns, step }: DatasetSummary): string | undefined {
  const [text] = args.all('event');
  if (text === undefined) return undefined;
  return parseEvent(text, { columns, stepSeconds: step?.seconds ?? 0, horizon: SETTINGS.horizon.max }).column;
}

/** Where a job comes from. */
interface JobSource {
  readonly reader: DatasetReader;
  readonly summary: DatasetSummary;
  readonly mapping: ColumnMapping;
}

/**
 * Reads the file that the arguments name and gives what they make of it to `use`.
 * @throws UsageError, Problem of reading, 'run-exists' where a run lies in the folder named and is not to be replaced
 */
export async function withJob(
  context: CommandContext,
  use: (run: NewRun, series: Series, from: JobSource) => Promise<void>,
): Promise<void> {
  const { args } = context;
  const [file = ''] = requireOperands(args, ['FILE']);
  const [named, ...alsoTargets] = args.all('target');
  const features = args.all('features').flatMap((names) => names.split(','));
  const period = parsePeriod(args);
  const gaps = parseGaps(args.all('gap'));
  const axis = parseAxis(args);
  parseSettings(args);
  const question = parseQuestion(args);
  parseDevice(args);
  const out = args.text('out');
  if (out !== undefined && !args.has('force')) await requireNoRun(resolve(out));

  const reading = { ...DETECT_ALL, zone: args.text('zone') ?? null };
  const useReadings = async (reader: DatasetReader, summary: DatasetSummary): Promise<void> => {
    const target = named ?? (question === undefined ? eventColumn(args, summary) : undefined);
    const answer = target === undefined ? await answerOf(reader, summary, question) : null;
    const stepSeconds = axis.stepSeconds ?? answer?.mapping.stepSeconds ?? summary.step?.seconds;
    // The dates of the parts are of the whole record.
    const whole = period.from === undefined && period.to === undefined;
    const plan = answer && { ...answer.plan, ...(whole ? {} : { testFrom: null, validationFrom: null }) };
    const settingsOf = (hasService: boolean): TrainingSettings => {
      const recommended = plan
        ? settingsOfPlan(plan, stepSeconds, hasService)
        : presetSettings('recommended', stepSeconds, hasService);
      return parseSettings(args, stepSeconds, recommended);
    };
    const { horizon } = settingsOf(args.has('service'));
    if (answer?.isTrainable === false && !args.has('window') && !args.has('horizon')) refuse(summary);
    if (alsoTargets.length > 0 && args.has('service')) {
      throw new UsageError('--service is for one --target: its errors are those of one column');
    }
    const ahead = parseAhead(args, horizon);
    // Where nothing is said of forecasts, those that are found are taken.
    const findsForecasts =
      ahead.knownAhead?.length === 0 &&
      (args.has('forecasts') || (features.length === 0 && !args.has('station')));
    const byNames = mappingByNames(summary, {
      target,
      alsoTargets,
      ...(answer === null ? {} : { suggested: answer.mapping }),
      ...(features.length === 0 ? {} : { inputs: features }),
      time: args.text('time'),
      gaps,
      ...axis,
      sun: parseSun(args, summary.time?.zone ?? null, horizon),
      ...ahead,
      ...(findsForecasts ? { service: undefined } : {}),
      ...period,
    });
    const mapping = findsForecasts
      ? withService(summary, await reader.withForecasts(summary.id, byNames, horizon), ahead.service)
      : byNames;
    const settings = settingsOf(mapping.service !== undefined);
    const series = await reader.series(summary.id, mapping);
    requireService(series, settings.horizon);
    await use(newRunOf(summary, mapping, settings), series, { reader, summary, mapping });
  };
  await withReadings(context, file, useReadings, reading);
}

/** @throws Problem 'no-time-column', 'no-number-column' where the file has nothing to forecast */
async function answerOf(
  reader: DatasetReader,
  summary: DatasetSummary,
  question: Question | undefined,
): Promise<Answer> {
  const { suggestion, plan, leftOut, shortage, fileName } = summary;
  if (suggestion === null || plan === null) {
    throw new Problem(summary.time === null ? 'no-time-column' : 'no-number-column', { file: fileName });
  }
  if (question !== undefined) {
    requireAnswerable(summary, question);
    return reader.answer(summary.id, question);
  }
  return { mapping: suggestion, plan, leftOut, isTrainable: shortage === null };
}

/** @throws UsageError where the file lacks what is asked about, or is too coarse */
function requireAnswerable({ subjects, step, fileName }: DatasetSummary, question: Question): void {
  if (subjects === null || step === null) return;
  const answered = questionsFor(subjects, step.seconds);
  if (answered.includes(question)) return;
  throw new UsageError(`--question ${question} is none that ${fileName} answers: ${answered.join(', ')}`);
}

/** @throws Problem 'too-short' where the record is too short for anything; else what follows says what is in the way */
function refuse({ shortage }: DatasetSummary): void {
  if (shortage !== null) throw Problem.from(shortage);
}
