/** The bars of a histogram as one path in a box; the fullest bin reaches the top, a bin that is not empty shows. */
export function barsPath(counts: readonly number[], width: number, height: number): string {
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0) return '';
  const step = width / counts.length;
  const barWidth = Math.max(1, step - 1);
  const place = (number: number): string => String(Math.round(number * 10) / 10);
  return counts
    .map((count, i) => {
      if (count === 0) return '';
      const barHeight = Math.max(1, (count / most) * height);
      return `M${place(i * step)} ${place(height)}v${place(-barHeight)}h${place(barWidth)}v${place(barHeight)}z`;
    })
    .join('');
}
