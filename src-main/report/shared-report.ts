import { formatWithUnit } from '../contract/format';
import type { Language } from '../contract/language';
import {
  curveRows,
  describeSharedCounts,
  SHARED_TEXT,
  summariseShared,
  type SharedGroup,
  type SharedReport,
} from '../contract/shared-model';
import { heading, note } from './page';
import { cell } from './tables';

/** The shared model of a fleet beside those of its stations: the same table and curve as in the window. */
export function sharedToHtml(report: SharedReport, language: Language): string {
  const words = SHARED_TEXT[language];
  const summary = summariseShared(report);
  const share = (value: number): string => formatWithUnit(100 * value, '%', 1, language);
  const rows = summary.stations.map(({ unit, ...each }) => {
    const value = (error: number): string => formatWithUnit(error, unit, 2, language);
    return line([
      each.name,
      value(each.single),
      value(each.shared),
      share(each.saved),
      words.verdicts[each.verdict],
      value(each.singleAlone),
      value(each.sharedAlone),
    ]);
  });
  const left = report.left.map(({ name, why }) => line([name, words.left[why]]));
  return `<section>${heading(words.title)}${note(words.about)}
${rows.length === 0 ? '' : note(describeSharedCounts(summary, language), 'verdict') + table(Object.values(words.columns), rows)}
${report.groups.map((group) => curveToHtml(group, language)).join('\n')}
${left.length === 0 ? '' : `<table class="facts"><tbody>${left.join('')}</tbody></table>`}</section>`;
}

function curveToHtml(group: SharedGroup, language: Language): string {
  const words = SHARED_TEXT[language];
  const value = (error: number): string => formatWithUnit(error, group.unit, 2, language);
  const rows = curveRows(group).map(({ months, stations, lower, ...errors }) =>
    line([
      words.months(months),
      ...[errors.persistence, errors.single, errors.untuned].map(value),
      words.lowerAt(lower, stations),
      ...[errors.tuned, errors.shared].map(value),
    ]),
  );
  return rows.length === 0
    ? ''
    : `${note(words.curve(group.target))}${table(Object.values(words.curveColumns), rows)}`;
}

const line = ([name = '', ...others]: readonly string[]): string =>
  `<tr>${cell(name, 'th', ' scope="row"')}${others.map((text) => cell(text)).join('')}</tr>`;

function table(head: readonly string[], rows: readonly string[]): string {
  const names = head.map((name) => cell(name, 'th', ' scope="col"')).join('');
  return `<table class="scores"><thead><tr>${names}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
