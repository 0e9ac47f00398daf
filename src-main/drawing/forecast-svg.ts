import { INTERVAL_LEVELS, type Ends } from '../contract/intervals';
import type { Language } from '../contract/language';
import type { Forecast } from '../contract/results';
import { SHARED_WORDS } from '../contract/words';
import { formatTime } from '../forecaster/csv';
import {
  decimalsOf,
  escapeXml,
  extremes,
  label,
  PAPER_COLOURS,
  round,
  roundTicks,
  scaleBetween,
  type PictureColours,
  type SvgOptions,
} from './svg';
import { timeTicks } from './time-ticks';

type PictureWords = (typeof SHARED_WORDS)[Language]['forecastPicture'];

const MARGIN = { left: 60, right: 24, top: 56, bottom: 40 };
interface Point {
  readonly time: number;
  readonly value: number;
}

/** A stretch around the forecast, one pair of ends for each lead time. */
interface Band {
  readonly name: string;
  readonly opacity: number;
  readonly ends: readonly Ends<number>[];
}

/** The intervals, the widest first so that the narrower are drawn over it; or the expected error; or nothing. */
function bandsOf({ points, expectedError, intervals }: Forecast, words: PictureWords): readonly Band[] {
  if (intervals !== null) {
    return [...INTERVAL_LEVELS].reverse().map((level) => ({
      name: `${level} %`,
      opacity: 0.13,
      ends: intervals.byLead.map((each) => each[level]),
    }));
  }
  const ends = points.flatMap(({ value }, index) => {
    const error = expectedError[index];
    return error === undefined ? [] : [{ low: value - error, high: value + error }];
  });
  return ends.length === 0 ? [] : [{ name: words.expectedError, opacity: 0.15, ends }];
}

/**
 * A forecast with the readings before it and, where known, its intervals (or the band of its expected error), as an
 * SVG picture.
 */
export function forecastToSvg(
  forecast: Forecast,
  { width, height, colours = PAPER_COLOURS }: SvgOptions = { width: 860, height: 400 },
  language: Language = 'en',
): string {
  const { targetName, issuedAt, points, history, unit } = forecast;
  const words = SHARED_WORDS[language].forecastPicture;
  const bands = bandsOf(forecast, words);
  const known = points.filter(({ value }) => Number.isFinite(value));
  const observed = Array.from(history.time, (time, row) => ({ time, value: history.observed[row]! }));
  const stretches = withoutHoles(observed);
  const last = stretches.at(-1)?.at(-1);
  const values = [...observed, ...points].map(({ value }) => value);
  const valueTicks = roundTicks(
    extremes(
      [...values, ...bands.flatMap(({ ends }) => ends.flatMap(({ low, high }) => [low, high]))].filter(
        Number.isFinite,
      ),
    ),
  );
  const times = extremes([...observed, ...points].map(({ time }) => time));

  const x = scaleBetween(times, [MARGIN.left, width - MARGIN.right]);
  const y = scaleBetween([valueTicks[0]!, valueTicks.at(-1)!], [height - MARGIN.bottom, MARGIN.top]);
  // A line of one point would not be drawn; from itself to itself it is a dot.
  const path = (line: readonly Point[]): string =>
    (line.length === 1 ? [...line, ...line] : line)
      .map(({ time, value }) => `${round(x(time))},${round(y(value))}`)
      .join(' ');

  // A band opens from the last reading, which is known: so it can also be seen with a single lead time.
  const outline = ({ ends }: Band): readonly Point[] =>
    [
      ...(last ? [last] : []),
      ...ends.map(({ high }, index) => ({ time: points[index]!.time, value: high })),
      ...ends.map(({ low }, index) => ({ time: points[index]!.time, value: low })).reverse(),
    ].filter(({ value }) => Number.isFinite(value));
  const decimals = decimalsOf(valueTicks);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="${colours.text}">`,
    `<rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
    ...valueTicks.map((tick) => {
      const at = round(y(tick));
      return (
        `<line x1="${MARGIN.left}" x2="${width - MARGIN.right}" y1="${at}" y2="${at}" stroke="${colours.grid}"/>` +
        label(MARGIN.left - 8, at + 4, tick.toFixed(decimals), 'end')
      );
    }),
    ...timeTicks(times[0], times[1], Math.max(2, Math.floor(width / 130))).map(({ time, label: text }) => {
      const at = round(x(time));
      const bottom = height - MARGIN.bottom;
      return (
        `<line x1="${at}" x2="${at}" y1="${bottom}" y2="${bottom + 5}" stroke="${colours.text}"/>` +
        label(at, bottom + 20, text, 'middle')
      );
    }),
    ...bands.map(
      (band) =>
        `<polygon points="${path(outline(band))}" fill="${colours.forecast}" fill-opacity="${band.opacity}"/>`,
    ),
    ...stretches.map(
      (line) =>
        `<polyline points="${path(line)}" fill="none" stroke="${colours.observed}" stroke-width="1.5" stroke-linecap="round"/>`,
    ),
    `<polyline points="${path(last ? [last, ...known] : known)}" fill="none" stroke="${colours.forecast}" stroke-width="2"/>`,
    ...known.map(
      ({ time, value }) =>
        `<circle cx="${round(x(time))}" cy="${round(y(value))}" r="3" fill="${colours.forecast}"/>`,
    ),
    `<text x="${MARGIN.left}" y="22" font-size="15" font-weight="600">${escapeXml(words.title(targetName, shortTime(issuedAt)))}</text>`,
    legend(bands, words, colours),
    unit === '' ? '' : label(MARGIN.left - 8, MARGIN.top - 12, unit, 'end'),
    '</svg>',
  ]
    .filter((element) => element !== '')
    .join('\n')}\n`;
}

function shortTime(time: number): string {
  return formatTime(time).replace('T00:00:00', '').replace(/:00$/, '').replace('T', ' ');
}

function legend(bands: readonly Band[], words: PictureWords, colours: PictureColours): string {
  const entries = [
    { text: words.observed, colour: colours.observed, opacity: 1 },
    { text: words.forecast, colour: colours.forecast, opacity: 1 },
    // Where all lie on one another the colour is the sum of them.
    ...bands
      .map(({ name, opacity }, index) => ({
        text: name,
        colour: colours.forecast,
        opacity: 1 - (1 - opacity) ** (index + 1),
      }))
      .reverse(),
  ];
  return entries
    .map(({ text, colour, opacity }, index) => {
      const at = MARGIN.left + index * 90;
      return (
        `<rect x="${at}" y="33" width="14" height="8" fill="${colour}" fill-opacity="${opacity}"/>` +
        label(at + 19, 41, text, 'start')
      );
    })
    .join('');
}

/** Stretches of a line between missing values. */
function withoutHoles(line: readonly Point[]): readonly (readonly Point[])[] {
  const stretches: Point[][] = [[]];
  for (const point of line) {
    if (Number.isFinite(point.value)) stretches.at(-1)!.push(point);
    else stretches.push([]);
  }
  return stretches.filter(({ length }) => length > 0);
}
