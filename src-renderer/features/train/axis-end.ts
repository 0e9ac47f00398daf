/**
 * The last epoch on the axis while a training grows: the next round number (20, 50, 100, 200, 500, ...), so that a
 * training of 10,000 epochs that stops at 60 is not a dash at the left edge; never beyond the epochs asked for.
 */
export function axisEnd(epoch: number, epochs: number): number {
  let decade = 10;
  for (;;) {
    for (const factor of [2, 5, 10]) {
      const end = factor * decade;
      if (end >= epochs) return epochs;
      if (end >= epoch) return end;
    }
    decade *= 10;
  }
}
