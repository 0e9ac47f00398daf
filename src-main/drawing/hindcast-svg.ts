import type { Verification } from '../contract/results';
import {
  PAPER_COLOURS,
  decimalsOf,
  escapeXml,
  extremes,
  label,
  round,
  roundTicks,
  scaleBetween,
  type SvgOptions,
} from './svg';
import { timeTicks } from './time-ticks';

const MARGIN = { left: 48, right: 12, top: 30, bottom: 24 };
/** Points of a line: more than a page can show apart are drawn as the lowest and highest of each stretch. */
const MOST_POINTS = 600;

/** The last lead of a forecast is the hardest: the picture shows lead 1, as the table's first row does. */
function leadOne(values: Float32Array, horizon: number): Float64Array {
  return Float64Array.from({ length: values.length / horizon }, (_, window) => values[window * horizon]!);
}

/** Every known value where there are few; else the lowest and the highest of equally many windows each, in their order. */
export function thin(values: Float64Array): readonly { readonly index: number; readonly value: number }[] {
  const all = Array.from(values, (value, index) => ({ index, value })).filter(
    ({ value }) => !Number.isNaN(value),
  );
  const perStretch = Math.ceil((2 * all.length) / MOST_POINTS);
  if (perStretch <= 2) return all;
  const kept: { index: number; value: number }[] = [];
  for (let first = 0; first < all.length; first += perStretch) {
    const stretch = all.slice(first, first + perStretch);
    const low = stretch.reduce((a, b) => (b.value < a.value ? b : a));
    const high = stretch.reduce((a, b) => (b.value > a.value ? b : a));
    kept.push(...(low.index < high.index ? [low, high] : low === high ? [low] : [high, low]));
  }
  return kept;
}

export interface HindcastSvgWords {
  /** Of the picture, for those who do not see it. */
  readonly label: string;
  readonly observed: string;
  readonly predicted: string;
}

/** What was observed on the held-back part and what the model had forecast one step ahead, as an SVG picture. */
export function hindcastToSvg(
  verification: Pick<Verification, 'time' | 'observed' | 'forecasts' | 'horizon' | 'unit'>,
  { width, height }: SvgOptions,
  words: HindcastSvgWords,
): string {
  const { time, horizon, unit } = verification;
  const observed = leadOne(verification.observed, horizon);
  const predicted = leadOne(verification.forecasts.model, horizon);
  const lines = [
    { name: words.observed, colour: PAPER_COLOURS.observed, points: thin(observed) },
    { name: words.predicted, colour: PAPER_COLOURS.forecast, points: thin(predicted) },
  ];
  const ticks = roundTicks(extremes(lines.flatMap(({ points }) => points.map(({ value }) => value))));
  const ends = extremes([time[0] ?? 0, time[time.length - 1] ?? 0]);
  const x = scaleBetween(ends, [MARGIN.left, width - MARGIN.right]);
  const y = scaleBetween([ticks[0]!, ticks.at(-1)!], [height - MARGIN.bottom, MARGIN.top]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(words.label)}" font-size="11" fill="${PAPER_COLOURS.text}">`,
    ...ticks.map((tick) => {
      const at = round(y(tick));
      return (
        `<line x1="${MARGIN.left}" x2="${width - MARGIN.right}" y1="${at}" y2="${at}" stroke="${PAPER_COLOURS.grid}"/>` +
        label(MARGIN.left - 6, at + 4, tick.toFixed(decimalsOf(ticks)), 'end')
      );
    }),
    ...timeTicks(ends[0], ends[1], Math.max(2, Math.floor(width / 120))).map(
      ({ time: moment, label: text }) => label(round(x(moment)), height - MARGIN.bottom + 16, text, 'middle'),
    ),
    ...lines.map(({ colour, points }) => {
      const path = points.map(({ index, value }) => `${round(x(time[index]!))},${round(y(value))}`).join(' ');
      return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.2" stroke-linejoin="round"/>`;
    }),
    ...lines.map(
      ({ name, colour }, index) =>
        `<rect x="${MARGIN.left + index * 90}" y="6" width="14" height="8" fill="${colour}"/>` +
        label(MARGIN.left + index * 90 + 19, 14, name, 'start'),
    ),
    unit === ''
      ? ''
      : `<text x="${MARGIN.left - 6}" y="${MARGIN.top - 10}" text-anchor="end">${escapeXml(unit)}</text>`,
    '</svg>',
  ].join('\n');
}
