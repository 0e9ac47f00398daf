import type { ColumnReport, KnownAhead } from '../../contract/dataset';
import { forecastOfName, stepsOfForecast } from '../cells/forecast-names';
import { partsOfName } from '../cells/column-names';
import { readingsOf } from '../cells/readings';
import type { RawTable } from '../cells/table';
import { addSteps, orderByTime, stepsBetween, usualStep } from '../time/time-step';

/** A column of forecasts, as its name or its file tells. */
export interface FoundForecast extends KnownAhead {
  /** Columns of one base tell the same at several lead times. */
  readonly base: string;
}

/** Pairs that are enough to tell that one is the other. */
const FEWEST_PAIRS = 40;
/** Forecasts that agree so often with the reading to the last digit are none. */
const MOST_EQUAL = 0.5;

/** The columns of forecasts: of joined files, and those whose name says so. */
export function forecastsOf(table: RawTable, reports: readonly ColumnReport[]): readonly FoundForecast[] {
  const { time, archive } = table;
  const ordered = orderByTime(time?.times ?? new Float64Array(0));
  const seconds = usualStep(ordered.times)?.seconds ?? 86_400;
  const reach = leadSecondsOf(table);
  return reports.flatMap((report): FoundForecast[] => {
    const { index, name } = report;
    if (archive?.columns.has(index) === true) {
      return [{ index, row: 'run', steps: stepsWithin(reach / seconds), base: name }];
    }
    const told = forecastOfName(name);
    if (told === null || (/next/i.test(name) && !isForecastOfNext(table, report, reports))) return [];
    const steps = Math.min(400, stepsOfForecast(told, seconds));
    return [{ index, row: told.row, steps, base: told.base }];
  });
}

const stepsWithin = (steps: number): number => Math.min(400, Math.max(1, Math.ceil(steps)));

const leadSecondsOf = ({ forecasts }: RawTable): number => forecasts?.leadSeconds ?? 0;

/** 'Next_temp' beside 'temp': unless it is what the next row reads, which nobody knew. */
function isForecastOfNext(table: RawTable, next: ColumnReport, reports: readonly ColumnReport[]): boolean {
  const base = forecastOfName(next.name)?.base ?? '';
  const plain = (name: string): string => partsOfName(name).label.trim().toLowerCase();
  const read = reports.find(({ name }) => plain(name) === base.trim().toLowerCase());
  if (read === undefined) return false;
  const { pairs, equal } = equalityOf(table, next, read, 1);
  return pairs >= FEWEST_PAIRS && equal <= MOST_EQUAL * pairs;
}

/** How often a forecast is the reading `steps` rows later, to the last digit. */
function equalityOf(
  table: RawTable,
  forecast: ColumnReport,
  reading: ColumnReport,
  steps: number,
): { readonly pairs: number; readonly equal: number } {
  let [pairs, equal] = [0, 0];
  for (const { said, read } of pairsOf(table, forecast, reading, steps)) {
    pairs += 1;
    if (said === read) equal += 1;
  }
  return { pairs, equal };
}

/** Forecasts beside the readings of their valid times, in the unit of each; where both are there. */
export function pairsOf(
  table: RawTable,
  forecast: ColumnReport,
  reading: ColumnReport,
  steps: number,
): readonly { readonly said: number; readonly read: number }[] {
  const { rows, times } = orderByTime(table.time?.times ?? new Float64Array(0));
  const step = usualStep(times);
  const valuesOf = ({ index, quantity, unit }: ColumnReport): Float64Array =>
    readingsOf(table.columns[index]!, quantity, unit, rows).values;
  const [said, read] = [valuesOf(forecast), valuesOf(reading)];
  const found: { said: number; read: number }[] = [];
  let at = 0;
  for (let row = 0; row < rows.length && step !== null; row += 1) {
    const wanted = steps === 0 ? times[row]! : addSteps(times[row]!, steps, step);
    while (at < rows.length && stepsBetween(times[at]!, wanted, step) > 0) at += 1;
    if (at >= rows.length) break;
    if (stepsBetween(times[at]!, wanted, step) !== 0) continue;
    const pair = { said: said[row]!, read: read[at]! };
    if (!Number.isNaN(pair.said + pair.read)) found.push(pair);
  }
  return found;
}

