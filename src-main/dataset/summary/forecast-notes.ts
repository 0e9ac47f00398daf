import type { ColumnMapping, DatasetSummary } from '../../contract/dataset';
import { phrase } from '../../contract/phrases';
import type { ProblemData } from '../../contract/problems';
import type { RawTable } from '../cells/table';
import { analysesAmong, forecastsOf, type Analysis } from '../suggestion/forecasts';
import { withForecasts } from '../suggestion/with-forecasts';

export const columnsOf = (analyses: readonly Analysis[]): ReadonlySet<number> =>
  new Set(analyses.map(({ column }) => column.index));

/** Said of so many at most: of each base of one file the same is true. */
const MOST_ANALYSES = 4;

const analysisNotes = (analyses: readonly Analysis[]): ProblemData[] =>
  analyses.slice(0, MOST_ANALYSES).map(({ column, why, reading }) => ({
    code: 'forecast-analysis',
    params: {
      column: column.name,
      cause: why === 'equals-reading' ? phrase(why, { reading: reading.name }) : phrase(why),
    },
  }));

const clockNotes = ({ forecasts, source }: RawTable): ProblemData[] =>
  (forecasts?.files ?? [])
    .filter(({ clock }) => clock === 'course')
    .map(({ fileName, hours }) => ({
      code: 'forecast-clock',
      params: {
        file: fileName,
        readings: source.fileName,
        hours: Math.abs(hours),
        way: phrase(hours > 0 ? 'clock-later' : 'clock-earlier'),
      },
    }));

/** What is to be known of the forecasts of a table. */
export const forecastNotes = (table: RawTable, analyses: readonly Analysis[]): readonly ProblemData[] => [
  ...analysisNotes(analyses),
  ...clockNotes(table),
];

/** Another mapping of the table with the forecasts that there are for its target; `withForecasts` says when. */
export function mappingWithForecasts(
  table: RawTable,
  { columns, leftOut }: DatasetSummary,
  mapping: ColumnMapping,
  horizon: number,
): ColumnMapping {
  const { knownAhead = [], service: _service, ...readings } = mapping;
  const inputs = mapping.inputs.filter((input) => !knownAhead.some(({ index }) => index === input));
  const plan = { question: 'own', window: 1, horizon, testFrom: null, validationFrom: null } as const;
  const answer = { mapping: { ...readings, inputs }, plan, leftOut, isTrainable: true };
  const forecasts = forecastsOf(table, columns);
  const analyses = columnsOf(analysesAmong(table, columns, forecasts));
  const made = withForecasts(answer, table, columns, forecasts, analyses, 'nothing').mapping;
  return made.knownAhead === undefined ? mapping : made;
}
