import { INTERVAL_LEVELS } from '../contract/intervals';
import type { Forecast } from '../contract/results';
import { csvCell, formatTime, nameWithUnit } from './csv';

/** Decimals of a forecast value: a hundredth of a degree is beyond what any forecast knows. */
const decimals = 2;

/** A forecast as CSV: a line for each lead time, with the expected error and the intervals where they are known. */
export function forecastToCsv(forecast: Forecast): string {
  return tableOf(forecast)
    .map((cells) => `${cells.map(csvCell).join(',')}\n`)
    .join('');
}

/** The same lines with tabs between the cells, for the clipboard; a tab within a name is a space. */
export function forecastToTabs(forecast: Forecast): string {
  return tableOf(forecast)
    .map((cells) => `${cells.map((text) => text.replace(/\s+/g, ' ')).join('\t')}\n`)
    .join('');
}

function tableOf(forecast: Forecast): string[][] {
  const { points, expectedError, intervals, event, targetName, unit } = forecast;
  const header = [
    'time',
    'lead',
    nameWithUnit(targetName, unit),
    ...(expectedError.length > 0 ? [nameWithUnit('expected error', unit)] : []),
    ...(intervals === null ? [] : INTERVAL_LEVELS).flatMap((level) => [
      nameWithUnit(`${level} % low`, unit),
      nameWithUnit(`${level} % high`, unit),
    ]),
    ...(event === null ? [] : [`probability of at least ${nameWithUnit(String(event.threshold), unit)}`]),
  ];
  const lines = points.map(({ time, lead, value }, index) => {
    const error = expectedError[index];
    const ends = intervals?.byLead[index];
    return [
      formatTime(time),
      String(lead),
      value.toFixed(decimals),
      ...(error === undefined ? [] : [error.toFixed(decimals)]),
      ...(ends === undefined
        ? []
        : INTERVAL_LEVELS.flatMap((level) => [ends[level].low, ends[level].high]).map((end) =>
            end.toFixed(decimals),
          )),
      ...(event === null ? [] : [event.probabilities[index]!.toFixed(3)]),
    ];
  });
  return [header, ...lines];
}
