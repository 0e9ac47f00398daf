import { describeWeatherEvent } from '../contract/event-text';
import type { WarningForecast } from '../contract/events';
import { formatWithUnit } from '../contract/format';
import type { Language } from '../contract/language';
import { describeThreshold } from '../contract/probability';
import { entriesOf, type Estimate, type Forecast, type Verification } from '../contract/results';
import { blendPercent } from '../contract/verdict';
import { SHARED_WORDS } from '../contract/words';
import { escapeXml } from '../drawing';
import { formatInstant } from '../series';
import { REPORT_WORDS } from './words';

/** Lead times of the forecast that are listed: a page has no room for more. Where there are more, one in so many is. */
const MOST_POINTS = 10;

/** A cell of text from anywhere: escaped. */
export const cell = (text: string, kind: 'td' | 'th' = 'td', attributes = ''): string =>
  `<${kind}${attributes}>${escapeXml(text)}</${kind}>`;

/** What the model is called: an LSTM, or a blend of it with simple models. */
export function modelName({ verdict }: Pick<Verification, 'verdict'>, language: Language): string {
  const { methods, blend } = SHARED_WORDS[language];
  return blendPercent(verdict) === null ? methods.model : blend;
}

/** Every method's scores over all lead times, with 95 % intervals. */
export function scoreTable(verification: Verification, language: Language): string {
  const { overall, unit } = verification;
  const { range, columns } = REPORT_WORDS[language];
  const names = { ...SHARED_WORDS[language].methods, model: modelName(verification, language) };
  const number = (value: number, of = unit, digits = 2): string =>
    formatWithUnit(value, of, digits, language);
  const withInterval = ({ value, low, high }: Estimate, of = unit, factor = 1, digits = 2): string => {
    const middle = number(value * factor, of, digits);
    if (!Number.isFinite(low)) return middle;
    return `${middle} (${range(number(low * factor, '', digits), number(high * factor, '', digits))})`;
  };
  const rows = entriesOf(overall.methods).map(
    ([method, { rmse, mae, bias, skill }]) =>
      `<tr${method === 'model' ? ' class="ours"' : ''}>` +
      cell(names[method], 'th', ' scope="row"') +
      cell(withInterval(rmse)) +
      cell(number(mae.value)) +
      cell(number(bias.value)) +
      cell(withInterval(skill, '%', 100, 1)) +
      '</tr>',
  );
  const head = headOf(['', columns.rmse, columns.mae, columns.bias, columns.skill]);
  return `<table class="scores"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** The forecast, lead by lead, with the error to expect and, for rain, its probability. */
export function forecastTable({ points, expectedError, unit, event }: Forecast, language: Language): string {
  const { columns, someLeads } = REPORT_WORDS[language];
  const number = (value: number): string => formatWithUnit(value, unit, 2, language);
  const every = Math.ceil(points.length / MOST_POINTS);
  const listed = points.filter(({ lead }) => lead % every === 0);
  const rows = listed.map(({ time, lead, value }) => {
    const error = expectedError[lead - 1];
    const chance = event?.probabilities[lead - 1];
    return (
      '<tr>' +
      cell(formatInstant(time), 'th', ' scope="row"') +
      cell(number(value)) +
      cell(error === undefined ? '–' : `± ${number(error)}`) +
      (chance === undefined ? '' : cell(formatWithUnit(chance * 100, '%', 0, language))) +
      '</tr>'
    );
  });
  const more = every === 1 ? '' : `<p class="note">${escapeXml(someLeads(every, points.length))}</p>`;
  const head = headOf([columns.time, columns.forecast, columns.expectedError]);
  const chanceHead =
    event === null
      ? ''
      : cell(describeThreshold(event.threshold, unit, language), 'th', ' scope="col" class="chance"');
  return `<table><thead><tr>${head}${chanceHead}</tr></thead><tbody>${rows.join('')}</tbody></table>${more}`;
}

/** What the forecast says of each event that is warned of; '' where none is. */
export function warningTable(warnings: readonly WarningForecast[], language: Language): string {
  if (warnings.length === 0) return '';
  const { warnings: words } = REPORT_WORDS[language];
  const percent = (share: number): string => formatWithUnit(share * 100, '%', 0, language);
  const rows = warnings.map(({ event, unit, stepSeconds, probability, isOut, warnAbove, costs, record }) => {
    const { hits, misses, falseAlarms } = record;
    const reason =
      costs === null
        ? words.above(percent(warnAbove))
        : words.aboveCosts(percent(warnAbove), costs.cost, costs.loss);
    return (
      `<tr${isOut ? ' class="ours"' : ''}>` +
      cell(describeWeatherEvent(event, unit, stepSeconds, language), 'th', ' scope="row"') +
      cell(percent(probability)) +
      cell(`${isOut ? words.warned : words.notWarned} (${reason})`) +
      cell(words.past(hits, hits + falseAlarms, misses, hits + misses)) +
      '</tr>'
    );
  });
  const head = headOf([words.event, words.probability, words.decision, words.record]);
  return `<table class="warnings"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const headOf = (names: readonly string[]): string =>
  names.map((name) => cell(name, 'th', ' scope="col"')).join('');
