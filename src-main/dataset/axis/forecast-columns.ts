import type { KnownAhead } from '../../contract/dataset';
import type { Series } from '../../contract/series';
import type { MadeVariable } from './derived-variables';

/** A forecast as it is known in each row, for so many steps later. */
type Forecast = MadeVariable & { readonly lead: number };

/**
 * A column of forecasts as inputs, one for each lead time: in its row each holds what was known then of the time `lead` steps
 * later. A column in the rows of its issue is such an input as it stands. Of one in the rows of its valid times the rows are
 * taken from `lead` steps later, for each lead time up to that at which it was known.
 */
export function byLead(column: MadeVariable, { row, steps }: KnownAhead): readonly Forecast[] {
  if (row === 'issue') return [{ ...column, lead: steps }];
  return Array.from({ length: steps }, (_, index) => {
    const lead = index + 1;
    const values = new Float64Array(column.values.length).fill(NaN);
    const filled = new Uint8Array(values.length);
    values.set(column.values.slice(lead));
    filled.set(column.filled.slice(lead));
    return { ...column, name: `${column.name} +${lead}`, values, filled, lead };
  });
}

/** Without the rows after the last reading of the target, which held forecasts alone. */
export function upToLastReading(series: Series): Series {
  const { values, filled } = series.variables[series.target]!;
  let rows = values.length;
  while (rows > 0 && (filled[rows - 1] !== 0 || Number.isNaN(values[rows - 1]!))) rows -= 1;
  return {
    ...series,
    time: series.time.slice(0, rows),
    variables: series.variables.map((variable) => ({
      ...variable,
      values: variable.values.slice(0, rows),
      filled: variable.filled.slice(0, rows),
    })),
  };
}
