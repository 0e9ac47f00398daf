import { z } from 'zod';
import {
  fillTemplate,
  paramsSchema,
  phrase,
  saidBy,
  type GivenParams,
  type Params,
  type Phrase,
} from './phrases';

/**
 * Everything that can go wrong in a way the user can do something about. Each has an English sentence here (the CLI
 * prints it), and a Korean one in `contract/problems-ko.ts`; why it went wrong is a phrase of `contract/phrases.ts`.
 */
const SENTENCES = {
  'file-missing': 'There is no file at “{file}”. Check the path or choose the file again.',
  'folder-gone':
    'The folder that you are in is no longer there. Change to one that is, and give the command again.',
  'file-unreadable':
    '“{file}” cannot be read ({cause}). Check its permissions, or copy it elsewhere and open the copy.',
  'file-damaged':
    '“{file}” cannot be read: {cause}. Export the readings again, or open another copy of the file.',
  'file-changed':
    '“{file}” was changed while it was read: another program may be writing it. Open it again when that is done.',
  'file-not-chosen':
    '“{file}” was not chosen in this window. Choose it with “Choose a file”, or drop it on the window.',
  'file-empty':
    '“{file}” is empty. Export the readings again from your station’s software and choose the new file.',
  'file-too-large':
    '“{file}” has {size}, more than the {limit} that Hindcast opens. Split it by year and open one part.',
  'database-too-large':
    '“{file}” has {size}, more than the {limit} of a database that Hindcast reads. In Home Assistant run the action recorder.purge with “repack” switched on: hourly statistics stay, and the file shrinks. From any other program export the readings as CSV.',
  'file-not-text':
    '“{file}” is not a table of readings but looks like {kind}. Choose a text export (CSV) of your station’s software.',
  'file-no-table':
    '“{file}” has no table that Hindcast recognises: {cause}. It needs a line of column names and a line per reading.',
  'line-too-long':
    'Line {line} of “{file}” is longer than {limit}. Choose a text export with one reading a line.',
  'too-many-columns':
    '“{file}” has {columns} columns, more than the {limit} that Hindcast opens. Leave out columns and export again.',
  'no-rows': '“{file}” has a header but no readings below it. Export a longer period and open it again.',
  'no-time-column':
    'No column of “{file}” holds dates. Hindcast needs one, such as 2024-05-01 or 2024/5/1 13:00; add it and open the file again.',
  'times-shared':
    'In “{file}” {count} rows share the time in column “{column}” with another row, so it is not when they were read. Choose another date format, or a file with the hour of each reading.',
  'typical-year':
    '“{file}” is a typical year: its months are of {years} different years between {from} and {to}. They are laid in the one year {year}. A model learns from them what is usual, and cannot be held against what was.',
  'unreadable-dates':
    '{count} dates in column “{column}” cannot be read, the first in line {line}: “{text}”. Those rows are left out.',
  'several-stations':
    '“{file}” holds readings of {count} stations. Those of “{station}” are taken; choose another under “Read it differently”.',
  'times-repeated':
    '{count} of {rows} rows of “{file}” repeat the time of a row before, and are left out: of each time the first row counts. If they are of other stations or sensors, choose one under “Read it differently”, or split the file.',
  'rows-passed-over':
    '{count} lines of “{file}” look like readings and stand above its table, the first in line {line}: “{text}”. They are left out. Choose the line of column names under “Read it differently”, or give them a file of their own.',
  'rain-empty':
    'Column “{column}” is empty in {count} rows. Weather services leave rain empty where none fell, so these are filled with 0; choose another filling if rain was not measured then.',
  'dates-ahead':
    'The newest readings are of {date}, which has not come yet. Look at the date format under “Read it differently”.',
  'readings-outside':
    '{count} readings of column “{column}” lie outside {low} to {high} {unit}, where there is no weather. They are taken as missing.',
  'readings-far-off':
    '{count} readings of column “{column}” are many times as far off as all its others. They are taken as missing; say what it measures on Columns if they are none.',
  'readings-mostly-outside':
    'Most readings of column “{column}” ({count}) lie outside {low} to {high} {unit}. Choose its quantity and unit on Columns, or leave it out.',
  'sensor-stuck':
    'Column “{column}” stays at {value} {unit} for {count} readings, from line {line} on: its sensor may have been stuck. Strike those readings under “Readings over time”, or leave the column out on Columns.',
  'sensor-jumps':
    'Column “{column}” jumps {count} times by more than weather does, first in line {line} from {from} to {to} {unit}. Strike the spikes under “Readings over time”, or leave the column out on Columns if its sensor is faulty.',
  'spikes-taken':
    '{count} readings of column “{column}” jump away by more than weather does and come back. They are taken as missing; keep them under “Readings over time” if they were measured so.',
  'stuck-taken':
    '{count} readings of column “{column}” are of runs in which its sensor stood still. They are taken as missing; keep them under “Readings over time” if they were measured so.',
  'counts-up':
    'Column “{column}” counts on until it is set back. As an input it is what fell in each step, the first reading and holes left out.',
  'odd-cells':
    '{count} cells of column “{column}” hold no number, the first in line {line}: “{text}”. They count as missing; if they mean something else, choose what stands for no reading under “Read it differently”.',
  'too-short':
    'Column “{column}” of “{file}” has {count} readings in {rows} rows, too few to learn from: some {needed} rows without long holes are needed. Add older or newer readings; several files can be opened together.',
  'no-number-column': '“{file}” has no column of numbers to forecast. Choose a file that holds readings.',
  'target-words':
    'Column “{column}” holds words (line {line}: “{text}”), so it cannot be the target. Choose a column of numbers.',
  'column-words':
    'Column “{column}” holds words (line {line}: “{text}”), so it cannot be an input. Set its role to ignore.',
  'column-unknown': 'There is no column “{column}”. The columns are: {columns}.',
  'column-empty':
    'Column “{column}” has no readings in the chosen dates. Choose another column or a longer period.',
  'column-struck':
    'All readings of column “{column}” in the chosen dates are struck. Take some of them back on Data, or leave the column out.',
  'too-many-struck':
    'Column “{column}” would have {count} struck spans, more than the {limit} that are kept. Strike longer spans, or leave the column out on Columns.',
  'column-constant':
    'All values of column “{column}” are {value}, so there is nothing to learn from it. Choose another column or a longer period.',
  'too-few-rows':
    '{rows} rows are too few: a window of {window} and a horizon of {horizon} need at least {needed}. Choose a longer period or a shorter window.',
  'too-few-windows':
    'After leaving out rows with missing values only {windows} windows remain for the {part} part. Fill the gaps instead, or choose a shorter window.',
  'windows-lost':
    'No window is left for the {part} part: there are gaps in {columns}, the longest from {from} to {to}. Leave out what has them, let gaps hold the last reading, or choose a shorter window.',
  'too-many-steps':
    'Between {from} and {to} the time axis would have {rows} rows at a step of {step}. Choose a shorter period.',
  'step-too-fine':
    'The readings of “{file}” come {found}, so no finer step ({wanted}) can be made of them. Choose that step or a coarser one.',
  'derived-columns':
    'The input “{derived}” is made from {needed}, which “{file}” lacks. Take it out of the inputs, or say in the table of columns what measures them.',
  'derived-step':
    'The input “{derived}” cannot be made at the time step “{step}”. Choose a finer step, or take it out of the inputs.',
  'extremes-step':
    'The highest and the lowest of “{column}” are those of several readings, and at the time step “{step}” there is one in each. Choose a longer step, such as a day.',
  'unit-unknown': 'Column “{column}” cannot be given in “{unit}”. It can be given in: {units}.',
  'service-unknown':
    '“{column}” is to be the forecast of the weather service, but it is not among the columns that are known ahead. Name it there too.',
  'service-short':
    'The weather service’s forecast of “{column}” is known for {leads} of the {horizon} lead times. Choose a shorter horizon, or name its columns for all of them.',
  'service-missing':
    'The weather service’s forecast is missing at the last reading, {time}, and these readings are too few for a forecast without it. Add a newer file of its forecasts.',
  'forecasts-no-time':
    '“{file}” is to hold forecasts, but no column of it tells what time they are for. Name one “valid” or “time”, or take the file as readings.',
  'forecasts-no-issue':
    '“{file}” is to hold forecasts, but does not tell when they were issued, and the {days} days it spans are too many for one run. Name a column of their times of issue “issued”, or one of their hours ahead “lead”; or take the file as readings.',
  'forecasts-no-station':
    '“{file}” tells stations apart, and holds no forecast for “{station}”, whose readings are taken. Take the file of that station, or choose another station.',
  'forecasts-uneven':
    'The forecasts of “{station}” reach fewer lead times than those of other stations. Leave that station out, or ask for a shorter horizon.',
  'forecasts-apart':
    'No forecast is for the time of a reading: “{file}” goes from {from} to {to}, the forecasts of “{forecasts}” from {first} to {last}. Take files of the same time, or say which of them holds the readings.',
  'forecast-analysis':
    '“{column}” is called a forecast, but {cause}. Nobody has it when a forecast is issued, and the score would be flattered. Take it out, and take forecasts as they were issued (of Open-Meteo the columns “..._previous_day1” and so on).',
  'forecast-clock':
    'The forecasts of “{file}” fit the readings of “{readings}” clearly better {hours} hours {way}, so their clock was moved by that. Better is to name the zone of the readings under “Read it differently”, above all where their clock has summer time.',
  'stations-together':
    'This model was trained on {count} stations together; it can be verified, but not yet forecast with, exported or verified on newer readings. Train one station alone for that.',
  'event-invalid': 'The event “{event}” cannot be used: {cause}.',
  'setting-invalid': 'The setting “{setting}” does not fit: {cause}.',
  'request-invalid':
    'The request “{request}” was refused, since its data do not fit: {cause}. Restart Hindcast and try again.',
  'dataset-gone': 'The data set is no longer open. Open the file again.',
  cancelled: 'Cancelled, as you asked. Nothing was changed.',
  'reader-died': 'The process that reads files ended unexpectedly ({cause}). Open the file again.',
  'reading-stuck':
    '“{file}” was given up, since reading it no longer made progress. Export the readings again, as CSV if you can, and open the new file.',
  'reading-memory':
    '“{file}” was given up, since reading it took more memory than Hindcast allows. Split it by year and open one part, or export the readings as CSV.',
  'nothing-to-resume':
    'The training of “{name}” has ended after {epochs} epochs. Only one that was interrupted or stopped can be resumed; to train a complete one further, give more epochs.',
  interrupted:
    'Interrupted, as you asked, after epoch {epoch}. What was trained is kept: resume goes on from there.',
  'search-too-short':
    'The time was up before a single epoch of the search was done. Give the search more time, or search smaller networks.',
  'trainer-busy': 'A training is under way. Wait until it ends, or stop it first.',
  'nothing-newer':
    'No reading of that file is newer than {newest}, the newest there is. Choose a file that goes on from there.',
  'watch-late':
    '{count} readings of “{file}” came late, the first of {first}. They count from now on; forecasts issued before stay as they were.',
  'watch-changed':
    '{count} readings of “{file}” were changed after they had been read, the first of {first}. They are taken as they are now; forecasts issued before stay as they were.',
  'watch-missing':
    'Between {from} and {to} “{file}” lacks {count} readings. Forecasts go on from what there is; look at the station if more go missing.',
  'watch-without-service':
    'From {from} on the weather service’s forecast is missing: ridge regression on the readings alone forecasts until it is there again. Look whether its file still comes.',
  'watch-ahead':
    '“{file}” holds readings of {newest}, which has not come yet. They are left out until it has; look at the clock of the station.',
  'watch-silent':
    '“{file}” has had no reading since that of {newest}. Forecasts go on with the next; look at the station.',
  'watch-stuck':
    'Column “{column}” has stayed at {value} {unit} since {since}: its sensor may be stuck. Forecasts go on; look at the sensor.',
  'watch-caught-up':
    '{count} forecasts were due while nobody watched. They are issued now, each from the readings up to its own time.',
  'watch-skipped':
    '{count} forecasts that were due, the last of {last}, are not made any more: nobody watched for too long.',
  'watch-worse':
    'Since {since} the forecasts of “{name}” have been worse than the best simple forecast by more than chance explains. Train again on all readings, or let the simple forecast be published instead.',
  'watch-retrained':
    'A model trained again on all {rows} readings forecasts from now on: over {count} windows that neither had learned from its typical error is {after}, that of the one before {before}. The one before is kept and can be taken back.',
  'watch-retrained-worse':
    'Trained again on all {rows} readings, but not taken: over {count} windows that neither had learned from the new model’s typical error is {after}, that of the present one {before}. The present one goes on.',
  'watch-retrained-few':
    'Trained again, but not taken: there are {count} windows of forecasts that neither model had learned from, and {least} are needed to say which is better. The present one goes on; try again when more readings have come.',
  'watch-no-source':
    'The run in “{folder}” does not know yet where its readings come from. Name a file, a folder or a database for it to watch.',
  'no-key-store':
    'This system has no key store that Hindcast could keep a password in. Leave the password empty, or let “hindcast watch” read it from a file.',
  'publish-failed':
    'The forecast could not be published to “{place}” ({cause}). It is kept in the log, and tried again with the next.',
  'work-busy': 'Another calculation over a run is under way. Wait until it ends, or cancel it first.',
  'trainer-died-before':
    'The training process ended unexpectedly ({cause}) before the first epoch was done. Start the training again.',
  'trainer-died':
    'The training process ended unexpectedly ({cause}). The weights of epoch {epoch} were saved: you can verify, forecast and export them.',
  'trainer-failed': 'Training stopped: {cause}.',
  'loss-not-finite':
    'The loss was no longer a number in epoch {epoch}. Choose a smaller learning rate and train again.',
  'engine-missing':
    'TensorFlow’s native library cannot be loaded ({cause}). Install Hindcast again (in a checkout: “npm run setup”) and start again.',
  'run-missing': 'That run is no longer there. It may have been deleted; choose another.',
  'run-not-trained':
    'The run “{name}” has no finished epoch yet, so there is nothing to show. Train it first.',
  'run-damaged': 'The files of run “{name}” are damaged ({cause}). Delete it and train again.',
  'runs-folder':
    'The folder of runs “{file}” cannot be used ({cause}), so no run can be shown or kept. Put right what stands there, then start Hindcast again.',
  'user-folder':
    'Hindcast cannot write to its folder “{file}” ({cause}). Free the folder for your user, or name another in HINDCAST_USER_DATA, then start again.',
  'disk-full':
    'No space is left on the disk of “{file}”: what you do now may not be kept. Free some space, for example by removing runs for good.',
  'preferences-damaged':
    'Your settings could not be read ({cause}), so Hindcast began with its usual ones. What was there is kept as “{file}”.',
  'window-crashed':
    'The window’s page ended unexpectedly ({cause}) and was opened again. A training goes on, and what you had chosen is as it was.',
  'window-crashes':
    'The window’s page ended again and again ({cause}), so Hindcast stops here. Your data and runs are safe; start again, and report it if it stays.',
  'window-unloadable':
    'The window’s page cannot be opened ({cause}). Install Hindcast again (in a checkout: “npm run setup”) and start again.',
  'forecaster-invalid':
    '“{file}” is not a forecaster that Hindcast exported ({cause}). Choose the forecaster.json of an export.',
  'export-mismatch':
    '“{file}” does not give the same numbers as the trained model (largest difference {difference}), so the export was withdrawn. Please report it.',
  'export-unreadable':
    'The exported files could not be read back ({cause}), so the export was withdrawn; nothing else was changed. Please report it.',
  'cannot-write': '“{file}” cannot be written ({cause}). Choose another folder or free some space.',
  'not-ours':
    '“{file}” is not Hindcast’s, and would be replaced. Move it elsewhere, or choose another folder.',
  'folder-busy':
    'Another Hindcast (process {pid} on {host}) is at work in “{folder}”. Wait until it has ended, or end it; if none is running there, delete “{lock}”.',
  'fleet-empty':
    '“{path}” holds no readings of stations, or those of more than {limit}. Give a folder of files, a list with a column “file”, or a file that holds several stations.',
  'fleet-list-line':
    'Line {line} of “{file}” is not a station: it needs a file, and latitude and longitude as degrees if there are any. Correct the line.',
  'fleet-exists':
    '“{folder}” holds another fleet, or one with other wishes. Choose another folder, or give the command as it was given.',
  'fleet-no-quantity':
    '“{file}” has no column of {quantity}. Forecast another quantity, or take the station out.',
  'broker-invalid':
    'That is no address of a broker: {cause}. “hindcast broker” says it, like postgres://hindcast:PASSWORD@HOST:PORT/hindcast; a file that holds it can be named instead.',
  'broker-unreachable':
    'The broker at “{place}” cannot be used ({cause}). Check that it runs there and that the network lets you through.',
  'broker-refused':
    'The broker at “{place}” does not take this user or password. Give its address whole, as “hindcast broker” says it.',
  'broker-not-here':
    'The PostgreSQL that “hindcast broker” starts is not part of this installation. Install PostgreSQL 14 or newer, and give workers and fleets its address with --broker.',
  'broker-not-started':
    'The broker could not be started: {cause}. Put that right, or choose another folder (--data) or port (--port).',
  'worker-clock':
    'The clock of this machine is {seconds} s off that of the broker’s, so neither can tell when the other is late. Set both by the network’s time, and start the worker again.',
  'job-invalid':
    'The job does not fit ({cause}), and nothing of it was done. Hand it in again from a Hindcast of the same version.',
  'job-content': 'What belongs to a job cannot be taken from the broker: {cause}. Give the command again.',
  'job-result-invalid':
    'What the worker “{worker}” handed in does not fit ({cause}), and was not taken. Give the command again; if it stays, stop that worker.',
  'job-set-aside':
    'It failed {attempts} times with the workers of the broker, the last time with “{worker}” ({cause}), so it is set aside. Mend that, and give the command again.',
  'job-workers-died':
    'Its workers ended in the middle of it again and again, so it is set aside. Look at their memory, or train it without a broker.',
  'stations-failed': '{failed} of {of} stations have failed; why stands above.',
  'run-exists':
    '“{folder}” holds a run already (“{name}”). Choose another folder, or give --force to replace it.',
  'cannot-print':
    'The report cannot be printed as PDF ({cause}). Save it as HTML and print that, or install Hindcast again (in a checkout: “npm run setup”).',
  'columns-differ':
    '“{file}” lacks the column “{column}” that the model was trained on. Choose a file with the same columns.',
  'ended-unexpectedly':
    'Hindcast ended unexpectedly the last time. Your data and runs are as they were last saved.',
  'in-the-log': 'The log says more: “{file}”.',
  usage: '{text}',
  unexpected:
    'Something went wrong that Hindcast did not foresee: {cause}. Your data and runs are safe; try again.',
} as const;

