import { READING_MARKS, type Course, type ReadingMark, type Span } from '../../src-main/contract/readings';
import { baseOption, timeAxis, upperNamedAxis, type ChartOption, type SeriesOption } from './option';
import { toTable } from './points';
import type { ChartTheme } from './theme';
import { nearestIndex, pointerValue, tooltipHtml, type TooltipRow } from './tooltip';

export interface CourseInput {
  /** null until it is read. */
  readonly course: Course | null;
  readonly span: Span;
  readonly selection: Span | null;
  /** 'Temperature (°C)' */
  readonly axisName: string;
  readonly name: string;
  readonly marks: Readonly<Record<ReadingMark, string>>;
  readonly formatValue: (value: number) => string;
  readonly formatTime: (time: number) => string;
}

/** Fixed, so that the charts of a stack have their times below each other; pixels. */
export const COURSE_GRID = { left: 68, right: 16, top: 30, bottom: 24 } as const;

/** How a mark looks: distinct by its shape as well as by its colour. */
export function markLook(mark: ReadingMark, theme: ChartTheme) {
  switch (mark) {
    case 'out-of-range':
      return { symbol: 'triangle', symbolSize: 9, color: theme.validation };
    case 'spike':
      return { symbol: 'diamond', symbolSize: 10, color: theme.ridge };
    case 'stuck':
      return { symbol: 'rect', symbolSize: 5, color: theme.persistence };
    case 'repeated':
      return { symbol: 'emptyCircle', symbolSize: 8, color: theme.climatology };
    case 'filled':
      return { symbol: 'circle', symbolSize: 3, color: theme.predicted };
    case 'struck':
      return { symbol: CROSS, symbolSize: 8, color: theme.ink };
  }
}
const CROSS = 'path://M2,0 L5,3 L8,0 L10,2 L7,5 L10,8 L8,10 L5,7 L2,10 L0,8 L3,5 L0,2 Z';

/** A column over time, the doubtful readings marked. What lies beyond the scale stands at its edge. */
export function courseChart(input: CourseInput, theme: ChartTheme): ChartOption {
  const { course, span, selection } = input;
  const [low, high] = scaleOf(course);
  return {
    ...baseOption(theme),
    grid: { ...COURSE_GRID, outerBoundsMode: 'none' },
    legend: { show: false },
    dataset:
      course === null
        ? []
        : [
            {
              id: 'line',
              dimensions: ['time', 'value'],
              source: toTable([course.line.time, course.line.value]),
            },
            ...READING_MARKS.map((mark) => {
              const { time, value } = course.marks[mark];
              const inside = value.map((reading) => Math.min(high, Math.max(low, reading)));
              return { id: mark, dimensions: ['time', 'value'], source: toTable([time, inside]) };
            }),
          ],
    xAxis: { ...timeAxis(theme), min: span.from, max: span.to },
    yAxis: {
      ...upperNamedAxis(theme, input.axisName),
      min: low,
      max: high,
      splitNumber: 3,
      axisLabel: {
        color: theme.inkMuted,
        fontSize: 12,
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    tooltip: {
      ...baseOption(theme).tooltip,
      formatter: (parameters) => tooltipOf(input, pointerValue(parameters), theme),
    },
    series:
      course === null
        ? []
        : [lineOf(input, selection, theme), ...READING_MARKS.map((mark) => pointsOf(mark, theme))],
  };
}

/** A twentieth more than what the readings take, on either side. */
function scaleOf(course: Course | null): readonly [low: number, high: number] {
  const [low, high] = course?.range ?? [0, 1];
  const room = high === low ? Math.max(1, Math.abs(high) * 0.05) : (high - low) * 0.05;
  return [low - room, high + room];
}

function lineOf({ name }: CourseInput, selection: Span | null, theme: ChartTheme): SeriesOption {
  return {
    id: 'line',
    name,
    type: 'line',
    datasetId: 'line',
    encode: { x: 0, y: 1 },
    showSymbol: false,
    color: theme.observed,
    lineStyle: { width: 1.25, cap: 'round' },
    emphasis: { disabled: true },
    markArea: {
      silent: true,
      itemStyle: { color: theme.accent, opacity: 0.18 },
      data: selection === null ? [] : [[{ xAxis: selection.from }, { xAxis: selection.to }]],
    },
  };
}

function pointsOf(mark: ReadingMark, theme: ChartTheme): SeriesOption {
  return {
    id: mark,
    type: 'scatter',
    datasetId: mark,
    encode: { x: 0, y: 1 },
    ...markLook(mark, theme),
    emphasis: { disabled: true },
    silent: true,
    large: false,
  };
}

/** What stands nearest to an instant: a reading, and its marks. */
export function readingsAt(
  { line, marks }: Course,
  wanted: number,
): readonly { readonly time: number; readonly value: number; readonly mark: ReadingMark | null }[] {
  const all = [
    { mark: null, points: line },
    ...READING_MARKS.map((mark) => ({ mark, points: marks[mark] })),
  ].flatMap(({ mark, points: { time, value } }) => {
    const at = nearestIndex(time, wanted);
    // A line breaks with a point of the time of the next.
    const place = Number.isNaN(value[at] ?? 0) ? at + 1 : at;
    const reading = value[place];
    return reading === undefined ? [] : [{ mark, time: time[place] as number, value: reading }];
  });
  const distance = Math.min(...all.map(({ time }) => Math.abs(time - wanted)));
  const nearest = all.find(({ time }) => Math.abs(time - wanted) === distance);
  return all.filter(({ time }) => time === nearest?.time);
}

function tooltipOf(input: CourseInput, wanted: number, theme: ChartTheme): string {
  const { course, name, marks, formatTime, formatValue } = input;
  const found = course === null ? [] : readingsAt(course, wanted);
  const [first] = found;
  if (first === undefined) return '';
  const rows = found.map(({ mark, value }): TooltipRow => ({
    name: mark === null ? name : marks[mark],
    color: mark === null ? theme.observed : markLook(mark, theme).color,
    value: formatValue(value),
  }));
  return tooltipHtml(formatTime(first.time), rows);
}
