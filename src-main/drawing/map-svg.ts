import {
  escapeXml,
  extremes,
  label,
  PAPER_COLOURS,
  round,
  roundTicks,
  scaleBetween,
  decimalsOf,
} from './svg';

/** A point of a map, with the colour it is drawn in. */
export interface MapPoint {
  readonly name: string;
  /** Degrees north and east. */
  readonly latitude: number;
  readonly longitude: number;
  readonly colour: string;
}

const WIDTH = 720;
const MOST_HEIGHT = 560;
const LEAST_HEIGHT = 180;
const MARGIN = { left: 54, right: 16, top: 12, bottom: 28 };
/** With more points their names would lie over each other. */
const MOST_NAMES = 40;
const RADIUS = 5;

/**
 * Places on a plain grid of latitude and longitude: nothing is fetched for it. A degree of longitude is drawn as long as it
 * is in the middle of the map.
 * @param points at least one
 * @param title what a screen reader says of it
 */
export function mapToSvg(points: readonly MapPoint[], title: string): string {
  const eastTicks = roundTicks(around(points.map(({ longitude }) => longitude)));
  const northTicks = roundTicks(around(points.map(({ latitude }) => latitude)));
  const [west, east] = extremes(eastTicks);
  const [south, north] = extremes(northTicks);
  const inner = WIDTH - MARGIN.left - MARGIN.right;
  const stretch = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const wanted = (inner * (north - south)) / Math.max(1e-9, (east - west) * stretch);
  const height = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, wanted));
  const x = scaleBetween([west, east], [MARGIN.left, MARGIN.left + inner]);
  const y = scaleBetween([south, north], [MARGIN.top + height, MARGIN.top]);
  const line = (x1: number, y1: number, x2: number, y2: number): string =>
    `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${PAPER_COLOURS.grid}"/>`;
  const grid = [
    ...eastTicks.map(
      (tick) =>
        line(x(tick), MARGIN.top, x(tick), MARGIN.top + height) +
        label(x(tick), MARGIN.top + height + 16, `${tick.toFixed(decimalsOf(eastTicks))}°`, 'middle'),
    ),
    ...northTicks.map(
      (tick) =>
        line(MARGIN.left, y(tick), MARGIN.left + inner, y(tick)) +
        label(MARGIN.left - 6, y(tick) + 4, `${tick.toFixed(decimalsOf(northTicks))}°`, 'end'),
    ),
  ];
  const dots = points.map(({ name, latitude, longitude, colour }) => {
    const [cx, cy] = [round(x(longitude)), round(y(latitude))];
    const isLeft = cx > WIDTH / 2;
    const told =
      points.length > MOST_NAMES
        ? ''
        : label(cx + (isLeft ? -1 : 1) * (RADIUS + 3), cy + 4, name, isLeft ? 'end' : 'start');
    return `<circle cx="${cx}" cy="${cy}" r="${RADIUS}" fill="${colour}"><title>${escapeXml(name)}</title></circle>${told}`;
  });
  const whole = height + MARGIN.top + MARGIN.bottom;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${round(whole)}" role="img" aria-label="${escapeXml(title)}" font-size="11" fill="${PAPER_COLOURS.text}">${[...grid, ...dots].join('')}</svg>`;
}

/** The range of values with some room around them. */
function around(values: readonly number[]): readonly [number, number] {
  const [low, high] = extremes(values);
  const room = Math.max(0.02, 0.08 * (high - low));
  return [low - room, high + room];
}
