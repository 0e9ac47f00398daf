import { resolve } from 'node:path';
import type { ReadingOptions } from '../contract/dataset';
import { describeCoverage, INTERVAL_LEVELS, mapLevels } from '../contract/intervals';
import type { ForecastLog, RunningScores } from '../contract/forecast-log';
import { Problem, type ProblemCode } from '../contract/problems';
import { formatWithUnit } from '../contract/format';
import type { Forecast } from '../contract/results';
import { SHARED_WORDS } from '../contract/words';
import { writeAtomically } from '../files/atomic';
import { whileLocked } from '../files/lock';
import { forecastFrom, forecastToCsv, hasNewer, mappingFor } from '../forecaster';
import { keepForecasts } from '../library';
import { kindOfFolder, readForecaster } from '../model';
import { requireOperands } from './arguments';
import { modelFolders, pathOfModel } from './further-targets';
import { JSON_OPTION, type Command, type CommandContext } from './command';
import { formatInstant } from '../series';
import { warningLines, warningToJson } from './warning-lines';
import { FORECASTS_OPTION, forecastsOfRun, readingFor, withReadings } from './readings';
import { withRun } from './run-folder';
import { formatTable } from './terminal';

/** Several that forecast with one run at once take seconds each, and more on a busy machine. */
const FORECAST_WAIT_MS = 300_000;

export const forecastCommand: Command = {
  name: 'forecast',
  synopsis: 'DIR [FILE] [--out F.csv]',
  summary:
    'Forecasts from the last reading of a file with a trained model. DIR is the folder of a run or of an export. Without a file it forecasts from the newest reading there is. A run keeps newer readings and every forecast: as their time comes they are scored. Of a run of several targets each is forecast.',
  options: {
    out: { value: 'F.csv', help: 'write the forecast as CSV; of a further target as F-2.csv' },
    ...FORECASTS_OPTION,
    ...JSON_OPTION,
  },
  async run(context) {
    const { args, terminal } = context;
    const [operand = '', file] = requireOperands(args, ['DIR', 'FILE'], 1);
    const folder = resolve(operand);
    const out = args.text('out');
    const told: object[] = [];
    for (const [place, model] of (await modelFolders(folder)).entries()) {
      const forecasted = await forecastWith(context, model, file);
      if (place > 0) terminal.say('');
      for (const line of describeForecasted(forecasted)) terminal.say(line);
      if (out !== undefined) {
        const path = pathOfModel(resolve(out), place);
        await writeAtomically(path, forecastToCsv(forecasted.forecast));
        terminal.say(`Written to ${path}`);
      }
      told.push({ ...forecastToJson(forecasted.forecast), log: forecasted.log });
    }
    const [own, ...furtherTargets] = told;
    terminal.result({ ...own, furtherTargets });
  },
};

interface Forecasted {
  readonly forecast: Forecast;
  readonly log: ForecastLog | null;
}

const describeForecasted = ({ forecast, log }: Forecasted): string[] => [
  ...describeForecast(forecast),
  ...(log?.setAside ?? []).map(describeSetAside),
  ...(log === null || log.scores === null ? [] : [describeLog(log, log.scores)]),
];

/**
 * A run keeps newer readings and the forecast made from them, and tells how its earlier forecasts did. An export, and a
 * file that holds nothing newer, are forecast from and nothing is kept.
 * @param options how the file is read; as that which the run was trained on where left out
 */
export async function forecastWith(
  context: CommandContext,
  folder: string,
  file: string | undefined,
  options?: ReadingOptions,
): Promise<Forecasted> {
  const { forecaster, series } = await readForecaster(folder);
  let archive: string | null = null;
  const newer =
    file === undefined
      ? null
      : await withReadings(
          context,
          file,
          async (reader, summary) => {
            archive = await reader.archive(summary.id);
            return reader.series(summary.id, mappingFor(forecaster, summary));
          },
          options ?? (await readingFor(folder)),
          await forecastsOfRun(folder),
        );
  const isKept = (await kindOfFolder(folder)) === 'run' && (newer === null || hasNewer(series, newer));
  if (!isKept) return { forecast: forecastFrom(forecaster, newer ?? series), log: null };
  return await withRun(context, folder, ({ questions }, runId) =>
    // One after another: each is to forecast from the readings that it brought itself.
    whileLocked(folder, 'forecast', FORECAST_WAIT_MS, async () => {
      // The same file again is no failure: its readings are there already.
      if (newer !== null)
        await questions.ask('keepReadings', { runId, newer }).catch(passOver('nothing-newer'));
      if (newer !== null) await keepForecasts(folder, archive);
      return {
        forecast: await questions.ask('forecastRun', { runId }),
        log: await questions.ask('forecastLog', { runId }),
      };
    }),
  );
}

