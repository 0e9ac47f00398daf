import { resolve } from 'node:path';
import { INTERVAL_LEVELS, mapLevels } from '../contract/intervals';
import { formatWithUnit, type Forecast } from '../contract/results';
import type { Series } from '../contract/series';
import { writeAtomically } from '../files/atomic';
import { forecastFrom, forecastToCsv, mappingFor } from '../forecaster';
import { readForecaster } from '../training';
import { requireOperands } from './arguments';
import { jsonOption, type Command } from './command';
import { formatInstant } from './instants';
import { withReadings } from './readings';
import { describeCoverage, TOO_NARROW } from './interval-lines';
import { formatTable } from './terminal';

export const forecastCommand: Command = {
  name: 'forecast',
  synopsis: 'DIR [FILE] [--out F.csv]',
  summary:
    'Forecasts from the last reading of a file with a trained model. DIR is the folder of a run or of an export. Without a file it forecasts from the last reading that was trained on.',
  options: { out: { value: 'F.csv', help: 'write the forecast as CSV' }, ...jsonOption },
  async run(context) {
    const { args, terminal } = context;
    const [folder = '', file] = requireOperands(args, ['DIR', 'FILE'], 1);
    const { forecaster, series } = await readForecaster(resolve(folder));
    const newest: Series =
      file === undefined
        ? series
        : await withReadings(context, file, (reader, summary) =>
            reader.series(summary.id, mappingFor(forecaster, summary)),
          );
    const forecast = forecastFrom(forecaster, newest);
    for (const line of describeForecast(forecast)) terminal.say(line);
    const out = args.text('out');
    if (out !== undefined) {
      await writeAtomically(resolve(out), forecastToCsv(forecast));
      terminal.say(`Written to ${resolve(out)}`);
    }
    terminal.result(forecastToJson(forecast));
  },
};

/** A line for each lead time: its intervals where they are known, else the error to expect. */
export function describeForecast(forecast: Forecast): string[] {
  const { targetName, unit, issuedAt, points, expectedError, intervals, event } = forecast;
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
      ...around,
      ...(chance === undefined ? [] : [`${Math.round(chance * 100)} %`]),
    ];
  });
  const title = `${targetName} after the last reading, ${formatInstant(issuedAt)}:`;
  if (intervals === null) return [title, ...formatTable(lines)];
  return [
    title,
    ...formatTable([
      [
        '',
        'forecast',
        ...INTERVAL_LEVELS.map((level) => `${level} %`),
        ...(event === null ? [] : [`at least ${formatWithUnit(event.threshold, unit)}`]),
      ],
      ...lines,
    ]),
    describeCoverage(intervals.coverage),
    ...(intervals.part === 'training' ? [TOO_NARROW] : []),
  ];
}

function forecastToJson({
  targetName,
  unit,
  issuedAt,
  points,
  expectedError,
  intervals,
  event,
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
    coverage: intervals?.coverage ?? null,
    rainThreshold: event?.threshold ?? null,
  };
}