export type ProblemCode = keyof typeof SENTENCES;
export const PROBLEM_CODES = Object.keys(SENTENCES) as readonly ProblemCode[] as readonly [
  ProblemCode,
  ...ProblemCode[],
];

/** A problem as plain data: it crosses processes. */
export interface ProblemData {
  readonly code: ProblemCode;
  readonly params: Params;
}

/** Of this version or an earlier one. */
export const problemSchema = z.strictObject({ code: z.enum(PROBLEM_CODES), params: paramsSchema });

/** The English sentence of a problem. */
export function describeProblem(problem: ProblemData): string {
  return fillTemplate(SENTENCES[problem.code], problem.params);
}

/** What stands in the sentence of a problem; nothing where it has no places. */
type ProblemArguments<Code extends ProblemCode> = [
  ...params: GivenParams<(typeof SENTENCES)[Code]>,
  options?: ErrorOptions,
];

/** The error that all of Hindcast throws for what a person should read. */
export class Problem<Code extends ProblemCode = ProblemCode> extends Error {
  override readonly name = 'Problem';

  readonly params: Params;

  constructor(
    readonly code: Code,
    ...given: ProblemArguments<Code>
  ) {
    const [params = {}, options] = given as unknown as readonly [Params?, ErrorOptions?];
    super(describeProblem({ code, params }), options);
    this.params = params;
  }

