import { baselinesOf, type ByMethod, type ForecastMethod } from '../../src-main/contract/results';
import { baseOption, categoryAxis, timeAxis, upperNamedAxis, type ChartOption } from './option';
import { toTableWithBreaks } from './points';
import type { Histogram } from './residuals';
import { methodLine, type ChartTheme } from './theme';
import { nearestIndex, pointerValue, tooltipHtml } from './tooltip';

interface Formats {
  readonly formatValue: (value: number) => string;
}

export interface ResidualsOverTimeInput extends Formats {
  readonly time: Float64Array;
  /** Predicted minus observed. [n] */
  readonly residuals: Float32Array;
  readonly stepMilliseconds: number;
  /** 'Predicted minus observed (°C)' */
  readonly axisName: string;
  readonly name: string;
  readonly formatTime: (time: number) => string;
}

/** Residuals over the held-back part, around zero. */
export function residualsOverTime(input: ResidualsOverTimeInput, theme: ChartTheme): ChartOption {
  const { time, residuals } = input;
  return {
    ...baseOption(theme),
    legend: { show: false },
    dataset: {
      id: 'residuals',
      dimensions: ['time', 'residual'],
      source: toTableWithBreaks([time, residuals], input.stepMilliseconds),
    },
    xAxis: timeAxis(theme),
    yAxis: upperNamedAxis(theme, input.axisName),
    tooltip: {
      ...baseOption(theme).tooltip,
      formatter: (parameters) => {
        const index = nearestIndex(time, pointerValue(parameters));
        const residual = residuals[index];
        if (residual === undefined || Number.isNaN(residual)) return '';
        const value = input.formatValue(residual);
        return tooltipHtml(input.formatTime(time[index] as number), [
          { name: input.name, color: theme.predicted, value },
        ]);
      },
    },
    series: [
      {
        id: 'residuals',
        name: input.name,
        type: 'line',
        datasetId: 'residuals',
        encode: { x: 0, y: 1 },
        showSymbol: false,
        sampling: 'minmax',
        color: theme.predicted,
        lineStyle: { width: 1.25 },
        emphasis: { disabled: true },
        markLine: zeroLine(theme),
      },
    ],
  };
}

function zeroLine(theme: ChartTheme) {
  return {
    silent: true,
    symbol: 'none',
    label: { show: false },
    lineStyle: { color: theme.inkMuted, type: 'solid' as const, width: 1 },
    data: [{ yAxis: 0 }],
  };
}

export interface ResidualHistogramInput extends Formats {
  readonly histogram: Histogram;
  readonly axisNames: { readonly residual: string; readonly count: string };
  readonly name: string;
  readonly formatCount: (count: number) => string;
  readonly range: (low: string, high: string) => string;
}

/** How often the forecast missed by how much. */
export function residualHistogram(input: ResidualHistogramInput, theme: ChartTheme): ChartOption {
  const { centres, counts, width } = input.histogram;
  const digits = Math.max(0, Math.ceil(-Math.log10(width)));
  return {
    ...baseOption(theme),
    legend: { show: false },
    xAxis: categoryAxis(
      theme,
      input.axisNames.residual,
      centres.map((centre) => centre.toFixed(digits).replace(/^-(0(?:\.0*)?)$/, '$1')),
    ),
    yAxis: { ...upperNamedAxis(theme, input.axisNames.count), minInterval: 1 },
    tooltip: {
      ...baseOption(theme).tooltip,
      formatter: (parameters) => {
        const index = placeUnder(parameters);
        const centre = centres[index];
        if (centre === undefined) return '';
        const edge = (side: number): string => input.formatValue(centre + (side * width) / 2);
        return tooltipHtml(input.range(edge(-1), edge(1)), [
          { name: input.name, color: theme.predicted, value: input.formatCount(counts[index] as number) },
        ]);
      },
    },
    series: [
      {
        id: 'histogram',
        name: input.name,
        type: 'bar',
        data: [...counts],
        barCategoryGap: '4%',
        color: theme.predicted,
        emphasis: { disabled: true },
      },
    ],
  };
}