function passOver(code: ProblemCode): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Problem) || error.code !== code) throw error;
  };
}

const describeSetAside = (name: string): string =>
  `The log of earlier forecasts was damaged. It is kept as ${name} in the run’s folder, and a new one was begun.`;

function describeLog({ unit, issued }: ForecastLog, scores: RunningScores): string {
  const { points, rmse, bias, persistenceRmse, service } = scores;
  const beside =
    service === null
      ? ''
      : `; of ${service.points} values the weather service ${formatWithUnit(service.rmse, unit)}, Hindcast ${formatWithUnit(service.modelRmse, unit)}`;
  return `Of ${issued} forecasts so far ${points} values have come true: RMSE ${formatWithUnit(rmse, unit)}, persistence ${formatWithUnit(persistenceRmse, unit)}, bias ${formatWithUnit(bias, unit)}${beside}`;
}

const saidBy = (value: number | null, unit: string): string =>
  value === null ? '' : formatWithUnit(value, unit);

/** A line for each lead time: its intervals where they are known, else the error to expect. */
export function describeForecast(forecast: Forecast): string[] {
  const { targetName, unit, issuedAt, points, expectedError, intervals, event, service, withoutService } =
    forecast;
  const lines = points.map(({ time, value }, index) => {
    const error = expectedError[index];
    const ends = intervals?.byLead[index];
    const around =
      ends === undefined
        ? [error === undefined ? '' : `± ${formatWithUnit(error, unit)}`]
        : INTERVAL_LEVELS.map(
            (level) => `${formatWithUnit(ends[level].low, '')} to ${formatWithUnit(ends[level].high, unit)}`,
          );
    const chance = event?.probabilities[index];
    return [
      formatInstant(time),
      formatWithUnit(value, unit),
      ...(service === undefined ? [] : [saidBy(service[index] ?? null, unit)]),
      ...around,
      ...(chance === undefined ? [] : [`${Math.round(chance * 100)} %`]),
    ];
  });
  const title = `${targetName} after the last reading, ${formatInstant(issuedAt)}:`;
  const without = withoutService === true ? [SHARED_WORDS.en.withoutService] : [];
  if (intervals === null) return [title, ...formatTable(lines), ...without, ...warningLines(forecast)];
  return [
    title,
    ...formatTable([
      [
        '',
        'forecast',
        ...(service === undefined ? [] : ['weather service']),
        ...INTERVAL_LEVELS.map((level) => `${level} %`),
        ...(event === null ? [] : [`at least ${formatWithUnit(event.threshold, unit)}`]),
      ],
      ...lines,
    ]),
    describeCoverage(intervals.coverage),
    ...(intervals.part === 'training' ? [SHARED_WORDS.en.tooNarrow] : []),
    ...warningLines(forecast),
  ];
}

export function forecastToJson({
  targetName,
  unit,
  issuedAt,
  points,
  expectedError,
  intervals,
  event,
  warnings,
  service,
  withoutService,
}: Forecast): object {
  return {
    target: targetName,
    unit,
    issuedAt: formatInstant(issuedAt),
    points: points.map(({ time, lead, value }, index) => {
      const ends = intervals?.byLead[index];
      return {
        time: formatInstant(time),
        lead,
        value,
        expectedError: expectedError[index] ?? null,
        intervals: ends === undefined ? null : mapLevels((level) => [ends[level].low, ends[level].high]),
        probability: event?.probabilities[index] ?? null,
      };
    }),
    service: service ?? null,
    withoutService: withoutService === true,
    coverage: intervals?.coverage ?? null,
    rainThreshold: event?.threshold ?? null,
    warnings: warnings.map(warningToJson),
  };
}
