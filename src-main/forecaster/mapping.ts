import type { AxisChoices, ColumnMapping, DatasetSummary } from '../contract/dataset';
import { Problem } from '../contract/problems';
import { SUN_INPUTS } from '../contract/sun';
import type { Forecaster, ForecasterColumn } from './forecaster';

/**
 * How a newer file is read the way the forecaster's own was: the same columns by name, with the same units and gap
 * policies, what was struck at the same times, the same step, gap limit, derived inputs and sun, all dates. Spikes and
 * stuck runs count here: they are known by later readings, and what a forecast reads is what was known when it is issued.
 * @throws Problem 'columns-differ', 'no-time-column'
 */
export function mappingFor(
  forecaster: Pick<Forecaster, 'target' | 'inputs' | 'columns' | keyof AxisChoices>,
  summary: DatasetSummary,
): ColumnMapping {
  const indexOf = (name: string): number => {
    const column = summary.columns.find((candidate) => candidate.name === name);
    if (column === undefined) throw new Problem('columns-differ', { file: summary.fileName, column: name });
    return column.index;
  };
  const sourceOf = ({ name, extreme }: ForecasterColumn): number => indexOf(extreme?.of ?? name);
  if (summary.time === null) throw new Problem('no-time-column', { file: summary.fileName });
  const { target, columns, stepSeconds, gapLimit, derived, sun } = forecaster;
  const used = columns.filter(({ role, extreme }) => role !== 'time' && extreme === undefined);
  const forecast = columns.find(({ role }) => role === 'target');
  return {
    time: summary.time.column,
    target: forecast === undefined ? indexOf(target.name) : sourceOf(forecast),
    alsoTargets: [],
    ...(forecast?.extreme === undefined ? {} : { extremes: [forecast.extreme.which] }),
    inputs: inputColumns(forecaster).map(({ name }) => indexOf(name)),
    columns: used.map(({ name, quantity, unit, useUnit, gapPolicy, runningTotal, perStep, struck }) => ({
      index: indexOf(name),
      quantity,
      unit,
      useUnit,
      gapPolicy,
      // Models from before there was a choice learned from the count itself.
      perStep: perStep ?? false,
      ...(runningTotal === undefined ? {} : { runningTotal }),
      ...(struck === undefined ? {} : { struck: [...struck] }),
    })),
    ...forecastsOf(columns, indexOf),
    from: null,
    to: null,
    stepSeconds,
    gapLimit,
    derived: [...derived],
    sun,
  };
}

function forecastsOf(
  columns: readonly ForecasterColumn[],
  indexOf: (name: string) => number,
): Pick<ColumnMapping, 'knownAhead' | 'service'> {
  const knownAhead = columns.flatMap(({ name, knownAhead: known }) =>
    known === undefined ? [] : [{ ...known, index: indexOf(name) }],
  );
  const service = columns.filter(({ isService }) => isService === true).map(({ name }) => indexOf(name));
  return {
    ...(knownAhead.length === 0 ? {} : { knownAhead }),
    ...(service.length === 0 ? {} : { service }),
  };
}

/** The columns that inputs were read from, in order. */
function inputColumns({
  columns,
  inputs,
  target,
  derived,
  sun,
}: Parameters<typeof mappingFor>[0]): readonly ForecasterColumn[] {
  const features = columns.filter(({ role }) => role === 'feature');
  const widthOf = ({ quantity }: ForecasterColumn): number => (quantity === 'wind direction' ? 2 : 1);
  const hasDirection = features.some(({ quantity }) => quantity === 'wind direction');
  const derivedWidth = derived.reduce(
    (sum, each) => sum + (each !== 'wind u/v' ? 1 : hasDirection ? 0 : 2),
    sun === null ? 0 : SUN_INPUTS,
  );
  const widthOfFeatures = features.reduce((sum, column) => sum + widthOf(column), derivedWidth);
  // A direction that is the target does not stand among the inputs by its name: its components do.
  const targetIsInput =
    target.quantity === 'wind direction'
      ? inputs.length > widthOfFeatures
      : inputs.some(({ name }) => name === target.name);
  return columns.filter(
    ({ role, extreme }) =>
      extreme === undefined && (role === 'feature' || (role === 'target' && targetIsInput)),
  );
}
