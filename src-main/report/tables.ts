import { formatWithUnit } from '../contract/format';
import {
  entriesOf,
  type Estimate,
  type Forecast,
  type ForecastMethod,
  type Verification,
} from '../contract/results';
import { escapeXml } from '../forecaster';
import { formatInstant } from '../series';

const methodNames: Readonly<Record<ForecastMethod, string>> = {
  model: 'LSTM',
  persistence: 'Persistence',
  dampedPersistence: 'Damped persistence',
  climatology: 'Climatology',
  seasonalNaive: 'Seasonal naive',
  ridge: 'Ridge regression',
};

/** Lead times of the forecast that are listed: a page has no room for more. */
const mostPoints = 14;

/** A cell of text from anywhere: escaped. */
export const cell = (text: string, kind: 'td' | 'th' = 'td', attributes = ''): string =>
  `<${kind}${attributes}>${escapeXml(text)}</${kind}>`;

function withInterval({ value, low, high }: Estimate, unit: string, factor = 1, digits = 2): string {
  const number = (each: number): string => formatWithUnit(each * factor, '', digits);
  const middle = formatWithUnit(value * factor, unit, digits);
  return Number.isFinite(low) ? `${middle} (${number(low)} to ${number(high)})` : middle;
}

/** Every method's scores over all lead times, with 95 % intervals. */
export function scoreTable({ overall, unit }: Verification): string {
  const rows = entriesOf(overall.methods).map(
    ([method, { rmse, mae, bias, skill }]) =>
      `<tr${method === 'model' ? ' class="ours"' : ''}>` +
      cell(methodNames[method], 'th', ' scope="row"') +
      cell(withInterval(rmse, unit)) +
      cell(formatWithUnit(mae.value, unit)) +
      cell(formatWithUnit(bias.value, unit)) +
      cell(withInterval(skill, '%', 100, 1)) +
      '</tr>',
  );
  const head = ['', 'RMSE', 'MAE', 'Bias', 'Skill against persistence']
    .map((text) => cell(text, 'th', ' scope="col"'))
    .join('');
  return `<table class="scores"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** The forecast, lead by lead, with the error to expect. */
export function forecastTable({ points, expectedError, unit }: Forecast): string {
  const rows = points.slice(0, mostPoints).map(({ time, lead, value }) => {
    const error = expectedError[lead - 1];
    return (
      '<tr>' +
      cell(formatInstant(time), 'th', ' scope="row"') +
      cell(formatWithUnit(value, unit)) +
      cell(error === undefined ? '–' : `± ${formatWithUnit(error, unit)}`) +
      '</tr>'
    );
  });
  const left = points.length - rows.length;
  const more =
    left > 0 ? `<p class="note">${left} further lead times are in the CSV of the forecast.</p>` : '';
  const head = ['Time', 'Forecast', 'Expected error']
    .map((text) => cell(text, 'th', ' scope="col"'))
    .join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>${more}`;
}
