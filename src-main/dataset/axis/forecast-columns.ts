import type { KnownAhead } from '../../contract/dataset';
import { convertUnit, physicalRange } from '../../contract/quantities';
import type { Series } from '../../contract/series';
import { beat } from '../../processes/heartbeat';
import { addSteps } from '../time/time-step';
import type { AxisColumns } from './axis-columns';
import type { MadeVariable } from './derived-variables';
import { ForecastLookup, knownFrom } from './forecast-lookup';
import { aggregationFor, type Aggregation } from './resample';

/** A forecast as it is known in each row, for so many steps later. */
type Forecast = MadeVariable & { readonly lead: number };

/**
 * A column of forecasts as inputs, one for each lead time: in its row each holds what was known then of the time `lead` steps
 * later. A column in the rows of its issue is such an input as it stands. Of one in the rows of its valid times the rows are
 * taken from `lead` steps later, for each lead time up to that at which it was known.
 */
export function byLead(columns: AxisColumns, known: KnownAhead, wanted?: string): readonly Forecast[] {
  const choice = columns.choiceOf(known.index);
  const useUnit = wanted ?? choice.useUnit;
  if (known.row === 'run') return byRun(columns, known, useUnit);
  const { quantity } = choice;
  const { index } = known;
  return inRows(
    { name: columns.nameOf(index), quantity, unit: useUnit, ...columns.column(index, { unit: useUnit }) },
    known,
  );
}

/**
 * Of a column of a joined file of forecasts: for each lead time the newest that was issued when the row was known. Lead times
 * of which nothing was ever forecast are left out, and so are all behind them.
 */
function byRun(columns: AxisColumns, { index, steps }: KnownAhead, useUnit: string): readonly Forecast[] {
  const { table, slots } = columns;
  const own = table.archive?.columns.get(index);
  if (table.archive === undefined || own === undefined) return [];
  const { quantity, unit } = columns.choiceOf(index);
  const lookup = new ForecastLookup(table.archive, slots);
  const [low, high] = physicalRange(quantity, unit);
  const usual = aggregationFor(quantity, unit, false);
  const aggregation: Aggregation = own.aspect === 'usual' ? usual : own.aspect === 'highest' ? 'max' : 'min';
  const { time, step } = slots;
  const known = time.map((moment) => knownFrom(moment, slots));
  const made: Forecast[] = [];
  for (let lead = 1; lead <= steps; lead += 1) {
    beat();
    let count = 0;
    const values = time.map((moment, row) => {
      const said = lookup.at(own.values, addSteps(moment, lead, step), known[row]!, aggregation);
      if (!(said >= low && said <= high)) return NaN;
      count += 1;
      return unit === useUnit ? said : convertUnit(said, quantity, unit, useUnit);
    });
    if (count === 0) break;
    const filled = new Uint8Array(values.length);
    made.push({ name: `${columns.nameOf(index)} +${lead}`, quantity, unit: useUnit, values, filled, lead });
  }
  return made;
}

function inRows(column: MadeVariable, { row, steps }: KnownAhead): readonly Forecast[] {
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
