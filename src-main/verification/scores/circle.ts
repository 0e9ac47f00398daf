/** How far an angle lies from another the shorter way round, in degrees: -180 up to 180. */
export function angleBetween(from: number, to: number): number {
  const turned = (((to - from) % 360) + 360) % 360;
  return turned > 180 ? turned - 360 : turned;
}

/**
 * Predicted directions as the angles nearest to what was observed, so that errors are the shorter way round: 350 is said
 * of an observed 10 as -10. Where there is no observation they stay.
 */
export function nearestTurn(observed: Float32Array, predicted: Float32Array): Float32Array {
  return predicted.map((value, index) => {
    const seen = observed[index]!;
    return Number.isNaN(seen) ? value : seen + angleBetween(seen, value);
  });
}
