import type { Series } from '../contract/series';

/** The series with these variables as its inputs, in this order; what is then neither input nor target is left out. */
export function withInputs(series: Series, inputs: readonly number[]): Series {
  const { service, ...others } = series;
  const { variables, target, alsoTargets } = others;
  const kept = [...new Set([...inputs, target, ...alsoTargets])];
  const placeOf = (index: number): number => kept.indexOf(index);
  return {
    ...others,
    variables: kept.map((index) => variables[index]!),
    inputs: inputs.map(placeOf),
    target: placeOf(target),
    alsoTargets: alsoTargets.map(placeOf),
    // What the network does not see it cannot start from.
    ...(service?.every((index) => inputs.includes(index)) === true ? { service: service.map(placeOf) } : {}),
  };
}

/** The series without these inputs, by name. */
export function withoutInputs(series: Series, names: readonly string[]): Series {
  const isKept = (index: number): boolean => !names.includes(series.variables[index]!.name);
  return names.length === 0 ? series : withInputs(series, series.inputs.filter(isKept));
}
