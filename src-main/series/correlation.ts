/** Pearson's correlation where both were read; 0 with fewer than ten such places, or where one does not vary. */
export function correlationOf(a: Float64Array, b: Float64Array): number {
  let [count, meanA, meanB, squaresA, squaresB, products] = [0, 0, 0, 0, 0, 0];
  for (let place = 0; place < a.length; place += 1) {
    const [x, y] = [a[place]!, b[place] ?? NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    count += 1;
    const [fromA, fromB] = [x - meanA, y - meanB];
    meanA += fromA / count;
    meanB += fromB / count;
    squaresA += fromA * (x - meanA);
    squaresB += fromB * (y - meanB);
    products += fromA * (y - meanB);
  }
  const spread = Math.sqrt(squaresA * squaresB);
  return count < 10 || spread === 0 ? 0 : products / spread;
}
