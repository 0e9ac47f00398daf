/**
 * The shortest decimal that is the same float32: 17.1 for the stored 17.100000381469727. What people typed comes back
 * as they typed it, and reading it back gives the same bits.
 */
export function shortestDecimal(value: number): number {
  // Readings have a few decimals at most: try those before the general way, which is slow.
  for (const factor of [1, 10, 100, 1000]) {
    const rounded = Math.round(value * factor) / factor;
    if (Object.is(Math.fround(rounded), value)) return rounded;
  }
  for (let digits = 5; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Object.is(Math.fround(rounded), value)) return rounded;
  }
  return Number(value.toPrecision(9));
}
