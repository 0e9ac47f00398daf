import type { RocPoint, ValuePoint } from '../../src-main/contract/event-scores';
import {
  baseOption,
  categoryAxis,
  quietAxis,
  upperNamedAxis,
  type ChartOption,
  type SeriesOption,
} from './option';
import type { ChartTheme } from './theme';
import { tooltipHtml } from './tooltip';

/** Both axes from 0 to 100 %, or as one unit: what lies on the diagonal is even. */
function squareAxes(theme: ChartTheme, names: { readonly x: string; readonly y: string }, max: number) {
  const axis = (name: string) => ({
    ...quietAxis(theme, name),
    type: 'value' as const,
    min: 0,
    max,
    nameLocation: 'middle' as const,
  });
  return { xAxis: { ...axis(names.x), nameGap: 28 }, yAxis: { ...axis(names.y), nameGap: 40 } };
}

function diagonal(theme: ChartTheme, name: string, max: number): SeriesOption {
  return {
    id: 'diagonal',
    name,
    type: 'line',
    data: [
      [0, 0],
      [max, max],
    ],
    showSymbol: false,
    silent: true,
    color: theme.inkMuted,
    lineStyle: { width: 1.25, type: 'dashed' },
    tooltip: { show: false },
  };
}

/** What of an item's tooltip is under the pointer; undefined for none. */
function itemUnder<T>(parameters: unknown, items: readonly T[]): T | undefined {
  return items[(parameters as { readonly dataIndex?: number }).dataIndex ?? -1];
}

export interface RocInput {
  readonly points: readonly RocPoint[];
  /** Of these warnings: where the user's own lie. */
  readonly own: { readonly falseAlarmRate: number; readonly hitRate: number };
  readonly names: Readonly<Record<'hitRate' | 'falseAlarmRate' | 'threshold' | 'chance' | 'own', string>>;
  readonly formatPercent: (share: number) => string;
}

/** The ROC curve: hits against false alarms as one warns earlier; on the diagonal warnings are no better than chance. */
export function rocChart(input: RocInput, theme: ChartTheme): ChartOption {
  const { points, own, names } = input;
  return {
    ...baseOption(theme),
    grid: { ...baseOption(theme).grid, top: 12 },
    legend: { show: false },
    ...squareAxes(theme, { x: names.falseAlarmRate, y: names.hitRate }, 100),
    tooltip: {
      ...baseOption(theme).tooltip,
      trigger: 'item',
      formatter: (parameters) => {
        const point = itemUnder(parameters, points);
        if (point === undefined) return '';
        return tooltipHtml(`${names.threshold}: ${input.formatPercent(point.threshold)}`, [
          { name: names.hitRate, color: theme.predicted, value: input.formatPercent(point.hitRate) },
          {
            name: names.falseAlarmRate,
            color: theme.inkMuted,
            value: input.formatPercent(point.falseAlarmRate),
          },
        ]);
      },
    },
    series: [
      diagonal(theme, names.chance, 100),
      {
        id: 'roc',
        name: names.hitRate,
        type: 'line',
        data: points.map(({ falseAlarmRate, hitRate }) => [100 * falseAlarmRate, 100 * hitRate]),
        symbol: 'circle',
        symbolSize: 5,
        color: theme.predicted,
        lineStyle: { width: 2 },
        emphasis: { disabled: true },
      },
      {
        id: 'own',
        name: names.own,
        type: 'scatter',
        data: [[100 * own.falseAlarmRate, 100 * own.hitRate]],
        symbolSize: 14,
        silent: true,
        itemStyle: { color: 'transparent', borderColor: theme.ink, borderWidth: 2 },
        tooltip: { show: false },
      },
    ],
  };
}

export interface ValueInput {
  readonly points: readonly ValuePoint[];
  /** The user's own ratio of cost to damage; null: not known. */
  readonly ratio: number | null;
  readonly names: Readonly<Record<'ratio' | 'value', string>>;
  readonly formatPercent: (share: number) => string;
}

/** Lower than this a curve says no more than that one had better not listen. */
const LOWEST_VALUE = -0.5;