/** Why a column of forecasts is in truth an analysis, which tells what was known afterwards. */
export interface Analysis {
  readonly column: ColumnReport;
  readonly why: 'equals-reading' | 'error-level';
  readonly reading: ColumnReport;
}

/** The columns of forecasts that no service can have issued: they are the reading, or as good far ahead as shortly before. */
export function analysesAmong(
  table: RawTable,
  reports: readonly ColumnReport[],
  forecasts: readonly FoundForecast[],
): readonly Analysis[] {
  const isForecast = new Set(forecasts.map(({ index }) => index));
  const readings = reports.filter(({ index, count, quantity }) => {
    return !isForecast.has(index) && count > 0 && quantity !== 'other';
  });
  return forecasts.flatMap((forecast): Analysis[] => {
    const column = reports[forecast.index]!;
    const beside = readings.filter(
      ({ quantity, unit }) => quantity === column.quantity && unit === column.unit,
    );
    for (const reading of beside) {
      const steps = forecast.row === 'issue' ? forecast.steps : 0;
      const { pairs, equal } = equalityOf(table, column, reading, steps);
      // Rain is often none, in the forecast as in the gauge.
      const isDry = column.min === 0 && column.quantity !== 'temperature';
      if (!isDry && pairs >= FEWEST_PAIRS && equal > MOST_EQUAL * pairs) {
        return [{ column, why: 'equals-reading', reading }];
      }
    }
    const [reading] = beside;
    const isLevel =
      forecast.row === 'run'
        ? isLevelInArchive(table, forecast.index)
        : isLevelBeside(table, forecast, forecasts, reports);
    return isLevel && reading !== undefined ? [{ column, why: 'error-level', reading }] : [];
  });
}

/** Values of one time at lead times so far apart that agree this often are one and the same analysis. */
const LEAD_APART = 20 * 3_600_000;
const SAME_SHARE = 0.9;

/** Whether what was forecast for one time does not change from one run to another a day later. */
function isLevelInArchive({ archive }: RawTable, index: number): boolean {
  const values = archive?.columns.get(index)?.values;
  if (archive === undefined || values === undefined) return false;
  const { valid, issued } = archive;
  let [pairs, same, changes, before] = [0, 0, 0, NaN];
  let from = 0;
  for (let at = 0; at < valid.length; at += 1) {
    if (valid[at] !== valid[from]) from = at;
    const [early, late] = [values[from]!, values[at]!];
    if (Number.isNaN(early + late)) continue;
    if (late !== before) changes += 1;
    before = late;
    if (issued[at]! - issued[from]! < LEAD_APART) continue;
    pairs += 1;
    if (early === late) same += 1;
  }
  // A quantity that hardly ever changes, as rain in a dry month, tells nothing.
  return pairs >= FEWEST_PAIRS && same >= SAME_SHARE * pairs && changes > 0.5 * pairs;
}

/** The same of columns that hold what was known of one time at different lead times. */
function isLevelBeside(
  table: RawTable,
  forecast: FoundForecast,
  all: readonly FoundForecast[],
  reports: readonly ColumnReport[],
): boolean {
  const other = all.find(
    ({ base, row, steps }) =>
      base === forecast.base && row === 'valid' && forecast.row === 'valid' && steps !== forecast.steps,
  );
  if (other === undefined || reports[forecast.index]!.min === 0) return false;
  const { pairs, equal } = equalityOf(table, reports[forecast.index]!, reports[other.index]!, 0);
  return pairs >= FEWEST_PAIRS && equal >= SAME_SHARE * pairs;
}
