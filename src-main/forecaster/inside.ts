import type { Inside, InputOfWindow, Outcome } from '../contract/inside';
import type { NetworkShape } from '../contract/network';
import type { Series } from '../contract/series';
import { forwardComposite, traceLayer, type Composite } from '../network';
import { inputVariables, targetVariable, type Preparation } from '../series';
import { readForecasts } from '../verification';

interface Look {
  readonly network: NetworkShape;
  /** Looked into is its first network. */
  readonly composite: Composite;
  readonly inputs: readonly InputOfWindow[];
  /** In the unit of each input, and scaled as the network sees them (null: as they are). [T, inputs] each, row-major. */
  readonly readings: Float32Array;
  readonly scaled: Float32Array | null;
  /** [T]; null: counted. */
  readonly time: Float64Array | null;
  readonly stepSeconds: number;
  readonly outcome: Outcome | null;
  readonly layer: number;
  readonly place: number;
  readonly places: number;
}

/** A look inside a network while it reads one window, with the readings in their units beside it. */
export function lookInside(look: Look): Inside {
  const { network, composite, inputs, readings, scaled, time } = look;
  const layer = traceLayer(network, composite.members[0]!, scaled ?? readings, look.layer);
  const window = readings.length / inputs.length;
  const skipped = window - layer.steps;
  return {
    ...layer,
    layer: look.layer,
    layers: network.layers,
    hidden: network.hidden,
    members: composite.members.length,
    window,
    inputs,
    time: time?.slice(skipped) ?? null,
    stepSeconds: look.stepSeconds,
    readings: readings.slice(skipped * inputs.length),
    scaled: scaled?.slice(skipped * inputs.length) ?? null,
    outcome: look.outcome,
    place: look.place,
    places: look.places,
  };
}

/**
 * A look at a trained network and one window of its test part.
 * @param place of the window in the test part, from 0; null, or one that is not there: the newest
 * @param layer from 0; one that is not there: the last
 */
export function lookInsideTrained(
  trained: {
    readonly network: NetworkShape;
    readonly composite: Composite;
    readonly series: Series;
    readonly preparation: Preparation;
  },
  place: number | null,
  layer: number,
): Inside {
  const { network, composite, series, preparation } = trained;
  const { split, window, inputCount, inputs, inputNames } = preparation;
  const places = split.test.length;
  const shown = Math.min(place ?? places - 1, places - 1);
  const start = split.test[shown]!;
  const target = targetVariable(series);
  const variables = inputVariables(series);
  const scaled = inputs.slice(start * inputCount, (start + window) * inputCount);
  return lookInside({
    network,
    composite,
    inputs: inputNames.map((input, index) => ({ ...input, unit: variables[index]?.unit ?? '' })),
    // The calendar is not scaled: it stands as the network sees it.
    readings: scaled.map((value, index) => {
      const variable = variables[index % inputCount];
      return variable === undefined ? value : variable.values[start + Math.floor(index / inputCount)]!;
    }),
    scaled,
    time: series.time.slice(start, start + window),
    stepSeconds: series.step.seconds,
    outcome: {
      target: { name: target.name, made: false, unit: target.unit },
      predicted: readForecasts(series, preparation, forwardComposite(network, composite, scaled), 1)
        .point[0]!,
      observed: target.filled[start + window] !== 0 ? NaN : target.values[start + window]!,
    },
    layer: Math.min(layer, network.layers - 1),
    place: shown,
    places,
  });
}
