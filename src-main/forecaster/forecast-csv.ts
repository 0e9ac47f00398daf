import { INTERVAL_LEVELS } from '../contract/intervals';
import type { Forecast } from '../contract/results';
import { csvText, formatTime, harmlessText, nameWithUnit } from './csv';

/** Decimals of a forecast value: a hundredth of a degree is beyond what any forecast knows. */
const DECIMALS = 2;

/** A forecast as CSV: a line for each lead time, with the expected error and the intervals where they are known. */
export function forecastToCsv(forecast: Forecast): string {
  const { header, lines } = tableOf(forecast);
  return [header.map(csvText), ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}

/** The same lines with tabs between the cells, for the clipboard; a tab within a name is a space. */
export function forecastToTabs(forecast: Forecast): string {
  const { header, lines } = tableOf(forecast);
  const names = header.map((name) => harmlessText(name.replace(/\s+/g, ' ')));
  return [names, ...lines].map((cells) => `${cells.join('\t')}\n`).join('');
}

/** A number as a cell; what is none, such as an end of an interval that is not known, is empty. */
function cellOf(value: number, digits = DECIMALS): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '';
}

/** Names are text from anywhere; the lines hold times and numbers alone, which need no quotes. */
function tableOf(forecast: Forecast): { readonly header: string[]; readonly lines: string[][] } {
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
      cellOf(value),
      ...(error === undefined ? [] : [cellOf(error)]),
      ...(ends === undefined
        ? []
        : INTERVAL_LEVELS.flatMap((level) => [ends[level].low, ends[level].high]).map((end) => cellOf(end))),
      ...(event === null ? [] : [cellOf(event.probabilities[index]!, 3)]),
    ];
  });
  return { header, lines };
}
