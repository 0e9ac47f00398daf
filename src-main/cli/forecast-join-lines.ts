import type { DatasetSummary } from '../contract/dataset';
import type { ForecastFile, ForecastKind } from '../contract/forecast-join';
import { formatInstant } from '../series';

const KINDS: Readonly<Record<ForecastKind, string>> = {
  'issue-valid': 'times of issue and valid times',
  'lead-time': 'lead times',
  'previous-runs': 'previous runs, known so many days before',
  'one-run': 'one run',
};

/** What joining readings and forecasts gave; nothing where none were joined. */
export function describeForecasts({ forecasts, columns }: DatasetSummary): string[] {
  if (forecasts === null) return [];
  const { files, matched, unmatched, range, without, leadSeconds, passedOver } = forecasts;
  const names = forecasts.columns.map((index) => columns[index]?.name ?? '');
  const { before, after, between } = without;
  return [
    ...files.map(describeFile),
    `${matched} readings have a forecast that was known one step before, ${unmatched} have none` +
      (range === null ? '' : `: ${formatInstant(range.from)} to ${formatInstant(range.to)}`),
    `valid times without a reading: ${before} before the first, ${between} between, ${after} after the last; known up to ${Math.round(leadSeconds / 360) / 10} hours ahead`,
    `forecasts: ${names.join(', ')}`,
    ...(passedOver.length === 0
      ? []
      : [`left out, since they tell only what was known when their time had come: ${passedOver.join(', ')}`]),
  ];
}

function describeFile({ fileName, kind, rows, runs, valid, hours, clock }: ForecastFile): string {
  const moved =
    hours === 0
      ? ''
      : `; its clock is moved by ${hours} hours (${clock === 'told' ? 'by the zones told' : clock === 'course' ? 'by its course' : 'as chosen'})`;
  return `${fileName}: forecasts with ${KINDS[kind]}, ${rows} rows, ${runs} times of issue, for ${formatInstant(valid.from)} to ${formatInstant(valid.to)}${moved}`;
}

export function forecastsToJson({ forecasts, columns }: DatasetSummary): object | null {
  if (forecasts === null) return null;
  const instants = ({ from, to }: { readonly from: number; readonly to: number }): object => ({
    from: formatInstant(from),
    to: formatInstant(to),
  });
  return {
    ...forecasts,
    files: forecasts.files.map((file) => ({
      ...file,
      issued: instants(file.issued),
      valid: instants(file.valid),
    })),
    columns: forecasts.columns.map((index) => columns[index]?.name ?? ''),
    range: forecasts.range && instants(forecasts.range),
  };
}