/** What warnings are worth to whom: 100 % is what perfect ones save, below 0 one had better not listen. */
export function valueChart(input: ValueInput, theme: ChartTheme): ChartOption {
  const { points, ratio, names } = input;
  const lowest = Math.min(0, ...points.map(({ value }) => value).filter((value) => !Number.isNaN(value)));
  return {
    ...baseOption(theme),
    legend: { show: false },
    xAxis: {
      ...quietAxis(theme, names.ratio),
      type: 'value',
      min: 0,
      max: 100,
      nameLocation: 'middle',
      nameGap: 28,
      splitLine: { show: false },
    },
    yAxis: {
      ...upperNamedAxis(theme, names.value),
      min: 100 * Math.max(LOWEST_VALUE, Math.floor(lowest * 10) / 10),
      max: 100,
    },
    tooltip: {
      ...baseOption(theme).tooltip,
      trigger: 'item',
      formatter: (parameters) => {
        const point = itemUnder(parameters, points);
        if (point === undefined || Number.isNaN(point.value)) return '';
        return tooltipHtml(`${names.ratio}: ${input.formatPercent(point.ratio)}`, [
          { name: names.value, color: theme.predicted, value: input.formatPercent(point.value) },
        ]);
      },
    },
    series: [
      {
        id: 'value',
        name: names.value,
        type: 'line',
        data: points.map(({ ratio: at, value }) => [100 * at, Number.isNaN(value) ? '-' : 100 * value]),
        symbol: 'circle',
        symbolSize: 5,
        color: theme.predicted,
        lineStyle: { width: 2 },
        emphasis: { disabled: true },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: theme.inkMuted, type: 'dashed', width: 1.25 },
          data: [{ yAxis: 0 }, ...(ratio === null ? [] : [{ xAxis: 100 * ratio }])],
        },
      },
    ],
  };
}

export interface RankInput {
  /** Shares of the observations in each tenth of their forecast's distribution. */
  readonly shares: readonly number[];
  readonly range: { readonly low: number; readonly high: number };
  readonly names: Readonly<Record<'rank' | 'share', string>>;
  readonly formatPercent: (share: number) => string;
}

/** The PIT histogram, between the lines of what chance does. */
export function rankChart(input: RankInput, theme: ChartTheme): ChartOption {
  const { shares, range, names } = input;
  const places = shares.map(
    (_, bin) => `${Math.round((100 * bin) / shares.length)}–${Math.round((100 * (bin + 1)) / shares.length)}`,
  );
  return {
    ...baseOption(theme),
    legend: { show: false },
    xAxis: categoryAxis(theme, names.rank, places),
    yAxis: { ...upperNamedAxis(theme, names.share), min: 0 },
    tooltip: {
      ...baseOption(theme).tooltip,
      trigger: 'item',
      formatter: (parameters) => {
        const share = itemUnder(parameters, shares);
        if (share === undefined) return '';
        const place = itemUnder(parameters, places) ?? '';
        return tooltipHtml(`${names.rank}: ${place}`, [
          { name: names.share, color: theme.predicted, value: input.formatPercent(share) },
        ]);
      },
    },
    series: [
      {
        id: 'ranks',
        name: names.share,
        type: 'bar',
        data: shares.map((share) => 100 * share),
        barCategoryGap: '8%',
        color: theme.predicted,
        emphasis: { disabled: true },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: theme.ink, type: 'dashed', width: 1.25 },
          data: [{ yAxis: 100 * range.low }, { yAxis: 100 * range.high }],
        },
      },
    ],
  };
}

export interface SpreadInput {
  readonly bins: readonly { readonly spread: number; readonly error: number; readonly count: number }[];
  readonly names: Readonly<Record<'spread' | 'error' | 'forecasts' | 'perfect', string>>;
  /** With the unit behind them. */
  readonly axisNames: Readonly<Record<'spread' | 'error', string>>;
  readonly formatValue: (value: number) => string;
  readonly formatCount: (count: number) => string;
}

/** The error that forecasts had against the spread that they promised; on the diagonal a forecast knows how sure it is. */
export function spreadChart(input: SpreadInput, theme: ChartTheme): ChartOption {
  const { bins, names } = input;
  const most = niceAbove(Math.max(...bins.map(({ spread, error }) => Math.max(spread, error))));
  return {
    ...baseOption(theme),
    grid: { ...baseOption(theme).grid, top: 12 },
    legend: { show: false },
    ...squareAxes(theme, { x: input.axisNames.spread, y: input.axisNames.error }, most),
    tooltip: {
      ...baseOption(theme).tooltip,
      trigger: 'item',
      formatter: (parameters) => {
        const bin = itemUnder(parameters, bins);
        if (bin === undefined) return '';
        return tooltipHtml(`${names.spread}: ${input.formatValue(bin.spread)}`, [
          { name: names.error, color: theme.predicted, value: input.formatValue(bin.error) },
          { name: names.forecasts, color: theme.inkMuted, value: input.formatCount(bin.count) },
        ]);
      },
    },
    series: [
      diagonal(theme, names.perfect, most),
      {
        id: 'bins',
        name: names.error,
        type: 'line',
        data: bins.map(({ spread, error }) => [spread, error]),
        symbol: 'circle',
        symbolSize: 9,
        color: theme.predicted,
        lineStyle: { width: 1.5 },
        emphasis: { disabled: true },
      },
    ],
  };
}

/** The next of 1, 2, 3, ... 10 times a power of ten. */
function niceAbove(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return Math.ceil((1.02 * value) / power) * power;
}
