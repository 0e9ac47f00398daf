/**
 * The path of a spark line in a box: one step to the right per value, broken where there is none (null). A lone value
 * between two holes is drawn as a short dash; a constant lies in the middle.
 */
export function sparkPath(values: readonly (number | null)[], width: number, height: number): string {
  const numbers = values.filter((value): value is number => value !== null);
  if (numbers.length === 0) return '';
  const low = numbers.reduce((a, b) => Math.min(a, b));
  const high = numbers.reduce((a, b) => Math.max(a, b));
  const stepX = values.length > 1 ? width / (values.length - 1) : 0;
  const y = (value: number): number =>
    high === low ? height / 2 : height - ((value - low) / (high - low)) * height;
  const place = (number: number): string => String(Math.round(number * 10) / 10);

  let path = '';
  values.forEach((value, i) => {
    if (value === null) return;
    const startsHere = i === 0 || values[i - 1] === null;
    const alone = startsHere && (values[i + 1] ?? null) === null;
    path += `${startsHere ? 'M' : 'L'}${place(i * stepX)} ${place(y(value))}`;
    if (alone) path += 'h1';
  });
  return path;
}
