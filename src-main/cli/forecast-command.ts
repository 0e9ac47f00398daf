import { resolve } from 'node:path';
import { formatWithUnit, type Forecast } from '../contract/results';
import type { Series } from '../contract/series';
import { writeAtomically } from '../files/atomic';
import { forecastFrom, forecastToCsv, mappingFor } from '../forecaster';
import { readForecaster } from '../training';
import { requireOperands } from './arguments';
import { jsonOption, type Command } from './command';
import { formatInstant } from './instants';
import { withReadings } from './readings';
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

export function describeForecast({ targetName, unit, issuedAt, points, expectedError }: Forecast): string[] {
  return [
    `${targetName} after the last reading, ${formatInstant(issuedAt)}:`,
    ...formatTable(
      points.map(({ time, value }, index) => {
        const error = expectedError[index];
        const expected = error === undefined ? '' : `± ${formatWithUnit(error, unit)}`;
        return [formatInstant(time), formatWithUnit(value, unit), expected];
      }),
    ),
  ];
}

function forecastToJson({ targetName, unit, issuedAt, points, expectedError }: Forecast): object {
  return {
    target: targetName,
    unit,
    issuedAt: formatInstant(issuedAt),
    points: points.map(({ time, lead, value }, index) => ({
      time: formatInstant(time),
      lead,
      value,
      expectedError: expectedError[index] ?? null,
    })),
  };
}