  toData(): ProblemData {
    return { code: this.code, params: this.params };
  }

  static from(data: ProblemData): Problem {
    return new Problem(data.code, data.params as never);
  }
}

/** Problems of which the log says more than their sentence: crashes and unexpected errors. */
const IN_THE_LOG: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'reader-died',
  'trainer-died-before',
  'trainer-died',
  'window-crashed',
  'window-crashes',
  'ended-unexpectedly',
  'unexpected',
]);

export function isInTheLog({ code }: ProblemData): boolean {
  return IN_THE_LOG.has(code);
}

let onUnexpected: (error: unknown) => void = () => undefined;
const told = new WeakSet<Error>();

/** From now on each unexpected error is passed on once, when it becomes a problem: a log keeps its stack. */
export function watchUnexpected(listener: (error: unknown) => void): void {
  onUnexpected = listener;
}

function tellUnexpected(error: unknown): void {
  if (error instanceof Error) {
    if (told.has(error)) return;
    told.add(error);
  }
  onUnexpected(error);
}

/** How many nested causes are shown. */
const MOST_CAUSES = 5;

/** The stack of an error and of what caused it, without their other properties. A thrown value that is none may be data. */
export function stackOf(thrown: unknown): string {
  const stacks: string[] = [];
  let error = thrown;
  while (error instanceof Error && stacks.length < MOST_CAUSES) {
    stacks.push(error.stack ?? error.message);
    error = error.cause;
  }
  return stacks.length === 0
    ? `thrown: no error, a value of type ${typeof thrown}`
    : stacks.join('\ncaused by ');
}

/** Any thrown thing as a problem; what was not foreseen keeps its message, never its stack. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  tellUnexpected(error);
  return new Problem('unexpected', { cause: saidBy(error) }, { cause: error });
}

/** Why something failed, where another problem says so: what is at fault and what is wrong with it. */
export function causeOfProblem({ code, params }: ProblemData): Phrase {
  const { cause, size } = params;
  const file = String(params['file'] ?? '');
  if (typeof cause === 'object') return file === '' ? cause : phrase('in-file', { file, what: cause });
  if (code === 'file-missing') return phrase('file-is-missing', { file });
  if (code === 'file-changed') return phrase('file-while-read', { file });
  if (code === 'file-too-large' && size !== undefined) return phrase('file-has-size', { file, size });
  return phrase('error-code', { error: code });
}
