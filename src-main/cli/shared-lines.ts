import { formatWithUnit } from '../contract/format';
import {
  curveRows,
  describeSharedCounts,
  SHARED_TEXT,
  summariseShared,
  type JudgedShare,
  type SharedGroup,
  type SharedReport,
} from '../contract/shared-model';
import { formatTable } from './terminal';

/** The shared model beside those of the stations, in lines. */
export function describeShared(report: SharedReport): string[] {
  const { groups, left } = report;
  const summary = summariseShared(report);
  const verdicts = SHARED_TEXT.en.verdicts;
  const row = (each: JudgedShare): string[] => [
    each.name,
    formatWithUnit(each.single, each.unit),
    formatWithUnit(each.shared, each.unit),
    `${(100 * each.saved).toFixed(1)} %`,
    each.pValue === null ? '' : each.pValue.toFixed(3),
    verdicts[each.verdict],
    formatWithUnit(each.singleAlone, each.unit),
    formatWithUnit(each.sharedAlone, each.unit),
  ];
  const head = ['station', 'own', 'shared', 'saved', 'p', 'verdict', 'own LSTM', 'shared LSTM'];
  return [
    '',
    ...(summary.stations.length === 0 ? [] : formatTable([head, ...summary.stations.map(row)])),
    ...(summary.stations.length === 0 ? [] : [describeSharedCounts(summary)]),
    ...groups.flatMap(describeCurve),
    ...left.map(({ name, why }) => `${name}: ${SHARED_TEXT.en.left[why]}`),
  ];
}

function describeCurve(group: SharedGroup): string[] {
  const rows = curveRows(group);
  if (rows.length === 0) return [];
  const value = (error: number): string => formatWithUnit(error, group.unit);
  return [
    '',
    `${group.target}: a station that the shared model never saw, by its months of readings`,
    ...formatTable([
      [
        'months',
        'persistence',
        'its own model',
        'shared LSTM',
        'that is lower',
        'tuned',
        'tuned, in a blend',
      ],
      ...rows.map((row) => [
        String(row.months),
        ...[row.persistence, row.single, row.untuned].map(value),
        `${row.lower} of ${row.stations}`,
        ...[row.tuned, row.shared].map(value),
      ]),
    ]),
  ];
}

export function sharedToJson(report: SharedReport): object {
  const { stations, counts, lower } = summariseShared(report);
  return {
    stations,
    counts,
    lower,
    left: report.left,
    groups: report.groups.map((group) => ({ ...group, curveByMonths: curveRows(group) })),
  };
}
