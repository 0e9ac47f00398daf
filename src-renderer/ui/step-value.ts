/** The next value when an arrow key is pressed: on the grid of the step, inside the bounds, free of binary dust. */
export function stepValue(
  value: number | null,
  direction: 1 | -1,
  { min, max, step }: { readonly min: number; readonly max: number; readonly step: number },
): number {
  const start = value ?? min;
  const decimals = Math.max(decimalsOf(step), decimalsOf(start));
  const next = Number((start + direction * step).toFixed(decimals));
  return Math.min(max, Math.max(min, next));
}

function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const fraction = mantissa.split('.')[1]?.length ?? 0;
  return Math.min(12, Math.max(0, fraction - Number(exponent)));
}
