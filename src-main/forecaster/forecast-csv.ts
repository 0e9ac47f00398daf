import type { Forecast } from '../contract/results';
import { csvCell, formatTime, nameWithUnit } from './csv';

/** Decimals of a forecast value: a hundredth of a degree is beyond what any forecast knows. */
const decimals = 2;

/** A forecast as CSV: a line for each lead time, with the expected error where it is known. */
export function forecastToCsv(forecast: Forecast): string {
  const { points, expectedError, targetName, unit } = forecast;
  const header = [
    'time',
    'lead',
    nameWithUnit(targetName, unit),
    ...(expectedError.length > 0 ? [nameWithUnit('expected error', unit)] : []),
  ];
  const lines = points.map(({ time, lead, value }, index) => {
    const error = expectedError[index];
    return [
      formatTime(time),
      String(lead),
      value.toFixed(decimals),
      ...(error === undefined ? [] : [error.toFixed(decimals)]),
    ];
  });
  return [header, ...lines].map((cells) => `${cells.map(csvCell).join(',')}\n`).join('');
}
