import type { DerivedInput } from '../../contract/dataset';
import { fitsStep, sourcesOf, speedFor } from '../../contract/derived';
import { phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';
import { convertUnit, type Quantity } from '../../contract/quantities';
import { FILLED } from '../../contract/series';
import type { AxisColumns, AxisValues } from './axis-columns';
import {
  dailyRange,
  dewPoint,
  pressureTendency,
  tendencySteps,
  trailingMarks,
  trailingRange,
  windComponents,
} from './derived';

/** A variable with values in double precision, before its name is made unlike the others. */
export interface MadeVariable extends AxisValues {
  readonly name: string;
  /** As `Variable.made`. */
  readonly made?: boolean;
  /** As `Variable.lead`. */
  readonly lead?: number;
  readonly quantity: Quantity;
  readonly unit: string;
}

const DAY = 86_400;

/** A derived input and what it needs, for people. */
const NAMES = {
  'dew point': { derived: phrase('dew-point'), needed: phrase('of-dew-point') },
  'pressure tendency': { derived: phrase('pressure-tendency'), needed: phrase('of-pressure-tendency') },
  'daily range': { derived: phrase('daily-range'), needed: phrase('of-daily-range') },
  'wind u/v': { derived: phrase('wind-components'), needed: phrase('of-wind-components') },
} as const satisfies Readonly<Record<DerivedInput, unknown>>;

/**
 * The inputs that are made from others. A row in which one of its sources is missing has none.
 * @throws Problem 'derived-columns', 'derived-step', and those of reading a column
 */
export function derivedVariables(columns: AxisColumns): readonly MadeVariable[] {
  return columns.mapping.derived.flatMap((derived) => deriveInput(columns, derived));
}

function deriveInput(columns: AxisColumns, derived: DerivedInput): readonly MadeVariable[] {
  const { mapping, slots, table } = columns;
  const { logSeconds, step } = slots;
  if (!fitsStep(derived, logSeconds, step.seconds)) {
    throw new Problem('derived-step', {
      derived: NAMES[derived].derived,
      step: phrase('step', { label: step.label }),
    });
  }
  const sources = sourcesOf(derived, mapping, columns.nameOf, logSeconds);
  const [first, second = first] = sources ?? [];
  if (first === undefined || second === undefined) {
    throw new Problem('derived-columns', { ...NAMES[derived], file: table.source.fileName });
  }
  switch (derived) {
    case 'dew point': {
      const temperature = columns.column(first, { unit: '°C' });
      const humidity = columns.column(second, { unit: '%' });
      const values = temperature.values.map((value, row) => dewPoint(value, humidity.values[row] ?? NaN));
      const filled = marksOf(values, temperature.filled, humidity.filled);
      return [{ name: derived, quantity: 'dew point', unit: '°C', values, filled }];
    }
    case 'pressure tendency': {
      const pressure = columns.column(first, { unit: 'hPa' });
      const steps = tendencySteps(step.seconds);
      const values = pressureTendency(pressure.values, steps);
      // What arrives late for the reading before has arrived by now, or the gap between them is still open.
      const before = pressure.filled.map((_mark, row) => Math.min(FILLED, pressure.filled[row - steps] ?? 0));
      const filled = marksOf(values, pressure.filled, before);
      return [{ name: derived, quantity: 'other', unit: 'hPa/3 h', values, filled }];
    }
    case 'daily range':
      return [{ name: derived, quantity: 'other', unit: '°C', ...dailyRanges(columns, first, second) }];
    case 'wind u/v':
      // A direction among the inputs has become u and v in its own place.
      return mapping.inputs.some((index) => columns.choiceOf(index).quantity === 'wind direction')
        ? []
        : windVariables(columns, first, second);
  }
}

/**
 * Of daily readings the highest less the lowest temperature; of finer ones the range of each day, or, on a step below a
 * day, that of the last 24 hours: nothing that is not known yet.
 */
function dailyRanges(columns: AxisColumns, first: number, second: number): AxisValues {
  const { logSeconds, step } = columns.slots;
  if (logSeconds < DAY && step.seconds < DAY) {
    const temperature = columns.column(first, { unit: '°C' });
    const steps = Math.max(1, Math.round(DAY / step.seconds));
    const values = trailingRange(temperature.values, steps);
    return { values, filled: marksOf(values, trailingMarks(temperature.filled, steps)) };
  }
  const isWithin = logSeconds < DAY;
  const highest = columns.column(first, { unit: '°C', ...(isWithin ? { aggregation: 'max' } : {}) });
  const lowest = columns.column(second, { unit: '°C', ...(isWithin ? { aggregation: 'min' } : {}) });
  const values = highest.values.map((value, row) => dailyRange(value, lowest.values[row] ?? NaN));
  return { values, filled: marksOf(values, highest.filled, lowest.filled) };
}

/** The two variables that a wind direction becomes as an input. */
export function directionVariables(columns: AxisColumns, direction: number): readonly MadeVariable[] {
  return windVariables(columns, direction, speedFor(columns.mapping, columns.nameOf));
}

/** Components are averaged over a step, as the wind is, and then gaps are filled by the policy of the direction. */
function windVariables(
  columns: AxisColumns,
  direction: number,
  speed: number | null,
): readonly MadeVariable[] {
  const name = columns.nameOf(direction);
  const { gapPolicy } = columns.choiceOf(direction);
  const logged = columns.loggedCounts(direction);
  const directions = columns.readings(direction);
  const speeds = speed === null ? null : columns.readings(speed);
  const unit = speed === null ? '' : columns.choiceOf(speed).unit;
  const east = new Float64Array(directions.length);
  const north = new Float64Array(directions.length);
  directions.forEach((degrees, at) => {
    const metres = speeds === null ? null : convertUnit(speeds[at] ?? NaN, 'wind speed', unit, 'm/s');
    [east[at], north[at]] = windComponents(degrees, metres);
  });
  const [u, v] = speed === null ? [`sin(${name})`, `cos(${name})`] : ['wind u', 'wind v'];
  const rest = { quantity: 'other', unit: speed === null ? '' : 'm/s' } as const;
  return [
    { name: u ?? '', ...rest, ...columns.onAxis(east, 'mean', gapPolicy, undefined, logged) },
    { name: v ?? '', ...rest, ...columns.onAxis(north, 'mean', gapPolicy, undefined, logged) },
  ];
}

/** What marks values made of several: the strongest mark of their sources, none where there is no value. */
function marksOf(values: Float64Array, ...sources: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(values, (value, row) =>
    Number.isNaN(value) ? 0 : Math.max(...sources.map((filled) => filled[row] ?? 0)),
  );
}