export interface AutocorrelationInput extends Formats {
  /** At lags 0, 1, ...; lag 0 is always 1 and is not drawn. */
  readonly correlations: readonly number[];
  /** Correlations nearer to zero than this may be chance: 1.96 / sqrt(n). */
  readonly bound: number;
  readonly axisNames: { readonly lag: string; readonly correlation: string };
  readonly name: string;
  readonly lagTitle: (lag: string) => string;
}

/** How one residual goes with those after it, with the bounds of chance. */
export function residualAutocorrelation(input: AutocorrelationInput, theme: ChartTheme): ChartOption {
  const values = input.correlations.slice(1);
  return {
    ...baseOption(theme),
    legend: { show: false },
    xAxis: categoryAxis(
      theme,
      input.axisNames.lag,
      values.map((_, index) => String(index + 1)),
    ),
    yAxis: {
      ...upperNamedAxis(theme, input.axisNames.correlation),
      min: lowestOf(values),
      max: 1,
      interval: 0.25,
    },
    tooltip: {
      ...baseOption(theme).tooltip,
      formatter: (parameters) => {
        const index = placeUnder(parameters);
        const value = values[index];
        if (value === undefined) return '';
        return tooltipHtml(input.lagTitle(String(index + 1)), [
          { name: input.name, color: theme.predicted, value: input.formatValue(value) },
        ]);
      },
    },
    series: [
      {
        id: 'autocorrelation',
        name: input.name,
        type: 'bar',
        data: values,
        barCategoryGap: '50%',
        color: theme.predicted,
        emphasis: { disabled: true },
        markLine: {
          ...zeroLine(theme),
          lineStyle: { color: theme.inkMuted, type: 'dashed', width: 1 },
          data: [{ yAxis: input.bound }, { yAxis: -input.bound }],
        },
      },
    ],
  };
}

/** Room below zero for what is there, in steps of a quarter. */
function lowestOf(values: readonly number[]): number {
  const lowest = Math.min(-0.25, ...values.filter((value) => !Number.isNaN(value)));
  return Math.max(-1, Math.floor(lowest * 4) / 4);
}

export interface ErrorByGroupInput extends Formats {
  /** RMSE in each group; NaN: none. */
  readonly errors: ByMethod<readonly number[]>;
  /** Beside the LSTM. */
  readonly baselines: readonly ForecastMethod[];
  /** Of the groups: 'Jan', 'Feb', ... */
  readonly places: readonly string[];
  readonly names: Readonly<Record<ForecastMethod, string>>;
  readonly axisNames: { readonly error: string; readonly group: string };
}

/** RMSE by month or by hour, of the LSTM and of baselines beside it. */
export function errorByGroupChart(input: ErrorByGroupInput, theme: ChartTheme): ChartOption {
  const known = baselinesOf(input.errors).filter((baseline) => input.baselines.includes(baseline));
  const methods = (['model', ...known] as const).map((method) => ({
    method,
    values: input.errors[method] ?? [],
    ...methodLine(method, theme),
  }));
  return {
    ...baseOption(theme),
    legend: { ...baseOption(theme).legend, left: 'right' },
    xAxis: categoryAxis(theme, input.axisNames.group, input.places),
    yAxis: { ...upperNamedAxis(theme, input.axisNames.error), min: 0 },
    tooltip: {
      ...baseOption(theme).tooltip,
      formatter: (parameters) => {
        const index = placeUnder(parameters);
        const rows = methods.flatMap(({ method, color, values }) => {
          const value = values[index];
          return value === undefined || Number.isNaN(value)
            ? []
            : [{ name: input.names[method], color, value: input.formatValue(value) }];
        });
        return rows.length === 0 ? '' : tooltipHtml(input.places[index] ?? '', rows);
      },
    },
    series: [...methods].reverse().map(({ method, values, color, type }) => ({
      id: method,
      name: input.names[method],
      type: 'line' as const,
      data: [...values],
      symbol: 'circle',
      symbolSize: method === 'model' ? 6 : 4,
      color,
      lineStyle: { width: method === 'model' ? 2.5 : 1.5, type },
      emphasis: { disabled: true },
    })),
  };
}

/** The place on a category axis that a tooltip is asked for; -1 for none. */
function placeUnder(parameters: unknown): number {
  const first: unknown = Array.isArray(parameters) ? parameters[0] : parameters;
  return (first as { readonly dataIndex?: number } | undefined)?.dataIndex ?? -1;
}
