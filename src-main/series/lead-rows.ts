import type { Ahead, ByRow } from '../contract/network';
import { axisRowsOf, type Series, type Variable } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';

/** The name of a forecast that is an input for each lead time, see `byLead` of the data set. */
const NAME_BY_LEAD = /^(.*) \+(\d+)$/s;

/** What a network reads that steps through the lead times. */
export interface LeadRows {
  readonly ahead: Ahead & { readonly byRow: ByRow };
  /** [rows, features], scaled, row-major: of a forecast what was said of the time of the row, 0 where nothing was. */
  readonly inputs: Float32Array;
}

/**
 * How a network steps through the lead times of a series: each reading (the calendar too) is a feature, and each forecast one
 * for all its lead times.
 * @param calendarCount inputs that stand behind those of the series
 * @returns null where the settings do not ask for it, where nothing is known ahead, and where several targets are learned
 */
export function aheadOf(
  { variables, inputs, alsoTargets }: Series,
  { leadSteps, horizon }: Pick<TrainingSettings, 'leadSteps' | 'horizon'>,
  calendarCount: number,
): LeadRows['ahead'] | null {
  if (leadSteps === 'together' || alsoTargets.length > 0) return null;
  const readings: number[] = [];
  const forecasts = new Map<string, number[]>();
  inputs.forEach((place, column) => {
    const variable = variables[place]!;
    if (variable.lead === undefined) readings.push(column);
    else {
      const name = forecastName(variable);
      const own = forecasts.get(name) ?? [];
      own[variable.lead - 1] = column;
      forecasts.set(name, own);
    }
  });
  for (let index = 0; index < calendarCount; index++) readings.push(inputs.length + index);
  const byLead = [...forecasts.values()].map((own) => own.slice(0, horizon));
  // A forecast of a later time alone cannot be told of its row by what was known a step before.
  if (byLead.length === 0 || byLead.some((own) => Object.keys(own).length < own.length)) return null;
  return {
    horizon,
    known: [...readings.map(() => 0), ...byLead.map((own) => own.length)],
    byRow: {
      width: inputs.length + calendarCount,
      columns: [...readings.map((column) => [column]), ...byLead],
    },
  };
}

const forecastName = ({ name, lead }: Variable): string => {
  const [, base = name, told] = NAME_BY_LEAD.exec(name) ?? [];
  return Number(told) === lead ? base : name;
};

/** @param inputs by row, scaled: [rows, width]; those of one forecast all by one scaler */
export function layLeadRows(
  series: Pick<Series, 'time' | 'stations'>,
  ahead: LeadRows['ahead'],
  inputs: Float32Array,
): LeadRows {
  const axisRows = axisRowsOf(series);
  const { width: inputCount, columns } = ahead.byRow;
  const width = columns.length;
  const rows = series.time.length;
  const laid = new Float32Array(rows * width);
  columns.forEach(([column = 0], feature) => {
    const isReading = ahead.known[feature] === 0;
    for (let row = 0; row < rows; row++) {
      const from = isReading ? row : row - 1;
      const value = isReading || row % axisRows > 0 ? inputs[from * inputCount + column]! : NaN;
      laid[row * width + feature] = isReading || !Number.isNaN(value) ? value : 0;
    }
  });
  return { ahead, inputs: laid };
}
