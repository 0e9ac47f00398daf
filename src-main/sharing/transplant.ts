import type { TrainingSettings } from '../contract/settings';
import { parameterCount, sliceParameters } from '../network';
import { networkShape, type Preparation } from '../series';
import type { Pool, PooledStation } from './pool';

/**
 * The weights of a network of several stations as those of one station's own: it forecasts the same there, out of readings
 * scaled as the station's own model scales them. What is told of a station never changes, so it goes into the bias of the
 * first layer; inputs that others lack get the weight 0.
 * @param to how the station's own model is prepared
 */
export function transplant(
  pool: Pool,
  theta: Float32Array,
  { station, place, parts }: PooledStation,
  settings: TrainingSettings,
  to: Preparation,
): Float32Array {
  const from = sliceParameters(networkShape(settings, pool.inputCount), theta);
  const shape = networkShape(settings, to.inputCount);
  const own = new Float32Array(parameterCount(shape));
  const slices = sliceParameters(shape, own);
  for (const [name, { values }] of slices) {
    if (name !== 'lstm_1/kernel') values.set(from.get(name)!.values);
  }
  const given = from.get('lstm_1/kernel')!.values;
  const kernel = slices.get('lstm_1/kernel')!.values;
  const bias = slices.get('lstm_1/bias')!.values;
  const width = bias.length;
  const rowOf = (input: number): Float32Array => given.subarray(input * width, (input + 1) * width);
  const shift = Float64Array.from(bias);
  const add = (row: Float32Array, times: number): void =>
    row.forEach((weight, column) => (shift[column]! += weight * times));

  const places = pool.placesAt(place);
  places.forEach((input, common) => {
    const [here, there] = [to.inputScalers[input]!, pool.scalers[common]!];
    const row = rowOf(common);
    kernel.set(
      row.map((weight) => (weight * here.scale) / there.scale),
      input * width,
    );
    add(row, (here.mean - there.mean) / there.scale);
  });
  const calendar = to.inputCount - station.series.inputs.length;
  for (let column = 0; column < calendar; column++) {
    kernel.set(rowOf(places.length + column), (station.series.inputs.length + column) * width);
  }
  pool
    .scaledTraits(station, parts)
    .forEach((value, trait) => add(rowOf(places.length + calendar + trait), value));
  bias.set(shift);

  const [here, there] = [to.targetScaler, pool.targetScaler];
  const stretch = there.scale / here.scale;
  // A change since the last reading has no mean to be moved.
  const moved = settings.residual ? 0 : (there.mean - here.mean) / here.scale;
  const head = slices.get('dense/kernel')!.values;
  const headBias = slices.get('dense/bias')!.values;
  head.set(head.map((weight) => weight * stretch));
  headBias.set(headBias.map((weight) => weight * stretch + moved));
  return own;
}
