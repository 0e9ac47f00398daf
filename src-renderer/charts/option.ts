import type {
  BarSeriesOption,
  HeatmapSeriesOption,
  LineSeriesOption,
  ScatterSeriesOption,
} from 'echarts/charts';
import type {
  DatasetComponentOption,
  DataZoomComponentOption,
  GridComponentOption,
  LegendComponentOption,
  MarkAreaComponentOption,
  MarkLineComponentOption,
  TitleComponentOption,
  TooltipComponentOption,
  VisualMapComponentOption,
} from 'echarts/components';
import { color, type ComposeOption } from 'echarts/core';
import type { ChartTheme } from './theme';
import { timeLabel } from './time-label';

/** What a builder gives: an ECharts option of the parts that Chart.svelte has registered. */
export type ChartOption = ComposeOption<
  | DatasetComponentOption
  | BarSeriesOption
  | HeatmapSeriesOption
  | LineSeriesOption
  | ScatterSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
  | DataZoomComponentOption
  | MarkAreaComponentOption
  | MarkLineComponentOption
  | TitleComponentOption
  | VisualMapComponentOption
>;
export type SeriesOption = BarSeriesOption | LineSeriesOption | ScatterSeriesOption;

/** A chart as Chart.svelte takes it: built again when the theme changes. */
export type BuildChart = (theme: ChartTheme) => ChartOption;

const TEXT_SIZE = 12;

/** What all charts share: no motion, dates read in UTC (the station's own clock), quiet lines. */
export function baseOption(theme: ChartTheme): ChartOption {
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: theme.font, fontSize: TEXT_SIZE, color: theme.ink },
    grid: { left: 8, right: 20, top: 40, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    legend: {
      top: 4,
      left: 4,
      itemWidth: 18,
      itemHeight: 8,
      itemGap: 16,
      textStyle: { color: theme.inkMuted, fontSize: TEXT_SIZE },
      selectedMode: false,
      icon: 'roundRect',
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      transitionDuration: 0,
      axisPointer: { type: 'line', animation: false, lineStyle: { color: theme.inkMuted, type: 'dashed' } },
      backgroundColor: theme.surface,
      borderColor: theme.line,
      textStyle: { color: theme.ink, fontSize: TEXT_SIZE },
    },
  };
}

/** An axis in the house's style; spread it under what the axis is. */
export function quietAxis(theme: ChartTheme, name: string) {
  return {
    name,
    nameTextStyle: { color: theme.inkMuted, fontSize: TEXT_SIZE },
    axisLine: { show: true, lineStyle: { color: theme.line } },
    axisTick: { show: false },
    axisLabel: { color: theme.inkMuted, fontSize: TEXT_SIZE, hideOverlap: true },
    splitLine: { show: true, lineStyle: { color: theme.line, width: 1, opacity: 0.6 } },
  } as const;
}

/** An axis of a few named places, the name of the axis below its middle. */
export function categoryAxis(theme: ChartTheme, name: string, places: readonly string[]) {
  return {
    ...quietAxis(theme, name),
    type: 'category' as const,
    data: [...places],
    nameLocation: 'middle' as const,
    nameGap: 28,
    splitLine: { show: false },
  };
}

/** A value axis whose name stands above it, to the right of the numbers. */
export function upperNamedAxis(theme: ChartTheme, name: string) {
  return {
    ...quietAxis(theme, name),
    type: 'value' as const,
    nameTextStyle: { color: theme.inkMuted, fontSize: TEXT_SIZE, align: 'left' as const },
  };
}

/** A time axis in the house's style; times are ms, the station's own clock read as UTC. */
export function timeAxis(theme: ChartTheme) {
  return {
    ...quietAxis(theme, ''),
    type: 'time',
    axisLabel: {
      color: theme.inkMuted,
      fontSize: TEXT_SIZE,
      hideOverlap: true,
      formatter: (
        value: number,
        _index: number,
        { time }: { time: { lowerTimeUnit: string; level: number } },
      ) => timeLabel(value, time.lowerTimeUnit, time.level),
    },
    splitLine: { show: false },
  } as const;
}

/** Wheel and drag inside. What is out of sight is filtered out, so that sampling follows the zoom. */
export const INSIDE_ZOOM: DataZoomComponentOption = {
  type: 'inside',
  filterMode: 'filter',
  minValueSpan: 1,
  throttle: 40,
};

/** Wheel and drag inside, and a slider below. */
export function zoomControls(theme: ChartTheme): DataZoomComponentOption[] {
  return [
    INSIDE_ZOOM,
    {
      type: 'slider',
      filterMode: 'filter',
      height: 20,
      bottom: 8,
      showDetail: false,
      brushSelect: false,
      borderColor: theme.line,
      fillerColor: color.modifyAlpha(theme.accent, 0.16) ?? theme.accent,
      handleStyle: { color: theme.surface, borderColor: theme.accent },
      moveHandleStyle: { color: theme.line },
      dataBackground: {
        lineStyle: { color: theme.inkMuted, opacity: 0.4 },
        areaStyle: { color: theme.inkMuted, opacity: 0.1 },
      },
      selectedDataBackground: {
        lineStyle: { color: theme.accent, opacity: 0.6 },
        areaStyle: { color: theme.accent, opacity: 0.1 },
      },
    },
  ];
}

/** Which series and data sets an option has: while this stays the same, a chart can be given new data alone. */
export function partsOf({ series, dataset }: ChartOption): string {
  const ids = (parts: unknown): unknown[] =>
    (Array.isArray(parts) ? parts : [parts]).map((part: { readonly id?: unknown } | undefined) => part?.id);
  return JSON.stringify([ids(series), ids(dataset)]);
}
